/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/bench/bench-mail.h"

#include <string.h>

#include "tests/corpus/manifest.h"

const char bench_domain[] = "ours.example";

static void mail_free(gpointer mail)
{
	BenchMail *self = mail;

	g_free(self->text);
	g_free(self->split);
	g_array_unref(self->fields);
	envelope_clear(&self->envelope);
	g_free(self);
}

/* ---- what the MTA would hand over ---- */

/* Cuts the header section in place. A field ends where the next line is no continuation. */
static void split_fields(BenchMail *self)
{
	char *line = self->split;

	while (*line != '\0') {
		char *end = strchr(line, '\n'), *colon = strchr(line, ':');
		BenchField field = {.name = line};

		while (end != NULL && (end[1] == ' ' || end[1] == '\t'))
			end = strchr(end + 1, '\n');
		if (end != NULL)
			*end = '\0';
		if (colon != NULL && (end == NULL || colon < end)) {
			*colon = '\0';
			field.body = colon + 1;
			g_array_append_val(self->fields, field);
		}
		line = end != NULL ? end + 1 : line + strlen(line);
	}
}

static BenchMail *mail_new(const char *shape, char *text_taken)
{
	BenchMail *self = g_new0(BenchMail, 1);
	const char *end;

	self->shape = shape;
	self->text = text_taken;
	end = strstr(self->text, "\n\n");
	self->body = end != NULL ? end + 2 : self->text + strlen(self->text);
	self->body_length = strlen(self->body);
	self->split = g_strndup(self->text, (size_t)(self->body - self->text));
	self->fields = g_array_new(FALSE, FALSE, sizeof(BenchField));
	split_fields(self);
	envelope_init(&self->envelope);
	self->envelope.client = CLIENT_ADDRESS;
	self->envelope.client_address = g_strdup("192.0.2.25");
	self->envelope.queue_id = g_strdup("4XyZ0123");
	self->envelope.mta_host = g_strdup("mx.ours.example");
	self->envelope.reverse_path = addr_spec_parse("<jane.doe@lead.example>", "+");
	self->envelope.received_at = 1790000000;
	self->envelope.size = (int64_t)strlen(self->text);
	envelope_add_recipient(&self->envelope, addr_spec_parse("<rep@ours.example>", "+"),
			       "smtp", 100);
	return self;
}

/* ---- made up ---- */

static const char words[] =
	"thank you for the drawings they look right to us apart from the flange which has "
	"to be "
	"wider could you send a price for forty pumps with the larger motor and tell us "
	"when the "
	"first of them can be here we would need them in the spring at the latest ";

static void append_prose(GString *text, const char *mark, size_t octets, unsigned number)
{
	size_t at = number * 7 % (sizeof words - 1), column = 0;

	g_string_append(text, mark);
	for (size_t i = 0; i < octets; i++, column++) {
		char c = words[(at + i) % (sizeof words - 1)];

		if (c == ' ' && column > 68) {
			g_string_append_c(text, '\n');
			g_string_append(text, mark);
			column = 0;
		} else {
			g_string_append_c(text, c);
		}
	}
	g_string_append_c(text, '\n');
}

/* What every message has by the time it reaches us. */
static void append_basics(GString *text, unsigned number, const char *subject)
{
	g_string_append_printf(
		text,
		"Received: from mail.lead.example (mail.lead.example [192.0.2.25])\n"
		"\tby mx.ours.example (Postfix) with ESMTPS id 4XyZ0%u\n"
		"\tfor <rep@ours.example>; Mon, 21 Sep 2026 09:%02u:00 +0200 (CEST)\n"
		"Authentication-Results: mx.ours.example;\n"
		"\tdkim=pass (2048-bit key) header.d=lead.example header.i=@lead.example;\n"
		"\tspf=pass smtp.mailfrom=jane.doe@lead.example;\n"
		"\tdmarc=pass (p=reject dis=none) header.from=lead.example\n"
		"Received: by mail.lead.example id 7F%u; Mon, 21 Sep 2026 09:%02u:00 "
		"+0200\n"
		"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=lead.example; "
		"s=k1;\n"
		"\th=from:to:subject:date; "
		"bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n"
		"\tb=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR\n"
		"From: \"Doe, Jane\" <jane.doe@lead.example>\n"
		"To: Rep of Ours <rep@ours.example>\n"
		"Cc: =?utf-8?Q?J=C3=B6rg?= <joerg@lead.example>, moe@third.example\n"
		"Subject: %s %u\n"
		"Date: Mon, 21 Sep 2026 09:%02u:00 +0200\n"
		"Message-ID: <%u.abcdef$0123@mail.lead.example>\n"
		"MIME-Version: 1.0\n",
		number, number % 60, number, number % 60, subject, number, number % 60,
		number);
}

