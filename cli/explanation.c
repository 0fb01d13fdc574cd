/* SPDX-License-Identifier: BSD-2-Clause */
#include "explanation.h"

#include <string.h>

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
	{.name = "error",
	 .type = CELL_TEXT,
	 .offset = offsetof(Explanation, error),
	 .if_any = true},
};
const Listing explanation_listing = LISTING("messages", columns);

/* The names of the rules, each once: a rule may fire for several fields. */
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

void explanation_read(const char *file, const MessageSummary *summary,
		      const Decision *decision, Explanation *explanation_out)
{
	GPtrArray *rules = rule_names(decision->evidence);

	*explanation_out = (Explanation){
		.file = file,
		.direction = direction_name(decision->direction),
		.class = message_class_name(decision->class),
		.bounce = bounce_kind_name(summary->bounce),
		.rules = rules,
		.evidence = (const char *const *)rules->pdata,
		.author = summary->author != NULL ? summary->author->canonical : NULL,
		.message_id = summary->message_id,
		.answers = decision->answers,
		.tier = tier_name(decision->tier),
		.auth = auth_verdict_name(summary->auth),
		.outcome = outcome_name(decision->outcome),
		.reason = reason_name(decision->reason),
	};
}

void explanation_fail(const char *file, const char *error, Explanation *explanation_out)
{
	*explanation_out = (Explanation){.file = file, .error = error};
}

void explanation_clear(Explanation *explanation)
{
	if (explanation->rules != NULL)
		g_ptr_array_unref(explanation->rules);
}
