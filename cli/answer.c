/* SPDX-License-Identifier: BSD-2-Clause */
/* `accept` and `reject`. */
#include "cell-words.h"
#include "command.h"
#include "deed.h"
#include "row-writer.h"

static struct {
	char *reason;
	gboolean dry_run;
} options;

static const GOptionEntry entries[] = {
	{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "why; kept in the history",
	 "TEXT"},
	{"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
	 "say what would happen, and change nothing", NULL},
	G_OPTION_ENTRY_NULL,
};

/* What became of an answer. complaint: behind "suggestion N". */
static const struct {
	const char *result, *complaint;
	ExitCode code;
} states[] = {
	/* clang-format off */
	[ANSWER_GIVEN]       = { NULL, NULL, LEADCTL_DONE },
	[ANSWER_REPEATED]    = { "already", "had this answer before; nothing changed", LEADCTL_DONE },
	[ANSWER_CONTRADICTS] = { "answered-otherwise", "had the other answer before, and keeps it", LEADCTL_REFUSED },
	[ANSWER_NOT_FOUND]   = { "not-found", "is not there, or mail has answered it meanwhile", LEADCTL_NOTHING },
	[ANSWER_LOCKED]      = { "locked", "concerns a contact whose stage is locked; nothing changed", LEADCTL_REFUSED },
	[ANSWER_TAKEN]       = { "address-taken", "names an address that cannot become this contact's; nothing changed", LEADCTL_REFUSED },
	/* clang-format on */
};

typedef struct {
	int64_t id;
	const char *address, *result, *done, *other_address;
	const char *reason, *proposes;
	bool changed, dry_run;
} Row;

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Row, id, "ID", CELL_INTEGER),
	COLUMN(Row, address, "ADDRESS", CELL_TEXT),
	COLUMN(Row, reason, "REASON", CELL_TEXT),
	COLUMN(Row, proposes, NULL, CELL_TEXT),
	COLUMN(Row, result, "RESULT", CELL_TEXT),
	COLUMN(Row, done, "DONE", CELL_WORDS),
	COLUMN_TEXT(Row, other_address, "OTHER ADDRESS"),
	COLUMN(Row, changed, NULL, CELL_FLAG),
	COLUMN(Row, dry_run, NULL, CELL_FLAG),
};
static const Listing listing = LISTING("answers", columns);

static char *done_words(unsigned done)
{
	static const struct {
		unsigned bit;
		const char *word;
	} words[] = {
		{ANSWER_LINKED, "address-linked"},   {ANSWER_ADDED, "contact-added"},
		{ANSWER_ALLOWED, "contact-allowed"}, {ANSWER_STOPPED, "do-not-contact"},
		{ANSWER_PROMOTED, "promoted"},
	};
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if ((done & words[i].bit) != 0)
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "",
					       words[i].word);
	}
	return g_string_free(text, FALSE);
}

static void result_write(RowWriter *writer, const AnswerResult *result, const char *given)
{
	bool known = result->state != ANSWER_NOT_FOUND;
	g_autofree char *done = done_words(result->done);
	const char *word = states[result->state].result;

	row_writer_add(writer,
		       &(Row){
			       .id = result->id,
			       .address = result->address,
			       .reason = known ? reason_name(result->reason) : NULL,
			       .proposes = known ? proposal_name(result->proposal) : NULL,
			       .result = word != NULL ? word : given,
			       .done = done,
			       .other_address = result->other_address,
			       .changed = result->state == ANSWER_GIVEN && !options.dry_run,
			       .dry_run = options.dry_run,
		       });
}

/* A refusal weighs more than a number that is not there. */
static ExitCode results_write(Format format, const AnswerResult *results, size_t count,
			      const char *given)
{
	RowWriter *writer = row_writer_new(format, &listing, SHAPE_ROWS);
	ExitCode code = LEADCTL_DONE;

	for (size_t i = 0; i < count; i++) {
		result_write(writer, &results[i], given);
		code = MAX(code, states[results[i].state].code);
	}
	row_writer_end(writer);
	for (size_t i = 0; i < count; i++) {
		if (states[results[i].state].complaint != NULL)
			complain("suggestion %" G_GINT64_FORMAT " %s", results[i].id,
				 states[results[i].state].complaint);
	}
	return code;
}

static bool ids_read(char *const *arguments, GArray *ids)
{
	for (; *arguments != NULL; arguments++) {
		guint64 id;

		if (!g_ascii_string_to_unsigned(*arguments, 10, 1, G_MAXINT64, &id, NULL)) {
			complain(
				"'%s' is no number of a suggestion; 'leadctl review' shows "
				"them",
				*arguments);
			return false;
		}
		g_array_append_val(ids, id);
	}
	return true;
}

static ExitCode suggestions_answer(Leadctl *leadctl, Store *store, const GArray *ids,
				   bool accept)
{
	g_autofree AnswerResult *results = g_new0(AnswerResult, ids->len);
	g_autoptr(GError) error = NULL;
	Answers answers = {
		.ids = (const int64_t *)(const void *)ids->data,
		.count = ids->len,
		.accept = accept,
		.dry_run = options.dry_run,
	};
	ExitCode code;
	Deed deed;

	deed_read(options.reason, &deed);
	if (!store_answer(store, &answers, &deed, leadctl->settings, results, &error))
		return complain_error(error);
	code = results_write(leadctl->format, results, ids->len,
			     accept ? "accepted" : "rejected");
	for (size_t i = 0; i < ids->len; i++)
		answer_result_clear(&results[i]);
	return code;
}

static ExitCode answer_run(Leadctl *leadctl, char *const *arguments, bool accept)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(Store) store = NULL;
	ExitCode code;

	if (!ids_read(arguments, ids))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, 0, &code);
	if (store == NULL)
		return code;
	return suggestions_answer(leadctl, store, ids, accept);
}

static ExitCode accept_run(Leadctl *leadctl, char *const *arguments)
{
	return answer_run(leadctl, arguments, true);
}

static ExitCode reject_run(Leadctl *leadctl, char *const *arguments)
{
	return answer_run(leadctl, arguments, false);
}

const Command command_accept = {
	.name = "accept",
	.arguments = "ID…",
	.summary = "do what suggestions propose",
	.help = "Does what the suggestions with these numbers propose: promotes the\n"
		"lead, links the other address, adds the colleague, lifts or notes\n"
		"do-not-contact. 'leadctl review' lists them.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = ANY_NUMBER,
	.run = accept_run,
};

const Command command_reject = {
	.name = "reject",
	.arguments = "ID…",
	.summary = "close suggestions, and change nothing else",
	.help = "Closes the suggestions with these numbers. Their mail is not asked\n"
		"about again, and moves nobody.",
	.options = entries,
	.arguments_min = 1,
	.arguments_max = ANY_NUMBER,
	.run = reject_run,
};