static void append_thread(GString *text, unsigned number)
{
	g_string_append_printf(text,
			       "In-Reply-To: <outreach.%u@ours.example>\n"
			       "References: <first.%u@ours.example>\n"
			       " <second.%u@mail.lead.example>\n"
			       " <outreach.%u@ours.example>\n",
			       number, number, number, number);
}

static void append_quoted(GString *text, size_t own, size_t quoted, unsigned number)
{
	append_prose(text, "", own, number);
	g_string_append(text,
			"\n-- \nJane Doe\nLead and Sons, Pumps\n\n"
			"On Sun, 20 Sep 2026 at 17:00, Rep of Ours <rep@ours.example> "
			"wrote:\n");
	append_prose(text, "> ", quoted, number + 3);
}

static void write_first(GString *text, unsigned number)
{
	append_basics(text, number, "A question about pumps");
	g_string_append(text, "Content-Type: text/plain; charset=utf-8\n\n");
	append_prose(text, "", 900, number);
}

static void write_reply(GString *text, unsigned number)
{
	append_basics(text, number, "Re: Drawings of the pumps");
	append_thread(text, number);
	g_string_append(text, "User-Agent: Mozilla Thunderbird\n"
			      "Content-Type: text/plain; charset=utf-8; format=flowed\n"
			      "Content-Transfer-Encoding: 8bit\n\n");
	append_quoted(text, 400, 1600, number);
}

static void append_html(GString *text, size_t octets, unsigned number)
{
	g_string_append(text, "<html><head><style>p { margin: 0; font-family: sans-serif }"
			      "</style></head><body>\n");
	for (size_t at = 0; at < octets / 2; at += 200) {
		g_string_append(text, "<p class=\"a\"><span style=\"color: #222\">");
		append_prose(text, "", 200, number + (unsigned)at);
		g_string_append(text, "</span></p>\n");
	}
	g_string_append(text, "<div class=\"gmail_quote\"><blockquote>\n");
	append_prose(text, "", octets / 2, number);
	g_string_append(text, "</blockquote></div></body></html>\n");
}

static void write_alternative(GString *text, unsigned number)
{
	append_basics(text, number, "Re: Drawings of the pumps");
	append_thread(text, number);
	g_string_append(text, "Content-Type: multipart/alternative; boundary=\"000f0\"\n\n"
			      "--000f0\nContent-Type: text/plain; charset=\"UTF-8\"\n\n");
	append_quoted(text, 400, 1600, number);
	g_string_append(text, "\n--000f0\nContent-Type: text/html; charset=\"UTF-8\"\n\n");
	append_html(text, 4000, number);
	g_string_append(text, "\n--000f0--\n");
}

static void write_html(GString *text, unsigned number)
{
	append_basics(text, number, "AW: Drawings of the pumps");
	append_thread(text, number);
	g_string_append(text, "Content-Type: text/html; charset=iso-8859-1\n"
			      "Content-Transfer-Encoding: quoted-printable\n\n");
	append_html(text, 6000, number);
}

static void append_base64(GString *text, const GString *bytes)
{
	g_autofree char *encoded = g_base64_encode((const guchar *)bytes->str, bytes->len);

	for (size_t at = 0, length = strlen(encoded); at < length; at += 76)
		g_string_append_printf(text, "%.76s\n", encoded + at);
}

