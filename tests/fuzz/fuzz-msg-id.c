/* SPDX-License-Identifier: BSD-2-Clause */
/* Message identifiers, from both ends of a field. */
#include <string.h>

#include "fuzz.h"
#include "lead/msg-id.h"

enum { LIMIT = 4, ALL = 100000 };

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	return 0;
}

static GPtrArray *ids_of(void (*parse)(GPtrArray *, const char *, size_t), const char *text,
			 size_t limit)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

	parse(list, text, limit);
	fuzz_law(list->len <= limit);
	return list;
}

static bool has(const GPtrArray *list, const char *id)
{
	for (guint i = 0; i < list->len; i++)
		if (msg_id_equal(list->pdata[i], id))
			return true;
	return false;
}

/* Written as RFC 5322 wants it, an identifier reads as itself. */
static void check_again(const char *id)
{
	g_autofree char *field = g_strconcat("<", id, ">", NULL);
	g_autofree char *again = msg_id_parse(field);

	fuzz_law(again != NULL);
	fuzz_law(strcmp(again, id) == 0);
}

static void check_digest(const char *id)
{
	g_autofree char *folded = g_strdup(id);
	char *at = strrchr(folded, '@');

	fuzz_law(msg_id_digest(id) != 0);
	if (at == NULL)
		return;
	for (; *at != '\0'; at++)
		*at = g_ascii_toupper(*at);
	fuzz_law(msg_id_equal(id, folded));
	fuzz_law(msg_id_digest(id) == msg_id_digest(folded));
}

static void check_ids(const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++) {
		const char *id = list->pdata[i];

		fuzz_law(*id != '\0');
		fuzz_law(strlen(id) <= MSG_ID_MAX_OCTETS);
		fuzz_law(msg_id_equal(id, id));
		check_again(id);
		check_digest(id);
		for (guint j = 0; j < i; j++)
			fuzz_law(!msg_id_equal(list->pdata[j], id));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	g_autofree char *text = fuzz_text(octets, length);
	g_autoptr(GPtrArray) all = ids_of(msg_id_list_parse, text, ALL);
	g_autoptr(GPtrArray) back = ids_of(msg_id_list_parse_backwards, text, ALL);
	g_autoptr(GPtrArray) some = ids_of(msg_id_list_parse, text, LIMIT);
	g_autofree char *first = msg_id_parse(text);

	check_ids(all);
	check_ids(back);
	fuzz_law((first == NULL) == (all->len == 0));
	fuzz_law(first == NULL || strcmp(first, all->pdata[0]) == 0);
	for (guint i = 0; i < some->len; i++)
		fuzz_law(strcmp(some->pdata[i], all->pdata[i]) == 0);
	if (strlen(text) <= 4096) {
		fuzz_law(all->len == back->len);
		for (guint i = 0; i < all->len; i++)
			fuzz_law(has(back, all->pdata[i]));
	}
	return 0;
}
