/* SPDX-License-Identifier: BSD-2-Clause */
#include "mail.h"

#include <string.h>

#include "lead/error.h"

static Mta *begin(Mta *mta, const MtaOffer *offer, const char *client,
		  const char *daemon_name)
{
	g_assert_true(mta_negotiate(mta, offer));
	mta_macros(mta, 'C', "j", "mx.ours.example", "{daemon_name}", daemon_name, NULL);
	mta_client(mta, "client.example", client);
	mta_helo(mta, "client.example");
	return mta;
}

Mta *mail_mx_session(Daemon *daemon)
{
	return begin(mta_new(daemon_socket(daemon)), &mta_offer_full, "192.0.2.25",
		     "mx.ours.example");
}

Mta *mail_submission_begin(Mta *mta)
{
	return begin(mta, &mta_offer_full, "198.51.100.7", "ORIGINATING");
}

Mta *mail_submission_session(Daemon *daemon)
{
	return mail_submission_begin(mta_new(daemon_socket(daemon)));
}

Mta *mail_answered_session(Daemon *daemon)
{
	return begin(mta_new(daemon_socket(daemon)), &mta_offer_answered, "198.51.100.7",
		     "ORIGINATING");
}

void mail_end_session(Mta *mta)
{
	mta_quit(mta);
	mta_wait_hang_up(mta);
	mta_free(mta);
}

static void envelope(Mta *mta, const char *id, const char *login, const char *from,
		     const char *to)
{
	g_autofree char *reverse_path = g_strdup_printf("<%s>", from);
	g_autofree char *forward_path = g_strdup_printf("<%s>", to);

	if (login != NULL)
		mta_macros(mta, 'M', "i", id, "{auth_authen}", login, "{auth_type}",
			   "PLAIN", NULL);
	else
		mta_macros(mta, 'M', "i", id, NULL);
	mta_mail(mta, reverse_path);
	mta_macros(mta, 'R', "i", id, "{rcpt_mailer}", "smtp", NULL);
	mta_rcpt(mta, forward_path);
	mta_data(mta);
}

static void content(Mta *mta, const char *id, const char *from, const char *to,
		    const char *subject, const char *answers)
{
	static const char text[] =
		"Dear you,\r\n\r\nwhat do you think of it?\r\n\r\nMe\r\n";
	g_autofree char *message_id =
		g_strdup_printf(" <%s@%s>", id, strchr(from, '@') + 1);
	g_autofree char *author = g_strdup_printf(" Somebody <%s>", from);

	mta_field(mta, "From", author);
	mta_field(mta, "To", to);
	mta_field(mta, "Date", " Mon, 02 Feb 2026 10:00:00 +0000");
	mta_field(mta, "Subject", subject);
	mta_field(mta, "Message-ID", message_id);
	if (answers != NULL)
		mta_field(mta, "In-Reply-To", answers);
	mta_end_of_header(mta);
	mta_body(mta, text, strlen(text));
}

void mail_outreach_envelope(Mta *mta, const char *id, const char *lead)
{
	envelope(mta, id, "rep", "rep@ours.example", lead);
}

void mail_outreach_content(Mta *mta, const char *id, const char *lead)
{
	content(mta, id, "rep@ours.example", lead, " Our offer of this week", NULL);
}

static char end(Mta *mta, const char *id)
{
	mta_macros(mta, 'E', "i", id, NULL);
	return mta_end(mta);
}

char mail_outreach(Mta *mta, const char *id, const char *lead)
{
	mail_outreach_envelope(mta, id, lead);
	mail_outreach_content(mta, id, lead);
	return end(mta, id);
}

char mail_reply(Mta *mta, const char *id, const char *lead, const char *outreach)
{
	g_autofree char *answers = g_strdup_printf(" <%s@ours.example>", outreach);

	envelope(mta, id, NULL, lead, "rep@ours.example");
	content(mta, id, lead, "rep@ours.example", " Re: Our offer of this week", answers);
	return end(mta, id);
}

static bool take_stage(const Contact *contact, void *stage_out)
{
	*(Stage *)stage_out = contact->stage;
	return false;
}

Stage mail_stage(Daemon *daemon, const char *address)
{
	g_autoptr(Store) store = daemon_store(daemon);
	g_autoptr(GError) error = NULL;
	Stage stage = 0;
	int64_t id;

	if (!store_find_contact(store, address, &id, &error)) {
		g_assert_error(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
		return 0;
	}
	store_visit_contact(store, id, take_stage, &stage, &error);
	g_assert_no_error(error);
	return stage;
}
