/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/msg-id.h"

#include <string.h>

static const struct {
	const char *name, *field, *wanted; /* ids parted by '|' */
} fields[] = {
	{ "one", "<a@b>", "a@b" },
	{ "none", "", "" },
	{ "blanks", " \t\r\n ", "" },
	{ "empty brackets", "<>", "" },
	{ "several", "<a@b> <c@d>\t<e@f>", "a@b|c@d|e@f" },
	{ "without blanks", "<a@b><c@d>", "a@b|c@d" },
	{ "commas", "<a@b>, <c@d>;<e@f>", "a@b|c@d|e@f" },
	{ "folded", "<a@b>\r\n <c@d>\n\t<e@f>", "a@b|c@d|e@f" },
	{ "folded within", "<a@\r\n b>", "a@b" },
	{ "blanks within", "< a @ b >", "a@b" },
	{ "twice", "<a@b> <c@d> <a@b>", "a@b|c@d" },
	{ "twice, domain in capitals", "<a@b.de> <a@B.DE>", "a@b.de" },
	{ "case of the left part", "<a@b> <A@b>", "a@b|A@b" },
	{ "no brackets", "a@b", "a@b" },
	{ "no brackets, several", "a@b c@d,e@f", "a@b|c@d|e@f" },
	{ "no opening bracket", "a@b>", "a@b" },
	{ "no closing bracket", "<a@b", "a@b" },
	{ "no closing bracket, several", "<a@b <c@d <e@f>", "a@b|c@d|e@f" },
	{ "double brackets", "<<a@b>>", "a@b" },
	{ "no @ in brackets", "<20010101.abc>", "20010101.abc" },
	{ "no @, no brackets", "20010101.abc", "" },
	{ "phrase", "Your message of \"Mon, 1 Jan\" <a@b>", "a@b" },
	{ "phrase behind", "<a@b> from Joe at 10:00", "a@b" },
	{ "phrase with an address", "Message from joe@c.de of Mon <a@b>", "joe@c.de|a@b" },
	{ "quoted", "\"<a@b>\"", "a@b" },
	{ "quoted without brackets", "\"a@b\"", "a@b" },
	{ "comment", "(x <c@d> (y)) <a@b> (z)", "a@b" },
	{ "escape in a comment", "(x\\) <c@d>) <a@b>", "a@b" },
	{ "comment never closed", "(x <a@b>", "a@b" },
	{ "comments never closed", "((x) (y <a@b> (z)", "a@b" },
	{ "comment closed only", "x) <a@b>", "a@b" },
	{ "parenthesis in an id", "<a(1)@b>", "a(1)@b" },
	{ "quoted left part", "<\"a\"@b>", "\"a\"@b" },
	{ "literal", "<a@[192.0.2.1]>", "a@[192.0.2.1]" },
	{ "two @", "<a@b@c>", "a@b@c" },
	{ "dots and dollars", "<$1.2..x@b.>", "$1.2..x@b." },
	{ "UTF-8", "<\xc3\xb6@b>", "\xc3\xb6@b" },
	{ "Latin-1", "<\xf6@b>", "\xef\xbf\xbd@b" },
	{ "control characters", "<a\x01\x7f@b>", "a@b" },
	{ "only brackets", "<<<>>>", "" },
	{ "real: Outlook", "<AM0PR01MB1234ABCD@AM0PR01MB1234.eurprd01.prod.exchangelabs.com>", "AM0PR01MB1234ABCD@AM0PR01MB1234.eurprd01.prod.exchangelabs.com" },
};

static GPtrArray *parse(const char *field, size_t limit)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

	msg_id_list_parse(list, field, limit);
	return list;
}

static void expect(const char *name, const char *wanted, const char *got)
{
	if (g_strcmp0(wanted, got) == 0)
		return;
	g_test_message("%s: wanted '%s', got '%s'", name, wanted, got);
	g_test_fail();
}

static void test_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *field = g_strdup(fields[i].field);
		g_autoptr(GPtrArray) list = parse(field, 32);
		g_autofree char *first = msg_id_parse(field), *got = NULL;
		g_auto(GStrv) wanted = g_strsplit(fields[i].wanted, "|", -1);

		expect(fields[i].name, wanted[0], first);
		g_ptr_array_add(list, NULL);
		got = g_strjoinv("|", (char **)list->pdata);
		expect(fields[i].name, fields[i].wanted, got);
	}
}

static void test_limit(void)
{
	g_autoptr(GPtrArray) list = parse("<a@b> <c@d> <e@f>", 2);

	g_assert_cmpuint(list->len, ==, 2);
	msg_id_list_parse(list, "<g@h>", 2);
	g_assert_cmpuint(list->len, ==, 2);
	msg_id_list_parse(list, "<c@d> <g@h>", 3);
	g_assert_cmpuint(list->len, ==, 3);
	g_assert_cmpstr(list->pdata[2], ==, "g@h");
}

