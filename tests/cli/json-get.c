/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json-get PATH: one value of the JSON text on standard input, for tests in shell.
 * "contacts.0.address" walks by name and by place; "#" is the size of an array, "@" the
 * names of an object with blanks between. A string is written as it is, an array of
 * strings with '|' between, anything else as JSON. Exit 1: no such value, 2: no JSON.
 */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

static char *input_read(void)
{
	GString *text = g_string_new(NULL);
	char piece[4096];
	size_t length;

	while ((length = fread(piece, 1, sizeof piece, stdin)) > 0)
		g_string_append_len(text, piece, (gssize)length);
	return g_string_free(text, FALSE);
}

static JsonNode *step(JsonNode *node, const char *name)
{
	guint64 place;

	if (JSON_NODE_HOLDS_OBJECT(node))
		return json_object_get_member(json_node_get_object(node), name);
	if (!JSON_NODE_HOLDS_ARRAY(node) ||
	    !g_ascii_string_to_unsigned(name, 10, 0, G_MAXUINT32, &place, NULL) ||
	    place >= json_array_get_length(json_node_get_array(node)))
		return NULL;
	return json_array_get_element(json_node_get_array(node), (guint)place);
}

static void names_write(JsonNode *node)
{
	GList *names = json_object_get_members(json_node_get_object(node));

	for (GList *name = names; name != NULL; name = name->next)
		printf("%s%s", name == names ? "" : " ", (const char *)name->data);
	putchar('\n');
	g_list_free(names);
}

static gboolean strings_write(JsonArray *array)
{
	for (guint i = 0; i < json_array_get_length(array); i++) {
		JsonNode *node = json_array_get_element(array, i);

		if (json_node_get_value_type(node) != G_TYPE_STRING)
			return FALSE;
		printf("%s%s", i == 0 ? "" : "|", json_node_get_string(node));
	}
	putchar('\n');
	return TRUE;
}

static void value_write(JsonNode *node)
{
	g_autofree char *text = NULL;

	if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING) {
		puts(json_node_get_string(node));
		return;
	}
	if (JSON_NODE_HOLDS_ARRAY(node) && strings_write(json_node_get_array(node)))
		return;
	text = json_to_string(node, FALSE);
	puts(text);
}

int main(int argc, char **argv)
{
	g_autofree char *text = input_read();
	g_autoptr(GError) error = NULL;
	g_autoptr(JsonNode) root = json_from_string(text, &error);
	g_auto(GStrv) names = g_strsplit(argc > 1 ? argv[1] : "", ".", -1);
	JsonNode *node = root;

	if (root == NULL) {
		fprintf(stderr, "json-get: %s\n", error != NULL ? error->message : "no input");
		return 2;
	}
	for (char **name = names; *name != NULL; name++) {
		if (strcmp(*name, "#") == 0 && JSON_NODE_HOLDS_ARRAY(node)) {
			printf("%u\n", json_array_get_length(json_node_get_array(node)));
			return 0;
		}
		if (strcmp(*name, "@") == 0 && JSON_NODE_HOLDS_OBJECT(node)) {
			names_write(node);
			return 0;
		}
		node = step(node, *name);
		if (node == NULL)
			return 1;
	}
	value_write(node);
	return 0;
}
