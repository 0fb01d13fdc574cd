/* SPDX-License-Identifier: BSD-2-Clause */
#include "negotiate.h"

#include <stddef.h>

#include "session.h"

/* With SMFIP_NR_RCPT Sendmail knows that no recipient will be refused and does not put off
 * alias expansion. RCPT_REJ is never asked for: refused recipients are nobody's. */
static const unsigned long no_reply_bits = SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL |
					   SMFIP_NR_RCPT | SMFIP_NR_DATA | SMFIP_NR_HDR |
					   SMFIP_NR_EOH | SMFIP_NR_BODY;

/* libmilter offers every no-reply bit and makes up the replies that an older MTA wants, so
 * these are the same for all sessions, also for one that began without negotiation. */
static unsigned long agreed_no_reply; /* atomic */

unsigned long negotiated_no_reply(void)
{
	return __atomic_load_n(&agreed_no_reply, __ATOMIC_RELAXED);
}

unsigned long negotiate_protocol(unsigned long offered, bool read_body)
{
	unsigned long wanted = no_reply_bits | SMFIP_NOUNKNOWN | SMFIP_HDR_LEADSPC;

	if (!read_body)
		wanted |= SMFIP_NOBODY;
	return wanted & offered;
}

/*
 * Sendmail heeds a list for the end of the message only if there is one for the end of
 * the header too, so every stage gets the list. It replaces the administrator's.
 */
static void ask_for_macros(SMFICTX *context)
{
	static char list[] = "i j {daemon_name} {daemon_port} {auth_type} {auth_authen} "
			     "{mail_mailer} {msg_id} {nrcpts}";
	static char recipient_list[] = "i {rcpt_mailer} {rcpt_host}";
	static const int stages[] = {SMFIM_CONNECT, SMFIM_HELO, SMFIM_ENVFROM,
				     SMFIM_DATA,    SMFIM_EOH,	SMFIM_EOM};

	for (size_t i = 0; i < G_N_ELEMENTS(stages); i++)
		smfi_setsymlist(context, stages[i], list);
	smfi_setsymlist(context, SMFIM_ENVRCPT, recipient_list);
}

sfsistat negotiate(SMFICTX *context, unsigned long actions_offered,
		   unsigned long protocol_offered, unsigned long f2, unsigned long f3,
		   unsigned long *actions, unsigned long *protocol, unsigned long *f2_out,
		   unsigned long *f3_out)
{
	Session *session = session_of(context);

	(void)f2;
	(void)f3;
	if (session == NULL)
		return SMFIS_REJECT;
	*actions = actions_offered & SMFIF_SETSYMLIST;
	*protocol = negotiate_protocol(protocol_offered, session->settings->read_body);
	*f2_out = *f3_out = 0;
	session->no_reply = *protocol & no_reply_bits;
	__atomic_store_n(&agreed_no_reply, session->no_reply, __ATOMIC_RELAXED);
	if (*actions != 0)
		ask_for_macros(context);
	return SMFIS_CONTINUE;
}
