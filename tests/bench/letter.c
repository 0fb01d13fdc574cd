/* SPDX-License-Identifier: BSD-2-Clause */
#include "letter.h"

#include <string.h>

#define SELF "\001\001\001\001\001\001\001\001\001\001"
#define ANSWERED "\002\002\002\002\002\002\002\002\002\002"
#define PERSON "\003\003\003\003\003\003\003\003\003\003"

#define REP "anna.sales@ours.example"
#define CONTACT "jo.lead@c" PERSON ".example"
#define STRANGER "jo.other@s" PERSON ".example"

#define RECEIVED(name)                                                                     \
	" from " name ".example (" name ".example [192.0.2.25])\n"                         \
	"\tby mx.ours.example (Postfix) with ESMTPS id 4Zk8Qy" SELF "\n"                   \
	"\tfor <" REP ">; Mon,  2 Feb 2026 10:00:01 +0000 (UTC)"
#define SIGNATURE                                                                          \
	" v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example; s=s1;\n"                   \
	"\th=from:to:subject:date:message-id:mime-version:content-type;\n"                 \
	"\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n"                             \
	"\tb=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR\n"           \
	"\t rAC3OY2hCzl1Lb2vxEcZK2b8e0Ui4mYtFkpXj4MhBvLwQ0T7yX2h5oNqKQ3cXw=="

/* Those of each kind, the most important first; more are made up, fewer leave the last
 * ones out. NULL: a field that this kind has not. */
static const struct {
	const char *name;
	const char *body[LETTER_KINDS];
} fields[] = {
	{"From",
	 {" Anna Sales <" REP ">", " Jo Lead <" CONTACT ">", " Jo Lead <" CONTACT ">",
	  " \"Jo, Other\" <" STRANGER ">"}},
	{"To", {NULL, " Anna Sales <" REP ">", " <" REP ">", " <" REP ">"}},
	{"Subject",
	 {" Our proposal for your works " SELF,
	  " Re: Our proposal for your works " ANSWERED,
	  " Delivery of the machines, part " SELF, " Catalogue and prices " SELF}},
	{"Message-ID",
	 {" <" SELF ".out@ours.example>", " <" SELF ".in@c.example>",
	  " <" SELF ".in@c.example>", " <" SELF ".in@s.example>"}},
	{"Date",
	 {" Mon, 02 Feb 2026 11:00:00 +0100", " Mon, 2 Feb 2026 10:00:00 +0000",
	  " Mon, 2 Feb 2026 10:00:00 +0000", " Mon, 2 Feb 2026 10:00:00 GMT"}},
	{"In-Reply-To", {NULL, " <" ANSWERED ".out@ours.example>", NULL, NULL}},
	{"References", {NULL, " <" ANSWERED ".out@ours.example>", NULL, NULL}},
	{"MIME-Version", {" 1.0", " 1.0", " 1.0", " 1.0"}},
	{"Content-Type",
	 {" text/plain; charset=utf-8", " text/plain; charset=\"UTF-8\"",
	  " text/plain; charset=UTF-8; format=flowed", " text/plain; charset=us-ascii"}},
	{"Content-Transfer-Encoding", {" 8bit", " 7bit", " 8bit", " 7bit"}},
	{"Received",
	 {" from desk.ours.example (desk.ours.example [198.51.100.7])\n"
	  "\tby mx.ours.example (Postfix) with ESMTPSA id 4Zk8Qy" SELF "\n"
	  "\tfor <" CONTACT ">; Mon,  2 Feb 2026 11:00:00 +0100 (CET)",
	  RECEIVED("out"), RECEIVED("out"), RECEIVED("out")}},
	{"DKIM-Signature", {NULL, SIGNATURE, SIGNATURE, SIGNATURE}},
	{"User-Agent",
	 {" Mozilla Thunderbird", " Mozilla Thunderbird", " Mutt/2.2.9", " Mutt/2.2.9"}},
	{"Content-Language", {" en-US", " en-GB", " en-US", " en"}},
	{"Authentication-Results",
	 {NULL, " mx.ours.example; dkim=pass header.d=mail.example; spf=pass",
	  " mx.ours.example; dkim=pass header.d=mail.example; spf=pass",
	  " mx.ours.example; dkim=none; spf=pass"}},
	{"Received", {NULL, RECEIVED("mid"), RECEIVED("mid"), RECEIVED("mid")}},
	{"X-Spam-Status",
	 {NULL, " No, score=-2.1 required=5.0 tests=BAYES_00,DKIM_SIGNED,DKIM_VALID",
	  " No, score=-2.1 required=5.0 tests=BAYES_00,DKIM_SIGNED,DKIM_VALID",
	  " No, score=0.3 required=5.0 tests=BAYES_50"}},
	{"Organization", {" Ours", " Carts and Wheels", " Carts and Wheels", " Other"}},
	{"Received", {NULL, RECEIVED("in"), RECEIVED("in"), RECEIVED("in")}},
};

