/* SPDX-License-Identifier: BSD-2-Clause */
/* What the history says to the rules that need it. */
#include "class-rule.h"

enum {
	RATE_MESSAGES = 20, /* of one sender in two hours */
	HASTE_SECONDS = 60, /* since our mail was accepted: few people are that quick */
	HASTE_WITH_SUBJECT_SECONDS = 300,
};

bool context_own_message(const ClassContext *context, const GArray *signs)
{
	(void)signs;
	return context->own_message_id;
}

/* Reports do not loop: a mailer daemon that answers a mailing has much to say. */
bool context_sender_rate(const ClassContext *context, const GArray *signs)
{
	return context->recent_messages > RATE_MESSAGES &&
	       !signs_have_strong(signs, CLASS_BOUNCE) &&
	       !signs_have_strong(signs, CLASS_COMPLAINT);
}

static bool is_within(const ClassContext *context, int64_t seconds)
{
	return context->seconds_after >= 0 && context->seconds_after <= seconds;
}

bool context_automatic_in_haste(const ClassContext *context, const GArray *signs)
{
	return is_within(context, HASTE_WITH_SUBJECT_SECONDS) &&
	       (signs_have_rule(signs, "automatic-subject") ||
		signs_have_rule(signs, "absence-subject"));
}

bool context_haste(const ClassContext *context, const GArray *signs)
{
	(void)signs;
	return is_within(context, HASTE_SECONDS);
}

bool context_repeated_body(const ClassContext *context, const GArray *signs)
{
	(void)signs;
	return context->repeated_body;
}
