/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>

#include "row-writer.h"

enum { LEADCTL_JSON = 1 }; /* of all that leadctl writes; see leadctl(1) */

typedef struct {
	const Listing *listing;
	Shape shape;
	size_t count;
	JsonGenerator *generator;
} JsonFace;

/* Not a problem for a JSON parser, but for a terminal: DEL, C1 controls, marks that turn
 * the direction of text, and the line separators that JavaScript stumbles over. */
static bool wants_escape(gunichar c)
{
	return (c >= 0x7f && c <= 0x9f) || (c >= 0x200e && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Such characters stand only inside strings, so the text means the same afterwards. */
static void text_write(const char *json)
{
	for (const char *p = json, *next; *p != '\0'; p = next) {
		gunichar c = g_utf8_get_char(p);

		next = p + g_utf8_skip[*(const guchar *)p];
		if (wants_escape(c))
			printf("\\u%04x", c);
		else
			fwrite(p, 1, (size_t)(next - p), stdout);
	}
}

static bool has_array(const JsonFace *self)
{
	return self->shape == SHAPE_ROWS || self->shape == SHAPE_CARD;
}

static void *json_begin(const Listing *listing, Shape shape)
{
	JsonFace *self = g_new0(JsonFace, 1);

	self->listing = listing;
	self->shape = shape;
	self->generator = json_generator_new();
	if (has_array(self))
		printf("{\"v\":%d,\"%s\":[", LEADCTL_JSON, listing->name);
	return self;
}

static void json_add(void *face, const void *row)
{
	JsonFace *self = face;
	g_autoptr(JsonNode) root = json_node_alloc();
	g_autofree char *text = NULL;
	JsonObject *object = json_object_new();

	if (has_array(self))
		fputs(self->count++ > 0 ? ",\n" : "\n", stdout);
	else
		json_object_set_int_member(object, "v", LEADCTL_JSON);
	listing_fill(self->listing, row, object);
	json_node_init_object(root, object);
	json_object_unref(object);
	json_generator_set_root(self->generator, root);
	text = json_generator_to_data(self->generator, NULL);
	text_write(text);
	if (!has_array(self))
		putchar('\n');
}

static void json_end(void *face)
{
	JsonFace *self = face;

	if (has_array(self))
		fputs(self->count > 0 ? "\n]}\n" : "]}\n", stdout);
	g_object_unref(self->generator);
	g_free(self);
}

const RowFace row_face_json = {json_begin, json_add, json_end};