static void add_field(Letter *self, const char *name, char *body_taken)
{
	g_ptr_array_add(self->fields, g_strdup(name));
	g_ptr_array_add(self->fields, body_taken);
}

/* A person's slot is that of the first; those of the others follow in order. */
static char *person_address(const char *address, unsigned person)
{
	char *copy = g_strdup(address);

	for (char *p = copy; *p != '\0'; p++)
		if (*p == SLOT_PERSON)
			*p = (char)(SLOT_PERSON + person);
	return copy;
}

static char *to_field(unsigned recipients)
{
	GString *body = g_string_new(NULL);

	for (unsigned i = 0; i < recipients; i++) {
		g_autofree char *address = person_address(CONTACT, i);

		g_string_append_printf(body, "%s Jo Lead <%s>", i > 0 ? "," : "", address);
	}
	return g_string_free(body, FALSE);
}

static void add_fields(Letter *self, LetterKind kind, const LetterShape *shape)
{
	unsigned count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(fields) && count < shape->fields; i++) {
		const char *body = fields[i].body[kind];
		bool is_to = kind == LETTER_OUTREACH && strcmp(fields[i].name, "To") == 0;

		if (body == NULL && !is_to)
			continue;
		add_field(self, fields[i].name,
			  is_to ? to_field(shape->recipients) : g_strdup(body));
		count++;
	}
	for (; count < shape->fields; count++) {
		g_autofree char *name = g_strdup_printf("X-Vendor-Diagnostics-%u", count);

		add_field(self, name,
			  g_strdup(" BIAAAAAAAAA=;NAM12-MW2:EE_;SN7PR04:EE_;0b1c6bb7"));
	}
}

static void add_body(Letter *self, LetterKind kind, size_t octets)
{
	static const char *const first[LETTER_KINDS] = {
		"Dear Jo,\r\n\r\nplease find our proposal " SELF " below.\r\n\r\n",
		"Hello Anna,\r\n\r\nthank you, we talked about " ANSWERED
		" and we like it. Our letter is " SELF ".\r\n\r\n",
		"Hello Anna,\r\n\r\nwhen do you deliver what we ordered (" SELF
		")?\r\n\r\n",
		"Hello,\r\n\r\nplease send us what you have about " SELF ".\r\n\r\n",
	};
	static const char line[] =
		"The works in the north want two machines of the larger kind by May.\r\n";
	GString *body = g_string_new(first[kind]);

	while (body->len < octets)
		g_string_append(body, line);
	self->body_length = body->len;
	self->body = g_string_free(body, FALSE);
}

static Letter *letter_alloc(void)
{
	Letter *self = g_new0(Letter, 1);

	self->forward_paths = g_ptr_array_new_with_free_func(g_free);
	self->fields = g_ptr_array_new_with_free_func(g_free);
	return self;
}

