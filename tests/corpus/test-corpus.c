/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classifies every message of a labelled corpus with the daemon's own code, and holds the
 * result against floors. LEAD_CORPUS names the folder; without it all is skipped.
 *
 *   test-corpus            TAP: matrix, figures, floors and what disagrees with them
 *   test-corpus --list     a line per message: label, class, evidence, file
 *   test-corpus --wrong    the same for those that disagree with their label
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "lead/body.h"
#include "lead/words.h"
#include "tests/corpus/confusion.h"
#include "tests/corpus/exceptions.h"
#include "tests/corpus/floors.h"
#include "tests/corpus/verdict.h"

static bool is_wrong(const Verdict *verdict)
{
	return label_is_judged(verdict->row->label) &&
	       !label_allows(verdict->row->label, verdict->class);
}

static void print_list(const GArray *verdicts, bool wrong_only)
{
	for (guint i = 0; i < verdicts->len; i++) {
		const Verdict *verdict = &g_array_index(verdicts, Verdict, i);

		if (verdict->read && (!wrong_only || is_wrong(verdict)))
			verdict_print(verdict, "");
	}
}

static bool print_confusion(const GArray *verdicts)
{
	Confusion confusion = {0};
	unsigned unread = 0;

	for (guint i = 0; i < verdicts->len; i++) {
		const Verdict *verdict = &g_array_index(verdicts, Verdict, i);

		if (verdict->read)
			confusion_add(&confusion, verdict->row->label, verdict->class);
		else
			unread++;
	}
	confusion_print(&confusion);
	printf("%s 1 - every file of the manifest is read: %u of %u are not\n",
	       unread == 0 ? "ok" : "not ok", unread, verdicts->len);
	return unread == 0;
}

/* Marks what exceptions name. An exception that names no message is a mistake. */
static bool except(GArray *verdicts, GHashTable *exceptions)
{
	unsigned found = 0, wanted = g_hash_table_size(exceptions);

	for (guint i = 0; i < verdicts->len; i++) {
		Verdict *verdict = &g_array_index(verdicts, Verdict, i);

		verdict->excepted = g_hash_table_contains(exceptions, verdict->row->file);
		found += verdict->excepted;
	}
	printf("%s 2 - every exception names a message: %u of %u do\n",
	       found == wanted ? "ok" : "not ok", found, wanted);
	return found == wanted;
}

static int report(GArray *verdicts, GHashTable *exceptions)
{
	bool good;

	printf("1..%zu\n", floors_count() + 2);
	good = print_confusion(verdicts);
	good &= except(verdicts, exceptions);
	for (size_t floor = 0; floor < floors_count(); floor++)
		good &= floor_check(floor, verdicts, floor + 3);
	return good ? 0 : 1;
}

int main(int argc, char **argv)
{
	const char *folder = g_getenv("LEAD_CORPUS");
	const char *what = argc > 1 ? argv[1] : "--tap";
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GHashTable) exceptions = NULL;
	g_autoptr(GArray) verdicts = NULL;

	setlocale(LC_ALL, "C.UTF-8");
	if (folder == NULL || folder[0] == '\0') {
		printf("1..0 # SKIP LEAD_CORPUS names no corpus\n");
		return 0;
	}
	body_init();
	words_init();
	rows = manifest_read(folder, &error);
	if (rows != NULL)
		exceptions = exceptions_read(EXCEPTIONS_FILE, &error);
	if (exceptions == NULL) {
		printf("Bail out! %s\n", error->message);
		return 1;
	}
	verdicts = verdicts_read(folder, rows);
	if (strcmp(what, "--tap") == 0)
		return report(verdicts, exceptions);
	print_list(verdicts, strcmp(what, "--wrong") == 0);
	return 0;
}
