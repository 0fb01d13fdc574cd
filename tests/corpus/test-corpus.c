/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classifies every message of a labelled corpus with the daemon's own code, and holds the
 * result against floors. LEAD_CORPUS names the folder; without it all is skipped.
 *
 *   test-corpus            TAP: matrix, figures, floors
 *   test-corpus --list     a line per message: label, class, evidence, file
 *   test-corpus --wrong    the same for those that disagree with their label
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lead/body.h"
#include "lead/classify.h"
#include "lead/message-source.h"
#include "lead/recorder.h"
#include "lead/words.h"
#include "tests/corpus/confusion.h"
#include "tests/corpus/manifest.h"

typedef struct {
	const ManifestRow *row;
	bool read;
	MessageClass class;
	BounceKind bounce;
	char *evidence;
} Verdict;

static char *evidence_text(const GArray *evidence)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < evidence->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
				       class_rule_name(g_array_index(evidence, Sign, i).rule));
	return g_string_free(text, FALSE);
}

/* What the daemon would say of the message alone: no history, and no envelope but what
 * Return-Path tells. */
static void verdict_read(const char *bytes, size_t length, const Settings *settings,
			 Verdict *verdict)
{
	HeaderLimits limits = recorder_header_limits(settings);
	g_autoptr(HeaderSection) section = header_section_new(&limits, settings->spam_headers);
	size_t start = header_section_split(section, bytes, length);
	size_t body_length = MIN(length - start, (size_t)settings->body_octets);
	ClassContext context = {.seconds_after = -1};
	Classification classification;
	Envelope envelope;

	envelope_from_section(section, settings, 0, &envelope);
	{
		RawMessage raw = {&envelope, section, bytes + start, body_length};
		g_autoptr(MessageSummary) summary = recorder_summarize(&raw, settings);

		classify(summary->signs, &context, settings, &classification);
		verdict->bounce = summary->bounce;
	}
	verdict->class = classification.class;
	verdict->evidence = evidence_text(classification.evidence);
	verdict->read = true;
	classification_clear(&classification);
	envelope_clear(&envelope);
}

static GArray *corpus_read(const char *folder, const GPtrArray *rows)
{
	g_autoptr(Settings) settings = settings_new_default();
	GArray *verdicts = g_array_new(FALSE, TRUE, sizeof(Verdict));

	for (guint i = 0; i < rows->len; i++) {
		Verdict verdict = {.row = rows->pdata[i]};
		g_autofree char *path = g_build_filename(folder, verdict.row->file, NULL);
		g_autofree char *bytes = NULL;
		size_t length;

		if (g_file_get_contents(path, &bytes, &length, NULL)) {
			/* an exact copy, so that a sanitizer sees one octet too many */
			g_autofree char *exact = g_memdup2(bytes, MAX(length, 1));

			verdict_read(exact, length, settings, &verdict);
		}
		g_array_append_val(verdicts, verdict);
	}
	return verdicts;
}

static bool is_wrong(const Verdict *verdict)
{
	return label_is_judged(verdict->row->label) &&
	       !label_allows(verdict->row->label, verdict->class);
}

static void print_verdict(const Verdict *verdict)
{
	const char *bounce = bounce_kind_name(verdict->bounce);

	printf("%s\t%s%s%s\t%s\t%s\n", verdict->row->label, message_class_name(verdict->class),
	       bounce != NULL ? "/" : "", bounce != NULL ? bounce : "", verdict->evidence,
	       verdict->row->file);
}

/* ---- floors ---- */

typedef struct {
	unsigned wrong, of;
} Share;

typedef void (*Measure)(const Verdict *verdict, Share *share);

static bool starts(const char *text, const char *start)
{
	return g_str_has_prefix(text, start);
}

/* Files that have From, Date, Subject and Message-ID, and no other field: they test
 * recognition by text alone, and are counted apart. */
static bool is_bare(const ManifestRow *row)
{
	return strstr(row->note, "few headers (pipermail") != NULL;
}

static bool label_is_automatic(const char *label)
{
	static const char *const automatic[] = {"auto-reply", "arf", "calendar", "challenge",
						"mdn", "machine-other"};

	for (size_t i = 0; i < G_N_ELEMENTS(automatic); i++)
		if (strcmp(label, automatic[i]) == 0)
			return true;
	return starts(label, "bounce-");
}

static void automatic_as_human(const Verdict *verdict, Share *share)
{
	if (!label_is_automatic(verdict->row->label) || is_bare(verdict->row))
		return;
	share->of++;
	share->wrong += verdict->class == CLASS_HUMAN;
}

static void bare_automatic_as_human(const Verdict *verdict, Share *share)
{
	if (!label_is_automatic(verdict->row->label) || !is_bare(verdict->row))
		return;
	share->of++;
	share->wrong += verdict->class == CLASS_HUMAN;
}

