/* SPDX-License-Identifier: BSD-2-Clause */
#include "session.h"

#include <string.h>

#include "counters.h"
#include "live-settings.h"
#include "log.h"
#include "negotiate.h"

enum { DESCRIPTORS_KEPT = 64 }; /* for store, spool, log, and sessions being refused */

static int sessions_open;		      /* atomic */
static int64_t sessions_possible = INT64_MAX; /* set before there is a session */

static Session *session_new(void)
{
	Session *session = g_new0(Session, 1);

	session->settings = live_settings();
	session->no_reply = negotiated_no_reply();
	session->client = CLIENT_LOCAL;
	transaction_init(&session->transaction);
	counter_add(COUNT_SESSIONS);
	return session;
}

static void session_free(Session *session)
{
	transaction_clear(&session->transaction);
	settings_unref(session->settings);
	g_free(session);
	g_atomic_int_dec_and_test(&sessions_open);
}

void session_set_descriptors(int64_t limit)
{
	sessions_possible = MAX(1, limit - DESCRIPTORS_KEPT);
}

static int64_t sessions_allowed(void)
{
	g_autoptr(Settings) settings = live_settings();
	int64_t asked = settings->max_sessions;

	return asked > 0 ? MIN(asked, sessions_possible) : sessions_possible;
}

/* At the limit of descriptors libmilter's listener spins without a word, so sessions are
 * turned away before that; the MTA goes on without us. */
static bool may_open_session(void)
{
	static LogRate rate;
	int64_t allowed = sessions_allowed();

	if (g_atomic_int_add(&sessions_open, 1) < allowed)
		return true;
	(void)g_atomic_int_dec_and_test(&sessions_open);
	counter_add(COUNT_SESSIONS_REFUSED);
	log_write_rated(&rate, LEVEL_ERROR,
			"session refused: %" G_GINT64_FORMAT " are open, which is all that "
			"[milter] max_sessions and the limit of descriptors allow",
			allowed);
	return false;
}

Session *session_of(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	if (session == NULL && may_open_session()) {
		session = session_new();
		smfi_setpriv(context, session);
	}
	return session;
}

void session_end(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	if (session == NULL)
		return;
	smfi_setpriv(context, NULL);
	session_free(session);
}

Transaction *session_transaction(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	return session != NULL && session->transaction.open ? &session->transaction : NULL;
}

/* A v4-mapped address is the IPv4 address it maps. */
static const void *address_bytes(const struct sockaddr *address, int *family_out)
{
	const struct sockaddr_in *v4 = (const void *)address;
	const struct sockaddr_in6 *v6 = (const void *)address;

	*family_out = AF_INET;
	if (address == NULL)
		return NULL;
	if (address->sa_family == AF_INET)
		return &v4->sin_addr;
	if (address->sa_family != AF_INET6)
		return NULL;
	if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
		return &v6->sin6_addr.s6_addr[12];
	*family_out = AF_INET6;
	return &v6->sin6_addr;
}

void session_set_client(Session *session, const struct sockaddr *address)
{
	int family;
	const void *bytes = address_bytes(address, &family);

	session->client = CLIENT_LOCAL;
	session->client_address[0] = '\0';
	if (bytes != NULL && inet_ntop(family, bytes, session->client_address,
				       sizeof session->client_address) != NULL)
		session->client = CLIENT_ADDRESS;
}

sfsistat session_answer(SMFICTX *context, unsigned long no_reply_bit)
{
	const Session *session = smfi_getpriv(context);
	unsigned long agreed = session != NULL ? session->no_reply : negotiated_no_reply();

	return (agreed & no_reply_bit) != 0 ? SMFIS_NOREPLY : SMFIS_CONTINUE;
}
