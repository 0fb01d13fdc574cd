/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes an mbox of any size to standard output, always the same for the same options:
 * outreach of several reps, replies to it as text and as HTML, newsletters, strangers
 * with attachments. Mostly in order of time, as archives are, but not quite.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/bench/letter.h"

enum {
	KINDS = 10, /* of messages, by turns */
	BACK = 4,   /* so far behind its outreach a reply comes */
	REPS = 8,
	STEP = 90, /* seconds from message to message */
	LINE = 72,
	WORDS = 12,
};

static struct {
	gint64 octets;
	int attachment, contacts;
} options = {.octets = 1000000000, .attachment = 60000, .contacts = 20000};

static const GOptionEntry entries[] = {
	{"octets", 0, 0, G_OPTION_ARG_INT64, &options.octets, "to write, about (1 GB)",
	 "N"},
	{"attachment", 0, 0, G_OPTION_ARG_INT, &options.attachment,
	 "octets of an attachment, which one message of ten has (60000)", "N"},
	{"contacts", 0, 0, G_OPTION_ARG_INT, &options.contacts,
	 "people who are written to (20000)", "N"},
	G_OPTION_ENTRY_NULL,
};

static const char *const words[WORDS] = {
	"the drawings", "of the pump",	  "look right to us,", "and the flange",
	"should be",	"a little wider", "than in the",       "first proposal;",
	"could you",	"tell us when",	  "all forty of them", "can be here?",
};

/* ---- parts of a message ---- */

static void add_prose(GString *text, const char *mark, size_t octets, unsigned number)
{
	size_t end = text->len + octets, column = 0;

	g_string_append(text, mark);
	for (unsigned i = number; text->len < end; i = i * 5 + 7) {
		const char *word = words[i / 3 % WORDS];

		column += strlen(word) + 1;
		if (column > LINE) {
			g_string_append_printf(text, "\n%s", mark);
			column = strlen(word) + 1;
		}
		g_string_append_printf(text, "%s ", word);
	}
	g_string_append_c(text, '\n');
}

static void add_html(GString *text, size_t octets, unsigned number)
{
	size_t end = text->len + octets;

	g_string_append(text, "<html><head><style>p { margin: 0; }</style></head><body>\n");
	while (text->len < end) {
		g_string_append(text, "<p class=\"MsoNormal\"><span lang=\"EN-US\">");
		add_prose(text, "", 200, number++);
		g_string_append(text, "<o:p></o:p></span></p>\n");
	}
	g_string_append(text, "</body></html>\n");
}

static void add_base64(GString *text, size_t octets, unsigned number)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	guint32 state = number + 1;

	for (size_t i = 0; i < octets; i++) {
		state = state * 1664525u + 1013904223u;
		g_string_append_c(text, digits[state >> 26]);
		if (i % (LINE + 4) == LINE + 3)
			g_string_append_c(text, '\n');
	}
	g_string_append(text, "\n");
}

/* asctime: as an mbox line has it, not as the field Date. */
static char *date_of(unsigned number, bool asctime_wanted)
{
	time_t at = 1700000000 + (time_t)number * STEP - (number % 7) * 3 * STEP;
	struct tm parts;
	char date[64];

	gmtime_r(&at, &parts);
	if (asctime_wanted)
		strftime(date, sizeof date, "%a %b %e %H:%M:%S %Y", &parts);
	else
		strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &parts);
	return g_strdup(date);
}

static void add_trace(GString *text, unsigned number, const char *date)
{
	g_string_append_printf(
		text,
		"Return-Path: <bounces@c.example>\n"
		"Delivered-To: rep%u@ours.example\n"
		"Received: from out.c.example (out.c.example [192.0.2.25])\n"
		"\tby mx.ours.example (Postfix) with ESMTPS id 4Zk8Q%08u\n"
		"\tfor <rep%u@ours.example>; %s\n"
		"Authentication-Results: mx.ours.example; dkim=pass header.d=c.example;\n"
		"\tspf=pass smtp.mailfrom=c.example; dmarc=pass header.from=c.example\n"
		"Received: by out.c.example id %08u; %s\n"
		"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=c.example; s=s1;\n"
		"\th=from:to:subject:date:message-id:mime-version:content-type;\n"
		"\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n"
		"\tb=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR\n",
		number % REPS, number, number % REPS, date, number, date);
}

/* ---- messages ---- */

typedef struct {
	unsigned number, thread; /* thread: the outreach */
	const char *date;
	const char *contact;
} Mail;

static void add_basics(GString *text, const Mail *mail, const char *from, const char *to,
		       const char *subject, const char *domain)
{
	g_string_append_printf(text,
			       "From: %s\nTo: %s\nSubject: %s %u\nDate: %s\n"
			       "Message-ID: <%08u.mail@%s>\nMIME-Version: 1.0\n"
			       "User-Agent: Mozilla Thunderbird\n",
			       from, to, subject, mail->thread, mail->date, mail->number,
			       domain);
}

