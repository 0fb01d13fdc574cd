/* SPDX-License-Identifier: BSD-2-Clause */
/* Reasons in words, for people; programs have the names. */
#include "explanation.h"

static const char *const sentences[REASON_N] = {
	[REASON_REPLY_REFERENCE] = "a person answered outreach and names its message id",
	[REASON_REPLY_THREAD_INDEX] = "a person answered in the thread of outreach",
	[REASON_REPLY_SUBJECT] = "a person answered outreach under its subject",
	[REASON_OLD_THREAD] = "the outreach it answers is too long ago",
	[REASON_OTHER_ADDRESS] =
		"it looks like the contact, writing from an unknown address",
	[REASON_COLLEAGUE] = "a colleague of the contact answered",
	[REASON_AUTH_FAIL] = "the author's domain disowns the message",
	[REASON_SUSPECT] = "it may have been written by a machine",
	[REASON_CALENDAR] = "an answer to an invitation, not a letter",
	[REASON_DECLINED] = "the contact answered, and declined",
	[REASON_UNTHREADED] =
		"a later letter of the contact, but no answer to the outreach",
	[REASON_MANY_RECIPIENTS] =
		"the outreach went to too many for a subject to prove much",
	[REASON_VIA_LIST] = "it came through a mailing list",
	[REASON_AMBIGUOUS_ADDRESS] = "several contacts could have written it",
	[REASON_DO_NOT_CONTACT] = "the contact has asked not to be written to",
	[REASON_WEAK_AUTH] = "nothing vouches for the author, and the match is not strong",
	[REASON_MODE] = "the settings ask that a person decides",
	[REASON_AUTO_REPLY] = "an automatic answer",
	[REASON_OUT_OF_OFFICE] = "an absence notice",
	[REASON_BOUNCE] = "a delivery report",
	[REASON_RECEIPT] = "a receipt",
	[REASON_COMPLAINT] = "a complaint by way of a provider",
	[REASON_SPAM] = "the spam filter said so",
	[REASON_LIST] = "mail of a mailing list",
	[REASON_BULK] = "mail to many",
	[REASON_OPT_OUT] = "the contact wants no more mail",
	[REASON_LEFT_COMPANY] = "the contact has left the company",
	[REASON_MACHINE] = "a machine wrote it",
	[REASON_OWN_LOOP] = "our own mail came back, or mail runs in a loop",
	[REASON_NO_OUTREACH] = "no outreach is known that it answers",
	[REASON_NOT_LEAD] = "the contact is past that stage already",
	[REASON_LOCKED] = "the contact's stage is locked",
	[REASON_NEVER_PROMOTE] = "the settings keep this address from promotion",
	[REASON_INTERNAL] = "mail between ourselves",
	[REASON_TRANSIT] = "neither from us nor to us",
	[REASON_UNKNOWN_AUTHOR] = "no contact has the author's address",
	[REASON_UNKNOWN_RECIPIENT] = "no contact has a recipient's address",
	[REASON_DUPLICATE] = "it has been recorded already",
	[REASON_SPOOF_SUSPECT] = "it came from outside in the name of one of us",
	[REASON_AFTER_DEMOTION] =
		"it is older than the day a person moved the contact down",
	[REASON_NEVER_LOG] = "the never-log list leaves it or its author out",
	[REASON_FLOOD] = "enough new contacts were made that day",
	[REASON_OUTREACH] = "one of us wrote to a contact",
	[REASON_NOT_OUTREACH] = "outbound, but nobody of us wrote it to a contact",
	[REASON_INBOUND_LEAD] = "somebody new wrote to a sales address",
};

const char *reason_sentence(Reason reason)
{
	return (size_t)reason < REASON_N ? sentences[reason] : NULL;
}
