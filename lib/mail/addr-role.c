/* SPDX-License-Identifier: BSD-2-Clause */
/* Local parts that are an office or a program rather than a person. */
#include <string.h>

#include "lead/address.h"

typedef enum {
	ROLE_OFFICE = 1,
	ROLE_LIST = 2,
	ROLE_NO_REPLY = 4,
	ROLE_DAEMON = 8,
	ROLE_SERVICE = 16
} RoleKind;
typedef enum { WHOLE, STARTS, ENDS, CONTAINS } RolePlace;

/*
 * Compared with the local part without '-', '_' and '.', so that one row says no-reply,
 * no_reply and noreply; "owner-" needs its dash, and the rows that hold one are compared
 * with the local part as it is.
 */
static const struct {
	RoleKind kind;
	RolePlace place;
	const char *text;
} roles[] = {
	{ROLE_DAEMON, STARTS, "mailerdaemon"},
	{ROLE_DAEMON, WHOLE, "postmaster"},
	{ROLE_DAEMON, WHOLE, "mdaemon"},
	{ROLE_DAEMON, WHOLE, "maildaemon"},
	{ROLE_DAEMON, WHOLE, "mailsystem"},
	{ROLE_DAEMON, WHOLE, "mailer"},
	{ROLE_NO_REPLY, CONTAINS, "noreply"},
	{ROLE_NO_REPLY, CONTAINS, "donotreply"},
	{ROLE_NO_REPLY, CONTAINS, "dontreply"},
	{ROLE_NO_REPLY, WHOLE, "noresponse"},
	{ROLE_NO_REPLY, WHOLE, "nichtantworten"},
	{ROLE_NO_REPLY, WHOLE, "keineantwort"},
	{ROLE_NO_REPLY, WHOLE, "nepasrepondre"},
	{ROLE_NO_REPLY, WHOLE, "norespond"},
	{ROLE_NO_REPLY, WHOLE, "noresponder"},
	{ROLE_NO_REPLY, WHOLE, "noresponda"},
	{ROLE_NO_REPLY, WHOLE, "naoresponda"},
	{ROLE_NO_REPLY, WHOLE, "nonrispondere"},
	{ROLE_LIST, ENDS, "-request"},
	{ROLE_LIST, ENDS, "-relay"},
	{ROLE_LIST, ENDS, "-owner"},
	{ROLE_LIST, ENDS, "-return"},
	{ROLE_LIST, ENDS, "-bounce"},
	{ROLE_LIST, ENDS, "-bounces"},
	{ROLE_LIST, ENDS, "-subscribe"},
	{ROLE_LIST, ENDS, "-unsubscribe"},
	{ROLE_LIST, STARTS, "owner-"},
	{ROLE_LIST, STARTS, "bounce-"},
	{ROLE_LIST, STARTS, "bounces-"},
	{ROLE_LIST, WHOLE, "bounce"},
	{ROLE_LIST, WHOLE, "bounces"},
	{ROLE_LIST, WHOLE, "unsubscribe"},
	{ROLE_LIST, WHOLE, "listserv"},
	{ROLE_LIST, WHOLE, "listmaster"},
	{ROLE_LIST, WHOLE, "majordomo"},
	{ROLE_LIST, WHOLE, "mailman"},
	{ROLE_LIST, WHOLE, "newsletter"},
	{ROLE_LIST, WHOLE, "newsletters"},
	{ROLE_NO_REPLY, WHOLE, "devnull"},
	{ROLE_NO_REPLY, WHOLE, "blackhole"},
	/* where a service tells what happened, and nobody reads what comes back */
	{ROLE_SERVICE, CONTAINS, "notification"},
	{ROLE_SERVICE, WHOLE, "notify"},
	{ROLE_SERVICE, WHOLE, "notifier"},
	{ROLE_SERVICE, WHOLE, "notifica"},
	{ROLE_SERVICE, WHOLE, "notificaciones"},
	{ROLE_SERVICE, WHOLE, "notifiche"},
	{ROLE_SERVICE, WHOLE, "benachrichtigung"},
	{ROLE_SERVICE, WHOLE, "benachrichtigungen"},
	{ROLE_SERVICE, WHOLE, "alert"},
	{ROLE_SERVICE, WHOLE, "alerts"},
	{ROLE_SERVICE, WHOLE, "alerting"},
	{ROLE_SERVICE, WHOLE, "monitoring"},
	{ROLE_SERVICE, WHOLE, "autoconfirm"},
	{ROLE_SERVICE, STARTS, "confirm-"},
	{ROLE_SERVICE, WHOLE, "confirm"},
	{ROLE_SERVICE, WHOLE, "confirmation"},
	{ROLE_SERVICE, WHOLE, "confirmations"},
	{ROLE_SERVICE, WHOLE, "orderupdate"},
	{ROLE_SERVICE, WHOLE, "shipmenttracking"},
	{ROLE_SERVICE, WHOLE, "invitation"},
	{ROLE_SERVICE, WHOLE, "invitations"},
	{ROLE_SERVICE, WHOLE, "reminder"},
	{ROLE_SERVICE, WHOLE, "reminders"},
	{ROLE_SERVICE, WHOLE, "receipts"},
	{ROLE_SERVICE, WHOLE, "digest"},
	{ROLE_SERVICE, WHOLE, "updates"},
	{ROLE_SERVICE, STARTS, "virusalert"},
	{ROLE_SERVICE, WHOLE, "antivirus"},
	{ROLE_SERVICE, WHOLE, "mailscanner"},
	{ROLE_SERVICE, WHOLE, "quarantine"},
	{ROLE_SERVICE, WHOLE, "dmarcreport"},
	{ROLE_SERVICE, WHOLE, "dmarcreports"},
	{ROLE_SERVICE, WHOLE, "scanner"},
	/* RFC 2142 3 to 5 */
	{ROLE_OFFICE, WHOLE, "info"},
	{ROLE_OFFICE, WHOLE, "marketing"},
	{ROLE_OFFICE, WHOLE, "sales"},
	{ROLE_OFFICE, WHOLE, "support"},
	{ROLE_OFFICE, WHOLE, "abuse"},
	{ROLE_OFFICE, WHOLE, "noc"},
	{ROLE_OFFICE, WHOLE, "security"},
	{ROLE_OFFICE, WHOLE, "hostmaster"},
	{ROLE_OFFICE, WHOLE, "usenet"},
	{ROLE_OFFICE, WHOLE, "news"},
	{ROLE_OFFICE, WHOLE, "webmaster"},
	{ROLE_OFFICE, WHOLE, "www"},
	{ROLE_OFFICE, WHOLE, "uucp"},
	{ROLE_OFFICE, WHOLE, "ftp"},
	/* accounts of the system */
	{ROLE_OFFICE, WHOLE, "root"},
	{ROLE_OFFICE, WHOLE, "daemon"},
	{ROLE_OFFICE, WHOLE, "nobody"},
	{ROLE_OFFICE, WHOLE, "wwwdata"},
};

