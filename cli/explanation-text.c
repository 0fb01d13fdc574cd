/* SPDX-License-Identifier: BSD-2-Clause */
/* An explanation for people: a paragraph for each message, one fact a line. */
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "date.h"
#include "explanation.h"
#include "lead/safe-text.h"

static void line_write(const char *label, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void line_write(const char *label, const char *format, ...)
{
	g_autofree char *text = NULL, *safe = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	safe = safe_text_line(text);
	printf("  %-10s %s\n", label, safe);
}

/* How the message is tied to the outreach. */
static const char *tie_sentence(const Finding *finding)
{
	static const char *const sources[] = {
		[ANSWER_IN_REPLY_TO] = "named by In-Reply-To",
		[ANSWER_REFERENCES] = "named by References",
		[ANSWER_VENDOR] = "named by a vendor's field",
	};
	const GArray *answers = finding->summary->answers;
	const OutboundMessage *outreach = finding->match.outreach;

	switch (finding->tier) {
	case TIER_REFERENCE:
		for (guint i = 0; outreach != NULL && i < answers->len; i++) {
			const SummaryAnswer *answer =
				&g_array_index(answers, SummaryAnswer, i);

			if (answer->digest == outreach->id_digest)
				return sources[answer->source];
		}
		return "named by an id";
	case TIER_THREAD_INDEX:
		return "found by Thread-Index";
	case TIER_SUBJECT:
		return "found by its subject";
	case TIER_UNTHREADED:
		return "the last to this contact; nothing ties the two but the people";
	case TIER_NONE:
		break;
	}
	return NULL;
}

static void rules_write(const GArray *evidence)
{
	if (evidence->len == 0)
		line_write("rules", "none fired");
	for (guint i = 0; i < evidence->len; i++) {
		const Sign *sign = &g_array_index(evidence, Sign, i);

		line_write(i == 0 ? "rules" : "", "%s%s%s", class_rule_name(sign->rule),
			   sign->text != NULL ? ": " : "",
			   sign->text != NULL ? sign->text : "");
	}
}

static void author_write(const MessageSummary *summary)
{
	if (summary->author == NULL)
		line_write("author", "unknown");
	else
		line_write("author", "%s%s%s%s", summary->author->original,
			   summary->author_name != NULL ? " (" : "",
			   summary->author_name != NULL ? summary->author_name : "",
			   summary->author_name != NULL ? ")" : "");
}

static void recipients_write(const GArray *recipients)
{
	enum { SHOWN = 10 };

	for (guint i = 0; i < recipients->len && i < SHOWN; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(recipients, SummaryRecipient, i);

		line_write(i == 0 ? "to" : "", "%s (%s, %s)", recipient->address->original,
			   party_role_name(recipient->role),
			   direction_name(recipient->direction));
	}
	if (recipients->len > SHOWN)
		line_write("", "and %u more", recipients->len - SHOWN);
}

static const char *relation_sentence(Relation relation)
{
	switch (relation) {
	case RELATION_SELF:
		return "the outreach went to the author";
	case RELATION_CONTACT:
		return "the author is a contact";
	case RELATION_OTHER_ADDRESS:
		return "the only recipient, by a name or address that looks alike";
	case RELATION_COLLEAGUE:
		return "the author is a colleague";
	case RELATION_STRANGER:
		return "the author is unknown, but names our message";
	case RELATION_AMBIGUOUS:
		return "one of several with that address";
	case RELATION_NONE:
		break;
	}
	return NULL;
}

static void contact_write(const Finding *finding)
{
	const ContactState *contact = finding->contact;
	const char *relation = relation_sentence(finding->match.relation);

	if (contact == NULL)
		return;
	line_write("contact", "%s%s%s, %s%s%s%s", contact->address,
		   contact->name != NULL ? ", " : "",
		   contact->name != NULL ? contact->name : "", stage_name(contact->stage),
		   contact->locked ? ", locked" : "", relation != NULL ? "; " : "",
		   relation != NULL ? relation : "");
}

static void outreach_write(const Finding *finding)
{
	enum { DAY = 24 * 60 * 60 };
	const OutboundMessage *outreach = finding->match.outreach;
	g_autofree char *at = NULL;
	int64_t days;

	if (finding->tier == TIER_NONE) {
		if (finding->answers != NULL)
			line_write("answers", "%s", finding->answers);
		return;
	}
	line_write("answers", "%s; %s",
		   finding->answers != NULL ? finding->answers : "outreach",
		   tie_sentence(finding));
	if (outreach == NULL)
		return;
	at = date_text(outreach->at);
	days = MAX(finding->summary->at - outreach->at, 0) / DAY;
	line_write("",
		   "sent %s%s%s to %u outside, %" G_GINT64_FORMAT
		   " day%s before; counts for %" G_GINT64_FORMAT,
		   at, outreach->rep_address != NULL ? " by " : "",
		   outreach->rep_address != NULL ? outreach->rep_address : "",
		   outreach->external_recipients, days, days == 1 ? "" : "s",
		   tier_window_seconds(finding->tier) / DAY);
}

static char *party_text(const Party *party, const History *history)
{
	const ContactState *contact = history_contact(history, party->contact);

	if (party->address != NULL)
		return g_strdup(party->address->original);
	return g_strdup(contact != NULL ? contact->address : "the contact");
}

static char *effect_text(const Effect *effect, const History *history)
{
	g_autofree char *who = party_text(&effect->party, history);
	g_autofree char *until = NULL;

	switch (effect->kind) {
	case EFFECT_CREATE:
		return g_strdup_printf("%s becomes a lead (source %s)", who,
				       effect->source);
	case EFFECT_INTERACTION:
		return g_strdup_printf("logged for %s (%s)", who,
				       party_role_name(effect->role));
	case EFFECT_PROMOTE:
		return g_strdup_printf("%s: lead to prospect", who);
	case EFFECT_SUGGEST:
		return g_strdup_printf("%s: suggestion '%s'", who,
				       reason_name(effect->reason));
	case EFFECT_ADDRESS_BAD:
		return g_strdup_printf("%s: address bad", who);
	case EFFECT_ADDRESS_OK:
		return g_strdup_printf("%s: address good", who);
	case EFFECT_DO_NOT_CONTACT:
		return g_strdup_printf("%s: do not contact", who);
	case EFFECT_ABSENT_UNTIL:
		until = date_text(effect->until);
		return g_strdup_printf("%s: absent until %s", who, until);
	case EFFECT_REMEMBER:
		return g_strdup("its id is remembered, without content");
	}
	return NULL;
}

static void effects_write(const Decision *decision, const History *history)
{
	for (guint i = 0; i < decision->effects->len; i++) {
		g_autofree char *text =
			effect_text(&g_array_index(decision->effects, Effect, i), history);

		line_write(i == 0 ? "effects" : "", "%s", text);
	}
}

static const char *outcome_ink(Outcome outcome)
{
	static const char *const colours[] = {
		[OUTCOME_PROMOTED] = "\033[32m",
		[OUTCOME_SUGGESTED] = "\033[33m",
	};
	bool coloured = isatty(STDOUT_FILENO) && g_getenv("NO_COLOR") == NULL &&
			(size_t)outcome < G_N_ELEMENTS(colours);

	return coloured ? colours[outcome] : NULL;
}

static void outcome_write(const Finding *finding)
{
	const char *ink = outcome_ink(finding->outcome);

	printf("  %-10s %s%s%s%s (%s): %s\n", "outcome",
	       finding->recorded ? "recorded: " : "", ink != NULL ? ink : "",
	       outcome_name(finding->outcome), ink != NULL ? "\033[0m" : "",
	       reason_name(finding->reason), reason_sentence(finding->reason));
}

void explanation_write_text(const char *file, const Finding *finding)
{
	const MessageSummary *summary = finding->summary;
	g_autofree char *safe = safe_text_line(file);
	const char *bounce = bounce_kind_name(summary->bounce);

	printf("%s\n", safe);
	line_write("direction", "%s (%s)", direction_name(summary->direction),
		   summary->direction_rule);
	author_write(summary);
	recipients_write(summary->recipients);
	line_write("class", "%s%s%s", message_class_name(finding->class),
		   bounce != NULL ? ", " : "", bounce != NULL ? bounce : "");
	rules_write(finding->decision->evidence);
	contact_write(finding);
	outreach_write(finding);
	if (summary->direction == DIRECTION_INBOUND)
		line_write("auth", "%s", auth_verdict_name(summary->auth));
	effects_write(finding->decision, finding->history);
	outcome_write(finding);
}
