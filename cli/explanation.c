/* SPDX-License-Identifier: BSD-2-Clause */
#include "explanation.h"

#include <string.h>

typedef struct {
	const char *rule, *text;
} Rule;

static const Column rule_columns[] = {
	COLUMN(Rule, rule, NULL, CELL_TEXT),
	COLUMN(Rule, text, NULL, CELL_TEXT),
};
static const Listing rule_listing = LISTING("rules", rule_columns);

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Explanation, file, NULL, CELL_TEXT),
	COLUMN(Explanation, direction, NULL, CELL_TEXT),
	COLUMN(Explanation, class, NULL, CELL_TEXT),
	COLUMN(Explanation, bounce, NULL, CELL_TEXT),
	COLUMN(Explanation, evidence, NULL, CELL_LIST),
	COLUMN(Explanation, author, NULL, CELL_TEXT),
	COLUMN(Explanation, message_id, NULL, CELL_TEXT),
	COLUMN(Explanation, answers, NULL, CELL_TEXT),
	COLUMN(Explanation, tier, NULL, CELL_TEXT),
	COLUMN(Explanation, auth, NULL, CELL_TEXT),
	COLUMN(Explanation, outcome, NULL, CELL_TEXT),
	COLUMN(Explanation, reason, NULL, CELL_TEXT),
	COLUMN(Explanation, recorded, NULL, CELL_FLAG),
	COLUMN(Explanation, contact, NULL, CELL_TEXT),
	COLUMN(Explanation, stage, NULL, CELL_TEXT),
	COLUMN(Explanation, outreach_at, NULL, CELL_TIME),
	COLUMN(Explanation, outreach_rep, NULL, CELL_TEXT),
	{.name = "rules",
	 .type = CELL_ROWS,
	 .offset = offsetof(Explanation, rules),
	 .rows = &rule_listing},
	COLUMN(Explanation, why, NULL, CELL_TEXT),
	{.name = "error",
	 .type = CELL_TEXT,
	 .offset = offsetof(Explanation, error),
	 .if_any = true},
};
const Listing explanation_listing = LISTING("messages", columns);

/* Each once: a rule may fire for several fields. */
static GPtrArray *rule_names(const GArray *evidence)
{
	GPtrArray *names = g_ptr_array_new();

	for (guint i = 0; i < evidence->len; i++) {
		const char *name = class_rule_name(g_array_index(evidence, Sign, i).rule);

		if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, (char *)(uintptr_t)name);
	}
	g_ptr_array_add(names, NULL);
	return names;
}

static GPtrArray *rules_of(const GArray *evidence)
{
	GPtrArray *rules = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < evidence->len; i++) {
		const Sign *sign = &g_array_index(evidence, Sign, i);
		Rule *rule = g_new0(Rule, 1);

		*rule = (Rule){class_rule_name(sign->rule), sign->text};
		g_ptr_array_add(rules, rule);
	}
	return rules;
}

static void outreach_read(const OutboundMessage *outreach, Explanation *explanation)
{
	if (outreach == NULL)
		return;
	explanation->outreach_at = outreach->at;
	explanation->outreach_rep = outreach->rep_address;
}

void explanation_read(const char *file, const Finding *finding,
		      Explanation *explanation_out)
{
	const MessageSummary *summary = finding->summary;
	const ContactState *contact = finding->contact;
	GPtrArray *names = rule_names(finding->decision->evidence);

	*explanation_out = (Explanation){
		.file = file,
		.direction = direction_name(summary->direction),
		.class = message_class_name(finding->class),
		.bounce = bounce_kind_name(summary->bounce),
		.names = names,
		.evidence = (const char *const *)names->pdata,
		.author = summary->author != NULL ? summary->author->canonical : NULL,
		.message_id = summary->message_id,
		.answers = finding->answers,
		.tier = tier_name(finding->tier),
		.auth = auth_verdict_name(summary->auth),
		.outcome = outcome_name(finding->outcome),
		.reason = reason_name(finding->reason),
		.recorded = finding->recorded,
		.contact = contact != NULL ? contact->address : NULL,
		.stage = contact != NULL ? stage_name(contact->stage) : NULL,
		.rules = rules_of(finding->decision->evidence),
		.why = reason_sentence(finding->reason),
	};
	if (finding->tier != TIER_NONE)
		outreach_read(finding->match.outreach, explanation_out);
}

void explanation_fail(const char *file, const char *error, Explanation *explanation_out)
{
	*explanation_out = (Explanation){.file = file, .error = error};
}

void explanation_clear(Explanation *explanation)
{
	g_clear_pointer(&explanation->names, g_ptr_array_unref);
	g_clear_pointer(&explanation->rules, g_ptr_array_unref);
}
