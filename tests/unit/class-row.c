/* SPDX-License-Identifier: BSD-2-Clause */
#include "class-row.h"

#include <string.h>

/* The rules of evidence in order, for messages. */
static char *evidence_names(const Classification *classification)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < classification->evidence->len; i++) {
		const Sign *sign = &g_array_index(classification->evidence, Sign, i);

		g_string_append_printf(names, "%s%s (%s)", i > 0 ? ", " : "",
				       class_rule_name(sign->rule),
				       sign->text != NULL ? sign->text : "");
	}
	return g_string_free(names, FALSE);
}

static bool has_rule(const Classification *classification, const char *rule)
{
	for (guint i = 0; i < classification->evidence->len; i++) {
		const Sign *sign = &g_array_index(classification->evidence, Sign, i);

		if (strcmp(class_rule_name(sign->rule), rule) == 0)
			return true;
	}
	return false;
}

void class_row_check(const ClassRow *row)
{
	g_autoptr(GArray) signs = signs_new();
	g_autofree char *evidence = NULL;
	Classification classification;
	ClassContext context = row->context;
	SampleMessage sample;

	if (!context.answers_outreach && context.seconds_after == 0)
		context.seconds_after = -1;
	sample_read(&sample, row->text, &row->envelope, row->options);
	signs_read(&sample.facts, &sample.direction, sample.settings, signs);
	classify(signs, &context, sample.settings, &classification);
	evidence = evidence_names(&classification);
	if (classification.class != row->want ||
	    (row->rule != NULL && !has_rule(&classification, row->rule)))
		g_error("%s: wanted %s by %s, got %s by %s", row->name,
			message_class_name(row->want), row->rule != NULL ? row->rule : "-",
			message_class_name(classification.class), evidence);
	classification_clear(&classification);
	sample_clear(&sample);
}