static void test_long(void)
{
	g_autofree char *name = g_strnfill(5000, 'x');
	g_autofree char *field = g_strdup_printf("<%s@b> <a@b>", name);
	g_autofree char *far = g_strdup_printf("%*s<a@b>", 8200, "");
	g_autofree char *latin = g_strnfill(990, '\xe9'), *cut = NULL;
	g_autoptr(GPtrArray) list = parse(field, 9);
	g_autofree char *beyond = msg_id_parse(far);

	g_assert_cmpuint(list->len, ==, 2);
	g_assert_cmpuint(strlen(list->pdata[0]), ==, MSG_ID_MAX_OCTETS);
	g_assert_cmpstr(list->pdata[1], ==, "a@b");
	latin[0] = '<';
	cut = msg_id_parse(latin);
	g_assert_cmpuint(strlen(cut), <=, MSG_ID_MAX_OCTETS);
	g_assert_true(g_utf8_validate(cut, -1, NULL));
	g_assert_null(beyond); /* what stands behind 8 KiB is not read */
}

static void test_backwards(void)
{
	static const struct {
		const char *field;
		size_t limit;
		const char *wanted;
	} rows[] = {
		{ "", 9, "" },
		{ "<a@b>", 9, "a@b" },
		{ "<a@b> <c@d> <e@f>", 9, "e@f|c@d|a@b" },
		{ "<a@b> <c@d> <a@B>", 9, "a@B|c@d" },
		{ "<a@b> <c@d> <e@f>", 2, "e@f|c@d" },
		{ "<a@b> <c@d>", 0, "" },
		{ "a@b (x) \"c@d\"", 9, "c@d|a@b" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
		g_autofree char *got = NULL;

		msg_id_list_parse_backwards(list, rows[i].field, rows[i].limit);
		g_ptr_array_add(list, NULL);
		got = g_strjoinv("|", (char **)list->pdata);
		expect(rows[i].field, rows[i].wanted, got);
	}
}

/* Of a long field the end is read, whole identifiers only. */
static void test_backwards_long(void)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) field = g_string_new(NULL);

	for (unsigned i = 0; i < 1000; i++)
		g_string_append_printf(field, "<%020u@host.example> ", i);
	msg_id_list_parse_backwards(list, field->str, 10000);
	g_assert_cmpuint(list->len, ==, 8192 / 36);
	g_assert_cmpstr(list->pdata[0], ==, "00000000000000000999@host.example");
	for (guint i = 0; i < list->len; i++)
		g_assert_cmpuint(strlen(list->pdata[i]), ==, 33);
}

static void test_floods(void)
{
	static const char *const units[] = { "(", ")", "<", ">", "\"", "@", "a@b ", "<a@b>", "\\", "(\\", "x " };

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autoptr(GString) field = g_string_new(NULL);
		g_autoptr(GPtrArray) list = NULL;

		while (field->len < 100000)
			g_string_append(field, units[i]);
		list = parse(field->str, 32);
		g_assert_cmpuint(list->len, <=, 2); /* one, and one cut by the limit */
	}
}

static void test_equal(void)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} rows[] = {
		{ "a@b.de", "a@b.de", true },
		{ "a@b.de", "a@B.DE", true },
		{ "A@b.de", "a@b.de", false },
		{ "a@b@C", "a@b@c", true },
		{ "a@B@c", "a@b@c", false },
		{ "abc", "abc", true },
		{ "abc", "ABC", false },
		{ "abc", "abcd", false },
		{ "a@b", "a@bc", false },
		{ "ab@", "ab", false },
		{ "", "", true },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		int64_t a = msg_id_digest(rows[i].a), b = msg_id_digest(rows[i].b);

		if (msg_id_equal(rows[i].a, rows[i].b) == rows[i].equal &&
		    (a == b) == rows[i].equal && a > 0 && b > 0)
			continue;
		g_test_message("'%s' and '%s': wanted %sequal", rows[i].a, rows[i].b,
			       rows[i].equal ? "" : "not ");
		g_test_fail();
	}
}

/* Digests are stored, so they must not change between versions: first eight octets of
 * sha256("a@b.de"), top bit cleared, as sha256sum gives them. */
static void test_digest_is_sha256(void)
{
	g_assert_cmphex((uint64_t)msg_id_digest("a@B.de"), ==, 0x363a175f65786e77u);
	g_assert_cmphex((uint64_t)digest_of_texts("a", "b", NULL), ==, 0xfb20ef63ced4145u);
}

static void test_digest_of_texts(void)
{
	int64_t ab = digest_of_texts("a", "b", NULL);

	g_assert_cmpint(ab, >, 0);
	g_assert_cmpint(ab, ==, digest_of_texts("a", "b", NULL));
	g_assert_cmpint(ab, !=, digest_of_texts("ab", NULL));
	g_assert_cmpint(ab, !=, digest_of_texts("ab", "", NULL));
	g_assert_cmpint(ab, !=, digest_of_texts("", "ab", NULL));
	g_assert_cmpint(ab, !=, digest_of_texts("b", "a", NULL));
	g_assert_cmpint(digest_of_texts("a", NULL), !=, digest_of_texts("a", "", NULL));
	g_assert_cmpint(digest_of_texts(NULL, NULL), >, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/msg-id/fields", test_fields);
	g_test_add_func("/msg-id/limit", test_limit);
	g_test_add_func("/msg-id/long", test_long);
	g_test_add_func("/msg-id/backwards", test_backwards);
	g_test_add_func("/msg-id/backwards long", test_backwards_long);
	g_test_add_func("/msg-id/floods", test_floods);
	g_test_add_func("/msg-id/equal", test_equal);
	g_test_add_func("/msg-id/digest is SHA-256", test_digest_is_sha256);
	g_test_add_func("/msg-id/digest of texts", test_digest_of_texts);
	return g_test_run();
}