static bool label_is_person(const char *label)
{
	return strcmp(label, "reply") == 0 || strcmp(label, "human") == 0;
}

static void person_as_automatic(const Verdict *verdict, Share *share)
{
	if (!label_is_person(verdict->row->label))
		return;
	share->of++;
	share->wrong += verdict->class != CLASS_HUMAN && verdict->class != CLASS_DECLINED &&
			verdict->class != CLASS_OPT_OUT && verdict->class != CLASS_LEFT_COMPANY;
}

static void bounce_class(const Verdict *verdict, Share *share)
{
	if (!starts(verdict->row->label, "bounce-") || is_bare(verdict->row))
		return;
	share->of++;
	share->wrong += verdict->class != CLASS_BOUNCE;
}

static void bounce_hardness(const Verdict *verdict, Share *share)
{
	const char *note = verdict->row->note;
	bool hard = strcmp(verdict->row->label, "bounce-hard") == 0;

	if ((!hard && strcmp(verdict->row->label, "bounce-soft") != 0) || is_bare(verdict->row) ||
	    strstr(note, "not clear-cut") != NULL || strstr(note, "mixed wording") != NULL)
		return;
	share->of++;
	share->wrong += hard ? verdict->bounce != BOUNCE_HARD
			     : verdict->bounce != BOUNCE_SOFT && verdict->bounce != BOUNCE_DELAYED;
}

static void list_against_human(const Verdict *verdict, Share *share)
{
	const char *label = verdict->row->label;

	if (strcmp(label, "list") != 0 && strcmp(label, "bulk") != 0)
		return;
	share->of++;
	share->wrong += verdict->class == CLASS_HUMAN;
}

/* The floors: the greatest share of wrong ones, in thousandths. They only ever fall. */
static const struct {
	const char *name;
	Measure measure;
	double most_wrong;
} floors[] = {
	{"automatic mail classed human", automatic_as_human, 1000},
	{"automatic mail without any field but the basic four classed human",
	 bare_automatic_as_human, 1000},
	{"people's mail classed as anything automatic", person_as_automatic, 1000},
	{"bounces not classed as bounces", bounce_class, 1000},
	{"bounces not told hard from soft", bounce_hardness, 1000},
	{"list and bulk mail classed human", list_against_human, 1000},
};

static bool check_floor(const GArray *verdicts, size_t row)
{
	Share share = {0, 0};
	double thousandths;

	for (guint i = 0; i < verdicts->len; i++) {
		const Verdict *verdict = &g_array_index(verdicts, Verdict, i);

		if (verdict->read)
			floors[row].measure(verdict, &share);
	}
	thousandths = share.of == 0 ? 0 : 1000.0 * share.wrong / share.of;
	printf("%s %zu - %s: %u of %u (%.2f %%), at most %.2f %%\n",
	       thousandths <= floors[row].most_wrong ? "ok" : "not ok", row + 2, floors[row].name,
	       share.wrong, share.of, thousandths / 10, floors[row].most_wrong / 10);
	return thousandths <= floors[row].most_wrong;
}

static int report(const GArray *verdicts)
{
	Confusion confusion = {0};
	unsigned unread = 0;
	bool good;

	printf("1..%zu\n", G_N_ELEMENTS(floors) + 1);
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
	good = unread == 0;
	for (size_t row = 0; row < G_N_ELEMENTS(floors); row++)
		good &= check_floor(verdicts, row);
	return good ? 0 : 1;
}

int main(int argc, char **argv)
{
	const char *folder = g_getenv("LEAD_CORPUS");
	const char *what = argc > 1 ? argv[1] : "--tap";
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GArray) verdicts = NULL;
	int status = 0;

	setlocale(LC_ALL, "C.UTF-8");
	if (folder == NULL || folder[0] == '\0') {
		printf("1..0 # SKIP LEAD_CORPUS names no corpus\n");
		return 0;
	}
	body_init();
	words_init();
	rows = manifest_read(folder, &error);
	if (rows == NULL) {
		printf("Bail out! %s\n", error->message);
		return 1;
	}
	verdicts = corpus_read(folder, rows);
	for (guint i = 0; i < verdicts->len && strcmp(what, "--tap") != 0; i++) {
		const Verdict *verdict = &g_array_index(verdicts, Verdict, i);

		if (verdict->read && (strcmp(what, "--list") == 0 || is_wrong(verdict)))
			print_verdict(verdict);
	}
	if (strcmp(what, "--tap") == 0)
		status = report(verdicts);
	for (guint i = 0; i < verdicts->len; i++)
		g_free(g_array_index(verdicts, Verdict, i).evidence);
	return status;
}