Letter *letter_new(LetterKind kind, const LetterShape *shape)
{
	static const char *const authors[LETTER_KINDS] = {REP, CONTACT, CONTACT, STRANGER};
	Letter *self = letter_alloc();

	self->outbound = kind == LETTER_OUTREACH;
	self->reverse_path = g_strdup_printf("<%s>", authors[kind]);
	for (unsigned i = 0; i < (self->outbound ? shape->recipients : 1); i++) {
		g_autofree char *contact = person_address(CONTACT, i);

		g_ptr_array_add(self->forward_paths,
				g_strdup_printf("<%s>", self->outbound ? contact : REP));
	}
	add_fields(self, kind, shape);
	add_body(self, kind, shape->body_octets);
	return self;
}

void letter_free(Letter *letter)
{
	if (letter == NULL)
		return;
	g_free(letter->reverse_path);
	g_ptr_array_unref(letter->forward_paths);
	g_ptr_array_unref(letter->fields);
	g_free(letter->body);
	g_free(letter);
}

char *letter_contact_address(unsigned long number)
{
	return g_strdup_printf("jo.lead@c%0*lu.example", (int)SLOT_WIDTH, number);
}

/* ---- of a file ---- */

/* The first address in angle brackets, or the whole: good enough for an envelope. */
static char *path_of(const char *text)
{
	const char *open = strchr(text, '<');
	g_autofree char *address = NULL;

	if (open != NULL)
		address = g_strndup(open + 1, strcspn(open + 1, ">"));
	else
		address = g_strdup(text);
	return g_strdup_printf("<%s>", g_strstrip(address));
}

static void take_envelope(Letter *self, const char *name, const char *body)
{
	if (g_ascii_strcasecmp(name, "Return-Path") == 0 ||
	    (self->reverse_path == NULL && g_ascii_strcasecmp(name, "From") == 0)) {
		g_free(self->reverse_path);
		self->reverse_path = path_of(body);
		self->outbound = g_str_has_suffix(self->reverse_path, "@ours.example>");
	}
	if (g_ascii_strcasecmp(name, "To") == 0 || g_ascii_strcasecmp(name, "Cc") == 0) {
		g_auto(GStrv) parts = g_strsplit(body, ",", 100);

		for (size_t i = 0; parts[i] != NULL; i++)
			if (strchr(parts[i], '@') != NULL)
				g_ptr_array_add(self->forward_paths, path_of(parts[i]));
	}
}

static void take_field(Letter *self, char *text)
{
	char *colon = strchr(text, ':');

	if (colon == NULL || colon == text)
		return;
	*colon = '\0';
	g_strchomp(text);
	take_envelope(self, text, colon + 1);
	add_field(self, text, g_strdup(colon + 1));
}

/* Lines with CRLF, as they come from an MTA. */
static void take_body(Letter *self, const char *text)
{
	GString *body = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (*text == '\n' && (body->len == 0 || body->str[body->len - 1] != '\r'))
			g_string_append_c(body, '\r');
		g_string_append_c(body, *text);
	}
	self->body_length = body->len;
	self->body = g_string_free(body, FALSE);
}

static void take_message(Letter *self, const char *text)
{
	g_autoptr(GString) field = g_string_new(NULL);

	while (*text != '\0' && *text != '\n' && *text != '\r') {
		size_t length = strcspn(text, "\r\n");

		if (*text != ' ' && *text != '\t') {
			take_field(self, field->str);
			g_string_truncate(field, 0);
		} else {
			g_string_append_c(field, '\n');
		}
		g_string_append_len(field, text, (gssize)length);
		text += length;
		text += *text == '\r';
		text += *text == '\n';
	}
	take_field(self, field->str);
	text += *text == '\r';
	text += *text == '\n';
	take_body(self, text);
}

Letter *letter_read(const char *path, char **problem_out)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	Letter *self;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		*problem_out = g_strdup(error->message);
		return NULL;
	}
	self = letter_alloc();
	take_message(self, text);
	if (self->reverse_path == NULL)
		self->reverse_path = g_strdup("<>");
	if (self->forward_paths->len == 0)
		g_ptr_array_add(self->forward_paths, g_strdup("<" REP ">"));
	return self;
}