static void add_outreach(GString *text, const Mail *mail)
{
	g_autofree char *from =
		g_strdup_printf("Anna Sales <rep%u@ours.example>", mail->thread % REPS);
	g_autofree char *to = g_strdup_printf("Jo Lead <%s>", mail->contact);

	add_basics(text, mail, from, to, "Our proposal for works", "ours.example");
	g_string_append(text, "Content-Type: text/plain; charset=utf-8\n"
			      "Content-Transfer-Encoding: 8bit\n\nDear Jo,\n\n");
	add_prose(text, "", 1500, mail->number);
	g_string_append(text, "\n-- \nAnna Sales, Ours\n");
}

static void add_reply_fields(GString *text, const Mail *mail)
{
	g_autofree char *from = g_strdup_printf("Jo Lead <%s>", mail->contact);
	g_autofree char *to =
		g_strdup_printf("Anna Sales <rep%u@ours.example>", mail->thread % REPS);

	add_trace(text, mail->thread, mail->date);
	add_basics(text, mail, from, to, "Re: Our proposal for works", "c.example");
	g_string_append_printf(text,
			       "In-Reply-To: <%08u.mail@ours.example>\n"
			       "References: <%08u.mail@ours.example>\n",
			       mail->thread, mail->thread);
}

static void add_reply(GString *text, const Mail *mail)
{
	add_reply_fields(text, mail);
	g_string_append(text, "Content-Type: text/plain; charset=\"UTF-8\"\n\n");
	add_prose(text, "", 500, mail->number);
	g_string_append_printf(text, "\nOn %s, Anna Sales wrote:\n", mail->date);
	add_prose(text, "> ", 1500, mail->thread);
}

static void add_alternative(GString *text, const Mail *mail)
{
	add_reply_fields(text, mail);
	g_string_append(text, "Content-Type: multipart/alternative; boundary=\"=_alt\"\n\n"
			      "--=_alt\nContent-Type: text/plain; charset=utf-8\n\n");
	add_prose(text, "", 2000, mail->number);
	g_string_append(text, "\n--=_alt\nContent-Type: text/html; charset=utf-8\n\n");
	add_html(text, 8000, mail->number);
	g_string_append(text, "\n--=_alt--\n");
}

static void add_newsletter(GString *text, const Mail *mail)
{
	add_trace(text, mail->number, mail->date);
	add_basics(text, mail, "News <news@letters.example>", "rep@ours.example",
		   "What is new in pumps", "letters.example");
	g_string_append(text, "List-Unsubscribe: <https://letters.example/out>\n"
			      "Precedence: bulk\n"
			      "Content-Type: text/html; charset=utf-8\n\n");
	add_html(text, 12000, mail->number);
}

static void add_stranger(GString *text, const Mail *mail)
{
	g_autofree char *from = g_strdup_printf("Jo Other <jo%u@s.example>", mail->number);

	add_trace(text, mail->number, mail->date);
	add_basics(text, mail, from, "rep@ours.example", "Catalogue", "s.example");
	g_string_append(text, "Content-Type: multipart/mixed; boundary=\"=_mix\"\n\n"
			      "--=_mix\nContent-Type: text/plain; charset=utf-8\n\n");
	add_prose(text, "", 1000, mail->number);
	g_string_append(text, "\n--=_mix\nContent-Type: application/pdf\n"
			      "Content-Transfer-Encoding: base64\n\n");
	add_base64(text, (size_t)options.attachment, mail->number);
	g_string_append(text, "\n--=_mix--\n");
}

static void add_mail(GString *text, unsigned number)
{
	static void (*const kinds[KINDS])(GString *, const Mail *) = {
		add_outreach, add_outreach, add_outreach,    add_outreach,   add_reply,
		add_reply,    add_reply,    add_alternative, add_newsletter, add_stranger,
	};
	unsigned kind = number % KINDS;
	unsigned thread = kind >= BACK && kind < 2 * BACK ? number - BACK : number;
	g_autofree char *date = date_of(number, false);
	g_autofree char *posted = date_of(number, true);
	g_autofree char *contact = letter_contact_address((unsigned long)thread * 7919u %
							  (unsigned long)options.contacts);

	g_string_append_printf(text, "From archive@ours.example %s\n", posted);
	kinds[kind](text, &(Mail){number, thread, date, contact});
	g_string_append_c(text, '\n');
}

int main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(context, "Writes an mbox to standard output.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 1 ||
	    options.contacts < 1 || options.attachment < 0) {
		fprintf(stderr, "fill-mbox: %s\n",
			error != NULL ? error->message : "see --help");
		return 2;
	}
	for (unsigned number = 0; options.octets > 0; number++) {
		g_string_truncate(text, 0);
		add_mail(text, number);
		fwrite(text->str, 1, text->len, stdout);
		options.octets -= (gint64)text->len;
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
