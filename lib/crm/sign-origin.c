/* SPDX-License-Identifier: BSD-2-Clause */
/* Who wrote a message and whom it went to. */
#include <string.h>

#include "class-rule.h"
#include "list-fields.h"
#include "sign-words.h"

static bool tell_author(const Reading *reading, char **text_out)
{
	*text_out = g_strdup_printf("From: %s", reading->from->address->canonical);
	return true;
}

bool author_is_daemon(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return reading->from_daemon && tell_author(reading, text_out);
}

/* Names of list and mail programs beside the daemons, as vacation(1) leaves them alone. */
static bool local_is_robot(const char *local)
{
	static const char *const ends[] = {"-request", "-relay", "-owner", "-bounces"};
	static const char *const whole[] = {
		"uucp",	  "listserv", "majordomo", "mailman", "sympa",	  "ecartis",
		"nobody", "apache",   "httpd",	   "www-run", "www-data", "cron",
	};
	static const char *const within[] = {"autorespond", "auto-respond", "autoreply",
					     "auto-reply", "autoresponse"};

	for (size_t i = 0; i < G_N_ELEMENTS(within); i++) {
		if (strstr(local, within[i]) != NULL)
			return true;
	}

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		if (g_str_has_suffix(local, ends[i]))
			return true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(whole); i++) {
		if (strcmp(local, whole[i]) == 0)
			return true;
	}
	return g_str_has_prefix(local, "owner-");
}

bool author_is_robot(const ClassRule *rule, const Reading *reading, char **text_out)
{
	g_autofree char *local = NULL;

	(void)rule;
	if (reading->from == NULL)
		return false;
	local = g_strndup(reading->from->address->base,
			  strcspn(reading->from->address->base, "@"));
	return local_is_robot(local) && tell_author(reading, text_out);
}

bool author_is_no_reply(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return reading->from != NULL && addr_spec_is_no_reply(reading->from->address) &&
	       tell_author(reading, text_out);
}

/* What our own programs send out under such a name is no rep's letter. */
bool author_is_own_no_reply(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return reading->direction->direction == DIRECTION_OUTBOUND &&
	       author_is_no_reply(rule, reading, text_out);
}

static bool is_mailing(const Reading *reading)
{
	return list_fields_present(reading->section) ||
	       header_section_count(reading->section, FIELD_LIST_UNSUBSCRIBE) > 0 ||
	       reading->own_phrases[WORDS_BULK_TEXT] != NULL;
}

static bool is_unasked(const Reading *reading)
{
	return !reading->has_thread && !reading->subject.is_reply &&
	       !reading->subject.is_forward && !is_mailing(reading);
}

/* It asks for no answer, and answers nothing: whoever it is, nobody wrote to us. */
bool author_is_no_reply_unasked(const ClassRule *rule, const Reading *reading,
				char **text_out)
{
	return is_unasked(reading) && author_is_no_reply(rule, reading, text_out);
}

bool author_is_service_unasked(const ClassRule *rule, const Reading *reading,
			       char **text_out)
{
	(void)rule;
	return is_unasked(reading) && reading->from != NULL &&
	       addr_spec_is_service(reading->from->address) &&
	       tell_author(reading, text_out);
}

/* Offices and system accounts; people answer from them, too. */
bool author_is_role(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return reading->from != NULL && !addr_spec_is_no_reply(reading->from->address) &&
	       addr_spec_is_role(reading->from->address) && tell_author(reading, text_out);
}

bool author_is_missing(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const AddrSpec *reverse_path = reading->facts->envelope->reverse_path;

	(void)rule;
	(void)text_out;
	return reading->from == NULL &&
	       (reverse_path == NULL || addr_spec_is_null(reverse_path));
}

bool author_is_exempt(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	return reading->from != NULL &&
	       settings_words_match(reading->settings->human_senders,
				    reading->from->address) &&
	       tell_author(reading, text_out);
}

bool list_is_ours(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	(void)text_out;
	return reading->own_list;
}

static bool address_unsubscribes(const AddrSpec *address)
{
	static const char *const words[] = {"unsubscribe", "unsub", "optout", "opt-out"};
	g_autofree char *local = g_ascii_strdown(address->canonical, (gssize)address->at);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *found = strstr(local, words[i]);
		size_t length = strlen(words[i]);

		if (found != NULL &&
		    (found == local || strchr("+-_.=", found[-1]) != NULL) &&
		    !g_ascii_isalpha(found[length]))
			return true;
	}
	return false;
}

/* RFC 2369 3.2: a List-Unsubscribe address, in the usual spellings. */
bool recipient_unsubscribes(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const GPtrArray *recipients = reading->facts->envelope->recipients;

	(void)rule;
	for (guint i = 0; i < recipients->len; i++) {
		const EnvelopeRecipient *recipient = recipients->pdata[i];

		if (address_unsubscribes(recipient->address)) {
			*text_out =
				g_strdup_printf("to: %s", recipient->address->canonical);
			return true;
		}
	}
	return false;
}
