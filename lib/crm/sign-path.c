/* SPDX-License-Identifier: BSD-2-Clause */
/* The way a message came: reverse-path, first hop, the service that sent it. */
#include <stdlib.h>
#include <string.h>

#include "class-rule.h"
#include "sign-words.h"

/* RFC 3834 4: responders send with the null reverse-path. What the envelope does not say
 * is never guessed: a file may have lost its Return-Path. */
bool reverse_path_is_null(const ClassRule *rule, const Reading *reading, char **text_out)
{
	(void)rule;
	(void)text_out;
	return reading->null_reverse_path &&
	       reading->facts->body.report.kind == REPORT_NONE;
}

/* "bounces+4711-ours=example@esp.example": who sends to many lets the bounces of each be
 * told apart. */
bool reverse_path_bounces(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const AddrSpec *path = reading->facts->envelope->reverse_path;
	g_autofree char *local = NULL;

	if (path == NULL || addr_spec_is_null(path))
		return false;
	local = g_ascii_strdown(path->original, (gssize)strcspn(path->original, "@"));
	for (size_t i = 0; local[i] != '\0'; i++) {
		if (i > 0 && g_ascii_isalnum(local[i - 1]))
			continue;
		if (row_words_start(local + i, rule->words)) {
			*text_out = g_strdup_printf("MAIL FROM: %s", path->original);
			return true;
		}
	}
	return false;
}

/* Accounts of the system, which hand over what programs write. */
static bool is_system_account(const char *at, size_t length)
{
	static const char *const accounts[] = {
		"root",	  "daemon", "nobody",	"mail",	 "www",	   "www-data", "wwwrun",
		"apache", "httpd",  "www-user", "nginx", "cron",   "web",      "webserver",
		"bin",	  "sys",    "system",	"uucp",	 "nagios", "zabbix",   "majordomo",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(accounts); i++) {
		if (strlen(accounts[i]) == length &&
		    g_ascii_strncasecmp(at, accounts[i], length) == 0)
			return true;
	}
	return false;
}

enum { SYSTEM_USERS = 100 }; /* numbers below are the system's, on every Unix */

/* How mailers write down who called sendmail(8); behind it the user's name or number. */
static const struct {
	const char *before;
	bool is_number;
	const char *after;
} submissions[] = {
	{"(from ", false, "@"}, /* Sendmail */
	{"(Postfix, from userid ", true, ")"},
	{" invoked by uid ", true, ")"}, /* qmail */
};

static bool is_submission(const char *received, size_t row)
{
	const char *user = strstr(received, submissions[row].before);
	size_t length;

	if (user == NULL)
		return false;
	user += strlen(submissions[row].before);
	length = strcspn(user, submissions[row].after);
	if (user[length] == '\0')
		return false;
	if (submissions[row].is_number)
		return g_ascii_isdigit(*user) &&
		       g_ascii_strtoull(user, NULL, 10) < SYSTEM_USERS;
	return is_system_account(user, length);
}

/* "from www-data by mx.example with local (Exim 4.94)" */
static bool is_exim_submission(const char *received)
{
	static const char start[] = "from ";

	return strstr(received, " with local (Exim") != NULL &&
	       g_str_has_prefix(received, start) &&
	       is_system_account(received + strlen(start),
				 strcspn(received + strlen(start), " "));
}

/* The first hop stands last. */
bool path_begins_at_system(const ClassRule *rule, const Reading *reading, char **text_out)
{
	size_t count = header_section_count(reading->section, FIELD_RECEIVED);
	const char *first =
		count > 0 ? header_section_get(reading->section, FIELD_RECEIVED, count - 1)
			  : NULL;
	bool found = first != NULL && is_exim_submission(first);

	(void)rule;
	for (size_t row = 0; first != NULL && !found && row < G_N_ELEMENTS(submissions);
	     row++)
		found = is_submission(first, row);
	if (found)
		*text_out = g_strdup_printf("Received: %s", first);
	return found;
}

/* A service that sends for others; what its users answer by hand names what it answers. */
bool path_through_service(const ClassRule *rule, const Reading *reading, char **text_out)
{
	return !reading->has_thread && !reading->subject.is_reply &&
	       field_is_present(rule, reading, text_out);
}

static bool to_is_hidden(const char *to)
{
	g_autofree char *folded = g_ascii_strdown(to, -1);

	return row_words_within(folded, "undisclosed|unlisted-recipients|"
					"unspecified-recipients|list not shown|"
					"list suppressed|verborgene|ocultos|non divulgu");
}

/* To names nobody: one text for many. A field that is not there says nothing. */
bool recipients_are_hidden(const ClassRule *rule, const Reading *reading, char **text_out)
{
	const char *to = header_section_get(reading->section, FIELD_TO, 0);

	(void)rule;
	if (to == NULL || reading->facts->cc->len > 0 || reading->has_thread ||
	    reading->subject.is_reply)
		return false;
	if (reading->facts->to->len > 0 && !to_is_hidden(to))
		return false;
	*text_out = g_strdup_printf("To: %s", to);
	return true;
}