/* From Exchange: many fields, text in base64. */
static void write_exchange(GString *text, unsigned number)
{
	GString *prose = g_string_new(NULL);

	append_basics(text, number, "RE: Drawings of the pumps");
	append_thread(text, number);
	g_string_append_printf(text,
			       "Thread-Topic: Drawings of the pumps\n"
			       "Thread-Index: AdsDAgEAAAAAAAAAAAAAAAAAAAAAAAA%03u\n",
			       number % 1000);
	for (unsigned i = 0; i < 14; i++)
		g_string_append_printf(text,
				       "X-MS-Exchange-Vendor-%u: %08x:opaque-words-%u\n", i,
				       i * 2654435761u, number);
	g_string_append(text, "X-Auto-Response-Suppress: DR, RN, NRN, OOF\n"
			      "Content-Language: en-GB\n"
			      "Content-Type: text/plain; charset=\"utf-8\"\n"
			      "Content-Transfer-Encoding: base64\n\n");
	append_quoted(prose, 400, 3000, number);
	append_base64(text, prose);
	g_string_free(prose, TRUE);
}

static void write_attachment(GString *text, unsigned number)
{
	GString *octets = g_string_new(NULL);

	append_basics(text, number, "Fwd: Drawings of the pumps");
	append_thread(text, number);
	g_string_append(text, "Content-Type: multipart/mixed; boundary=\"b-1\"\n\n"
			      "--b-1\nContent-Type: text/plain; charset=utf-8\n\n");
	append_quoted(text, 300, 800, number);
	g_string_append(text, "\n--b-1\nContent-Type: application/pdf; name=\"pump.pdf\"\n"
			      "Content-Disposition: attachment; filename=\"pump.pdf\"\n"
			      "Content-Transfer-Encoding: base64\n\n");
	for (unsigned i = 0; i < 40000; i++)
		g_string_append_c(octets, (char)(i * 2654435761u >> 24));
	append_base64(text, octets);
	g_string_append(text, "\n--b-1--\n");
	g_string_free(octets, TRUE);
}

static const struct {
	const char *name;
	void (*write)(GString *text, unsigned number);
} shapes[] = {
	{"first mail, plain, 1 KB", write_first},
	{"reply, plain, quotes", write_reply},
	{"reply, plain and HTML", write_alternative},
	{"reply, HTML alone", write_html},
	{"reply from Exchange, base64", write_exchange},
	{"forward, 40 KB attachment", write_attachment},
};

GPtrArray *bench_mails_generate(unsigned of_each_shape)
{
	GPtrArray *mails = g_ptr_array_new_with_free_func(mail_free);

	for (unsigned i = 0; i < of_each_shape * G_N_ELEMENTS(shapes); i++) {
		size_t shape = i % G_N_ELEMENTS(shapes);
		GString *text = g_string_new(NULL);

		shapes[shape].write(text, i);
		g_ptr_array_add(mails,
				mail_new(shapes[shape].name, g_string_free(text, FALSE)));
	}
	return mails;
}

/* ---- of a corpus ---- */

static BenchMail *read_mail(const char *folder, const ManifestRow *row, GError **error)
{
	g_autofree char *path = g_build_filename(folder, row->file, NULL);
	char *text, *start;

	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	start = g_str_has_prefix(text, "From ") ? strchr(text, '\n') : NULL;
	if (start != NULL)
		memmove(text, start + 1, strlen(start));
	return mail_new("of the corpus", text);
}

GPtrArray *bench_mails_from_corpus(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) rows = manifest_read(folder, error);
	g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func(mail_free);

	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const ManifestRow *row = rows->pdata[i];
		BenchMail *mail;

		if (strcmp(row->label, "reply") != 0 && strcmp(row->label, "human") != 0)
			continue;
		mail = read_mail(folder, row, error);
		if (mail == NULL)
			return NULL;
		g_ptr_array_add(mails, mail);
	}
	return rows != NULL ? g_steal_pointer(&mails) : NULL;
}
