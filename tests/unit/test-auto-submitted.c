/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/auto-submitted.h"

#define ABSENT AUTO_SUBMITTED_ABSENT
#define NO AUTO_SUBMITTED_NO
#define GENERATED AUTO_SUBMITTED_GENERATED
#define NOTIFIED AUTO_SUBMITTED_NOTIFIED
#define REPLIED AUTO_SUBMITTED_REPLIED
#define VACATION AUTO_SUBMITTED_REPLIED_VACATION

static const struct {
	const char *field;
	AutoSubmitted wanted;
} fields[] = {
	{ "no", NO },
	{ "No", NO },
	{ "no (a person pressed the button)", NO },
	{ "no; vacation=1", NO },
	{ "(auto-replied) no", NO },
	{ "\"no\"", NO },
	{ "no, really", NO },
	{ "false", NO },
	{ "auto-generated", GENERATED },
	{ "Auto-Generated; type=x", GENERATED },
	{ "nobody", GENERATED },
	{ "note", GENERATED },
	{ "x-something", GENERATED },
	{ "", GENERATED },
	{ "(no)", GENERATED },
	{ ";no", GENERATED },
	{ "auto-notified", NOTIFIED },
	{ "auto-notified; owner-email=\"joe@b.de\"", NOTIFIED },
	{ "auto-replied", REPLIED },
	{ "AUTO-REPLIED", REPLIED },
	{ "  auto-replied  ", REPLIED },
	{ "auto_replied", REPLIED },
	{ "auto-replied; owner-email=\"joe@b.de\"", REPLIED },
	{ "auto-replied(x)", REPLIED },
	{ "auto-replied (rejected)", REPLIED },
	{ "(a (nested \\) one)) auto-replied", REPLIED },
	{ "auto", REPLIED },
	{ "yes", REPLIED },
	{ "True", REPLIED },
	{ "auto-reply", REPLIED },
	{ "auto-replied (vacation)", VACATION },
	{ "auto-replied (Vacation)", VACATION },
	{ "auto-replied (zimbra; vacation)", VACATION },
	{ "auto-replied; type=vacation", VACATION },
	{ "vacation", VACATION },
	{ "Vacation; x=y", VACATION },
	{ "auto-generated (out of office)", VACATION },
	{ "auto-replied (vacation", VACATION },
	{ "(vacation", VACATION },
	{ "auto-replied\t(vacation)", VACATION },
};

static void test_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *field = g_strdup(fields[i].field);
		AutoSubmitted got = auto_submitted_parse(field);

		if (got == fields[i].wanted)
			continue;
		g_test_message("'%s': wanted %d, got %d", field, (int)fields[i].wanted, (int)got);
		g_test_fail();
	}
}

static void test_long(void)
{
	g_autofree char *word = g_strnfill(100000, 'n');
	g_autofree char *comments = g_strnfill(100000, '(');

	g_assert_cmpint(auto_submitted_parse(word), ==, GENERATED);
	g_assert_cmpint(auto_submitted_parse(comments), ==, GENERATED);
}

/* fields of one message, parted by '|' */
static void test_section(void)
{
	static const struct {
		const char *fields;
		AutoSubmitted wanted;
		const char *text;
	} rows[] = {
		{ "", ABSENT, NULL },
		{ "no", NO, "no" },
		{ "no|auto-replied", REPLIED, "auto-replied" },
		{ "auto-replied|no", REPLIED, "auto-replied" },
		{ "auto-generated|auto-replied (vacation)|no", VACATION, "auto-replied (vacation)" },
		{ "auto-generated|auto-generated; x", GENERATED, "auto-generated" },
	};
	static const HeaderLimits limits = { 10000, 100, 1000 };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);
		g_auto(GStrv) bodies = g_strsplit(rows[i].fields, "|", -1);
		const char *text = "unset";

		header_section_add(section, "X-Auto-Submitted", "auto-replied (vacation)");
		for (size_t k = 0; bodies[k] != NULL; k++)
			header_section_add(section, "auto-submitted", bodies[k]);
		g_assert_cmpint(auto_submitted_read(section, &text), ==, rows[i].wanted);
		g_assert_cmpstr(text, ==, rows[i].text);
		g_assert_cmpint(auto_submitted_read(section, NULL), ==, rows[i].wanted);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/auto-submitted/fields", test_fields);
	g_test_add_func("/auto-submitted/long", test_long);
	g_test_add_func("/auto-submitted/section", test_section);
	return g_test_run();
}
