/* SPDX-License-Identifier: BSD-2-Clause */
#include "cell-words.h"
#include "command.h"
#include "explanation.h"
#include "lead/nearest.h"
#include "option-values.h"
#include "row-writer.h"

static struct {
	char *reason, *owner, *since, *limit;
} options;

static const GOptionEntry entries[] = {
	{"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason,
	 "for this reason: old-thread, other-address …", "REASON"},
	{"owner", 0, 0, G_OPTION_ARG_STRING, &options.owner, "of this rep's contacts",
	 "OWNER"},
	{"since", 0, 0, G_OPTION_ARG_STRING, &options.since, "of mail since then", "DATE"},
	{"limit", 0, 0, G_OPTION_ARG_STRING, &options.limit, "at most so many", "N"},
	G_OPTION_ENTRY_NULL,
};

typedef struct {
	int64_t id, at;
	const char *address, *name;
	Stage stage;
	const char *owner;
	Reason reason;
	const char *why;
	Proposal proposes;
	Tier tier;
	MessageClass class;
	AuthVerdict auth;
	const char *other_address, *other_name, *subject, *message_id, *outreach_id,
		*evidence;
} Row;

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Row, id, "ID", CELL_INTEGER),
	COLUMN(Row, at, "AT", CELL_TIME),
	COLUMN(Row, address, "ADDRESS", CELL_TEXT),
	COLUMN_TEXT(Row, name, "NAME"),
	COLUMN_WORD(Row, stage, NULL, stage_word, NULL),
	COLUMN(Row, owner, NULL, CELL_TEXT),
	COLUMN_WORD(Row, reason, "REASON", reason_word, NULL),
	COLUMN_TEXT(Row, why, "WHY"),
	COLUMN_WORD(Row, proposes, "PROPOSES", proposal_word, NULL),
	COLUMN_WORD(Row, tier, "TIER", tier_word, NULL),
	COLUMN_WORD(Row, class, "CLASS", class_word, NULL),
	COLUMN_WORD(Row, auth, "AUTH", auth_word, NULL),
	COLUMN_TEXT(Row, other_address, "OTHER ADDRESS"),
	COLUMN_TEXT(Row, other_name, "OTHER NAME"),
	COLUMN(Row, subject, NULL, CELL_TEXT),
	COLUMN(Row, message_id, NULL, CELL_TEXT),
	COLUMN(Row, outreach_id, NULL, CELL_TEXT),
	COLUMN(Row, evidence, NULL, CELL_WORDS),
};
static const Listing listing = LISTING("suggestions", columns);

static bool suggestion_write(const Suggestion *suggestion, void *writer)
{
	row_writer_add(writer, &(Row){
				       .id = suggestion->id,
				       .at = suggestion->at,
				       .address = suggestion->address,
				       .name = suggestion->name,
				       .stage = suggestion->stage,
				       .owner = suggestion->owner,
				       .reason = suggestion->reason,
				       .why = reason_sentence(suggestion->reason),
				       .proposes = suggestion->proposal,
				       .tier = suggestion->tier,
				       .class = suggestion->class,
				       .auth = suggestion->auth,
				       .other_address = suggestion->other_address,
				       .other_name = suggestion->other_name,
				       .subject = suggestion->subject,
				       .message_id = suggestion->message_id,
				       .outreach_id = suggestion->outreach_id,
				       .evidence = suggestion->evidence != NULL
							   ? suggestion->evidence
							   : "",
			       });
	return true;
}

static bool option_reason(const char *text, Reason *reason_out)
{
	const char *names[REASON_N], *meant;

	if (reason_from_name(text, reason_out))
		return true;
	for (Reason reason = 0; reason < REASON_N; reason++)
		names[reason] = reason_name(reason);
	meant = nearest_word(text, names, REASON_N);
	complain("--reason: no reason '%s'%s%s%s", text,
		 meant != NULL ? "; did you mean '" : "", meant != NULL ? meant : "",
		 meant != NULL ? "'?" : "");
	return false;
}

static bool filter_read(SuggestionFilter *filter_out, Reason *reason)
{
	*filter_out = (SuggestionFilter){
		.reason = options.reason != NULL ? reason : NULL,
		.owner = options.owner,
	};
	return (options.reason == NULL || option_reason(options.reason, reason)) &&
	       option_date("--since", options.since, &filter_out->since) &&
	       option_limit("--limit", options.limit, &filter_out->limit);
}

static ExitCode review_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	SuggestionFilter filter;
	RowWriter *writer;
	Reason reason;
	size_t count;
	ExitCode code;

	if (!filter_read(&filter, &reason))
		return LEADCTL_USAGE;
	store = leadctl_open(leadctl, STORE_READ_ONLY, &code);
	if (store == NULL)
		return code;
	writer = row_writer_new(leadctl->format, &listing, SHAPE_ROWS);
	store_visit_suggestions(store, &filter, suggestion_write, writer, &error);
	count = row_writer_count(writer);
	row_writer_end(writer);
	if (error != NULL)
		return complain_error(error);
	return count > 0 ? LEADCTL_DONE : LEADCTL_NOTHING;
}

const Command command_review = {
	.name = "review",
	.summary = "open suggestions: what a person must decide",
	.help = "Lists what mail suggests and a person must accept or reject, newest\n"
		"mail first, with the number that 'accept' and 'reject' take.",
	.options = entries,
	.run = review_run,
};
