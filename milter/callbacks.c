/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>

#include "callbacks.h"

#include "counters.h"
#include "inflight.h"
#include "macro.h"
#include "message.h"
#include "negotiate.h"
#include "session.h"

static sfsistat on_connect(SMFICTX *context, char *host, _SOCK_ADDR *address)
{
	Session *session = session_of(context);

	(void)host;
	if (session != NULL)
		session_set_client(session, address);
	return session_answer(context, SMFIP_NR_CONN);
}

static sfsistat on_helo(SMFICTX *context, char *name)
{
	(void)name;
	return session_answer(context, SMFIP_NR_HELO);
}

static sfsistat on_mail(SMFICTX *context, char **arguments)
{
	Session *session = session_of(context);

	if (session != NULL)
		transaction_begin(&session->transaction, arguments[0], session->settings);
	return session_answer(context, SMFIP_NR_MAIL);
}

/* {rcpt_mailer} must be asked now: later it is the last recipient's. */
static sfsistat on_rcpt(SMFICTX *context, char **arguments)
{
	Transaction *transaction = session_transaction(context);
	g_autofree char *mailer = NULL;

	if (transaction != NULL) {
		const Session *session = smfi_getpriv(context);

		mailer = macro_dup(context, "{rcpt_mailer}");
		transaction_add_recipient(transaction, arguments[0], mailer,
					  session->settings);
	}
	return session_answer(context, SMFIP_NR_RCPT);
}

static sfsistat on_data(SMFICTX *context)
{
	return session_answer(context, SMFIP_NR_DATA);
}

static sfsistat on_header(SMFICTX *context, char *name, char *body)
{
	Transaction *transaction = session_transaction(context);

	if (transaction != NULL)
		transaction_add_field(transaction, name, body);
	return session_answer(context, SMFIP_NR_HDR);
}

static sfsistat on_end_of_header(SMFICTX *context)
{
	return session_answer(context, SMFIP_NR_EOH);
}

static sfsistat on_body(SMFICTX *context, unsigned char *bytes, size_t length)
{
	Transaction *transaction = session_transaction(context);

	if (transaction != NULL) {
		const Session *session = smfi_getpriv(context);

		transaction_add_body(transaction, bytes, length, session->settings);
	}
	return session_answer(context, SMFIP_NR_BODY);
}

static sfsistat on_end_of_message(SMFICTX *context)
{
	Transaction *transaction = session_transaction(context);
	sfsistat answer = SMFIS_CONTINUE;

	if (transaction != NULL) {
		inflight_recording_begin();
		answer = message_finish(context, smfi_getpriv(context));
		inflight_recording_end();
		transaction_reset(transaction);
	}
	return answer;
}

static sfsistat on_abort(SMFICTX *context)
{
	Transaction *transaction = session_transaction(context);

	if (transaction != NULL) {
		counter_add(COUNT_ABORTED);
		transaction_reset(transaction);
	}
	return SMFIS_CONTINUE;
}

/* May come alone, without abort or connect. */
static sfsistat on_close(SMFICTX *context)
{
	if (session_transaction(context) != NULL)
		counter_add(COUNT_ABORTED);
	session_end(context);
	return SMFIS_CONTINUE;
}

static sfsistat on_unknown(SMFICTX *context, const char *command)
{
	(void)command;
	return session_answer(context, SMFIP_NR_UNKN);
}

bool callbacks_register(void)
{
	static char name[] = "leadmilter"; /* libmilter's lines in the log begin with it */
	struct smfiDesc description = {
		.xxfi_name = name,
		.xxfi_version = SMFI_VERSION,
		.xxfi_flags = SMFIF_NONE,
		.xxfi_connect = on_connect,
		.xxfi_helo = on_helo,
		.xxfi_envfrom = on_mail,
		.xxfi_envrcpt = on_rcpt,
		.xxfi_header = on_header,
		.xxfi_eoh = on_end_of_header,
		.xxfi_body = on_body,
		.xxfi_eom = on_end_of_message,
		.xxfi_abort = on_abort,
		.xxfi_close = on_close,
		.xxfi_unknown = on_unknown,
		.xxfi_data = on_data,
		.xxfi_negotiate = negotiate,
	};

	return smfi_register(description) == MI_SUCCESS;
}
