/* SPDX-License-Identifier: BSD-2-Clause */
#include "column.h"
#include "date.h"
#include "lead/safe-text.h"

static JsonNode *text_node(const char *text)
{
	g_autofree char *safe = text != NULL ? safe_text_utf8(text) : NULL;

	if (safe == NULL)
		return json_node_new(JSON_NODE_NULL);
	return json_node_init_string(json_node_alloc(), safe);
}

static JsonNode *array_node(JsonArray *array_taken)
{
	JsonNode *node = json_node_new(JSON_NODE_ARRAY);

	json_node_take_array(node, array_taken);
	return node;
}

static JsonNode *list_node(const char *const *list)
{
	JsonArray *array = json_array_new();

	for (; list != NULL && *list != NULL; list++)
		json_array_add_element(array, text_node(*list));
	return array_node(array);
}

static JsonNode *words_node(const char *words)
{
	g_auto(GStrv) list = g_strsplit(words != NULL ? words : "", " ", -1);

	return list_node((const char *const *)list);
}

/* Text that is no object after all (a database from elsewhere) is shown as a string. */
static JsonNode *object_node(const char *text)
{
	JsonNode *node = NULL;

	if (text == NULL) {
		node = json_node_new(JSON_NODE_OBJECT);
		json_node_take_object(node, json_object_new());
		return node;
	}
	node = json_from_string(text, NULL);
	if (node != NULL && JSON_NODE_HOLDS_OBJECT(node))
		return node;
	g_clear_pointer(&node, json_node_unref);
	return text_node(text);
}

static JsonNode *rows_node(const Listing *listing, const GPtrArray *rows)
{
	JsonArray *array = json_array_new();

	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		JsonObject *object = json_object_new();

		listing_fill(listing, rows->pdata[i], object);
		json_array_add_object_element(array, object);
	}
	return array_node(array);
}

static JsonNode *record_node(const Listing *listing, const void *row)
{
	JsonNode *node;

	if (row == NULL)
		return json_node_new(JSON_NODE_NULL);
	node = json_node_new(JSON_NODE_OBJECT);
	json_node_take_object(node, json_object_new());
	listing_fill(listing, row, json_node_get_object(node));
	return node;
}

static JsonNode *cell_node(const Column *column, const void *row)
{
	const void *member = (const char *)row + column->offset;
	g_autofree char *text = NULL;

	switch (column->type) {
	case CELL_TEXT:
		return text_node(*(const char *const *)member);
	case CELL_INTEGER:
		return json_node_init_int(json_node_alloc(), *(const int64_t *)member);
	case CELL_ID:
		if (*(const int64_t *)member == 0)
			return json_node_new(JSON_NODE_NULL);
		return json_node_init_int(json_node_alloc(), *(const int64_t *)member);
	case CELL_COUNT:
		if (*(const int64_t *)member < 0)
			return json_node_new(JSON_NODE_NULL);
		return json_node_init_int(json_node_alloc(), *(const int64_t *)member);
	case CELL_REAL:
		return json_node_init_double(json_node_alloc(), *(const double *)member);
	case CELL_FLAG:
		return json_node_init_boolean(json_node_alloc(), *(const bool *)member);
	case CELL_TIME:
		text = date_text(*(const int64_t *)member);
		return text_node(text);
	case CELL_WORD:
		return text_node(column->word(member));
	case CELL_LIST:
		return list_node(*(const char *const *const *)member);
	case CELL_WORDS:
		return words_node(*(const char *const *)member);
	case CELL_OBJECT:
		return object_node(*(const char *const *)member);
	case CELL_ROWS:
		return rows_node(column->rows, *(const GPtrArray *const *)member);
	case CELL_RECORD:
		return record_node(column->rows, *(const void *const *)member);
	}
	g_assert_not_reached();
}

void listing_fill(const Listing *listing, const void *row, JsonObject *object)
{
	for (size_t i = 0; i < listing->count; i++) {
		JsonNode *node = cell_node(&listing->columns[i], row);

		if (listing->columns[i].if_any && JSON_NODE_HOLDS_NULL(node))
			json_node_unref(node);
		else
			json_object_set_member(object, listing->columns[i].name, node);
	}
}