enum { LOCAL_SIZE = 65 }; /* RFC 5321 4.5.3.1.1; the names above are shorter */

/* The local part of the base form; cut to what can match, which keeps no end. */
static void local_copy(const AddrSpec *address, char *as_is, char *squeezed)
{
	const char *base = address->base, *end = strrchr(base, '@');
	size_t length = end != NULL ? (size_t)(end - base) : strlen(base);

	for (size_t i = 0; i < MIN(length, LOCAL_SIZE - 1); i++) {
		*as_is++ = base[i];
		if (strchr("-_.", base[i]) == NULL)
			*squeezed++ = base[i];
	}
	*as_is = *squeezed = '\0';
}

static bool text_matches(const char *local, RolePlace place, const char *text)
{
	switch (place) {
	case WHOLE:
		return strcmp(local, text) == 0;
	case STARTS:
		return g_str_has_prefix(local, text);
	case ENDS:
		return g_str_has_suffix(local, text);
	case CONTAINS:
		return strstr(local, text) != NULL;
	}
	return false;
}

/* Most rows are told apart by the first octet, without a call: this is asked several times
 * of every message. */
static bool row_matches(size_t row, const char *as_is, const char *squeezed)
{
	const char *text = roles[row].text;
	RolePlace place = roles[row].place;

	if (place == WHOLE && *squeezed != *text)
		return false;
	return text_matches(strchr(text, '-') != NULL ? as_is : squeezed, place, text);
}

static bool has_role(const AddrSpec *address, unsigned kinds)
{
	char as_is[LOCAL_SIZE], squeezed[LOCAL_SIZE];

	local_copy(address, as_is, squeezed);
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
		if ((roles[i].kind & kinds) && row_matches(i, as_is, squeezed))
			return true;
	}
	return false;
}

bool addr_spec_is_role(const AddrSpec *address)
{
	return has_role(address, ROLE_OFFICE | ROLE_LIST | ROLE_NO_REPLY | ROLE_DAEMON |
					 ROLE_SERVICE);
}

bool addr_spec_is_no_reply(const AddrSpec *address)
{
	return has_role(address, ROLE_NO_REPLY);
}

bool addr_spec_is_service(const AddrSpec *address)
{
	return has_role(address, ROLE_SERVICE);
}

bool addr_spec_is_mailer_daemon(const AddrSpec *address)
{
	return has_role(address, ROLE_DAEMON);
}
