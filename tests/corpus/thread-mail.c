/* SPDX-License-Identifier: BSD-2-Clause */
#define _GNU_SOURCE /* strptime, timegm, strcasestr */
#include "tests/corpus/thread-mail.h"

#include <string.h>
#include <time.h>

/* ---- the header section ---- */

/* Fields by which a list or the last delivery would give the copy away. */
static bool is_trace(const char *name)
{
	static const char *const traces[] = {
		"Received",	     "Return-Path",  "Delivered-To",
		"X-Original-To",     "Sender",	     "Errors-To",
		"Precedence",	     "X-BeenThere",  "X-Loop",
		"X-Mailman-Version", "Mailing-List", "X-Mailing-List",
		"X-Mailer-List",     "Envelope-To",  "X-Listprocessor-Version",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(traces); i++) {
		if (g_ascii_strcasecmp(name, traces[i]) == 0)
			return true;
	}
	return g_ascii_strncasecmp(name, "List-", 5) == 0;
}

/* Lines of the header section, continued ones made one; *body_out is what follows. */
static GPtrArray *read_fields(const char *text, const char **body_out)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);

	while (*text != '\0' && *text != '\n') {
		size_t length = strcspn(text, "\n");
		char *line = g_strchomp(g_strndup(text, length));

		if (g_ascii_isspace(*text) && fields->len > 0) {
			char **last = (char **)&fields->pdata[fields->len - 1];
			char *both = g_strconcat(*last, "\n", line, NULL);

			g_free(*last);
			g_free(line);
			*last = both;
		} else {
			g_ptr_array_add(fields, line);
		}
		text += length + (text[length] == '\n');
	}
	*body_out = *text == '\n' ? text + 1 : text;
	return fields;
}

static char *field_name_of(const char *field)
{
	return g_strchomp(g_strndup(field, strcspn(field, ":")));
}

/* The body of the next field of that name from *at on; NULL if there is none. */
static const char *next_field(const GPtrArray *fields, const char *name, guint *at)
{
	size_t length = strlen(name);

	for (; *at < fields->len; ++*at) {
		const char *field = fields->pdata[*at];

		if (g_ascii_strncasecmp(field, name, length) == 0 && field[length] == ':') {
			++*at;
			return field + length + 1;
		}
	}
	return NULL;
}

static const char *first_field(const GPtrArray *fields, const char *name)
{
	guint at = 0;
	const char *body = next_field(fields, name, &at);

	return body != NULL ? body : "";
}

/* ---- addresses ---- */

const char *address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : "";
}

char *address_base(const char *address)
{
	const char *at = strrchr(address, '@'), *plus = strchr(address, '+');

	if (at == NULL || plus == NULL || plus > at || plus == address)
		return g_strdup(address);
	return g_strdup_printf("%.*s%s", (int)(plus - address), address, at);
}

/* Comments and quoted words become blanks. */
static char *without_comments(const char *body)
{
	char *text = g_strdup(body);
	unsigned depth = 0;
	bool quoted = false;

	for (char *at = text; *at != '\0'; at++) {
		char c = *at;

		if (c == '"' && depth == 0)
			quoted = !quoted;
		if (c == '(' && !quoted)
			depth++;
		if (quoted || depth > 0 || c == '"' || c == '\n')
			*at = ' ';
		if (c == ')' && depth > 0)
			depth--;
	}
	return text;
}

static char *read_mailbox(char *text)
{
	char *open = strrchr(text, '<'), *close = open != NULL ? strchr(open, '>') : NULL;

	if (close != NULL) {
		*close = '\0';
		text = open + 1;
	}
	g_strstrip(text);
	return strchr(text, '@') == NULL || strpbrk(text, " \t:") != NULL
		       ? NULL
		       : g_ascii_strdown(text, -1);
}

static void read_mailboxes(const char *body, GPtrArray *mailboxes)
{
	g_autofree char *text = without_comments(body);
	g_auto(GStrv) words = g_strsplit_set(text, ",;", -1);

	for (size_t i = 0; words[i] != NULL; i++) {
		char *mailbox = read_mailbox(words[i]);

		if (mailbox != NULL)
			g_ptr_array_add(mailboxes, mailbox);
	}
}

static void read_recipients(ThreadMail *mail, const GPtrArray *fields)
{
	static const char *const names[] = {"To", "Cc", "Bcc"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *body;
		guint at = 0;

		while ((body = next_field(fields, names[i], &at)) != NULL)
			read_mailboxes(body, mail->recipients);
	}
}

static char *read_author(const GPtrArray *fields)
{
	g_autoptr(GPtrArray) mailboxes = g_ptr_array_new_with_free_func(g_free);

	read_mailboxes(first_field(fields, "From"), mailboxes);
	return g_strdup(mailboxes->len > 0 ? mailboxes->pdata[0] : "");
}

/* ---- identifiers ---- */

static char *fold_id(const char *id, size_t length)
{
	char *copy = g_strndup(id, length), *at = strrchr(copy, '@');

	for (; at != NULL && *at != '\0'; at++)
		*at = g_ascii_tolower(*at);
	return copy;
}

/* "<a@b> <c@d>", with anything between. */
static void read_ids(const char *body, GPtrArray *ids)
{
	const char *open = body, *close;

	while ((open = strchr(open, '<')) != NULL && (close = strchr(open, '>')) != NULL) {
		g_ptr_array_add(ids, fold_id(open + 1, (size_t)(close - open - 1)));
		open = close;
	}
}

static char *read_own_id(const GPtrArray *fields)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	read_ids(first_field(fields, "Message-ID"), ids);
	return g_strdup(ids->len > 0 ? ids->pdata[0] : "");
}

static void read_answers(ThreadMail *mail, const GPtrArray *fields)
{
	g_autoptr(GPtrArray) references = g_ptr_array_new();

	read_ids(first_field(fields, "In-Reply-To"), mail->answers);
	read_ids(first_field(fields, "References"), references);
	while (references->len > 0)
		g_ptr_array_add(mail->answers,
				g_ptr_array_steal_index(references, references->len - 1));
}

static char *read_thread(const GPtrArray *fields)
{
	g_autofree char *body = g_strdup(first_field(fields, "Thread-Index"));
	GString *hex = g_string_new(NULL);
	g_autofree guchar *octets = NULL;
	gsize length = 0;

	g_strstrip(body);
	if (*body != '\0')
		octets = g_base64_decode(body, &length);
	for (gsize i = 0; length >= 22 && i < 22; i++)
		g_string_append_printf(hex, "%02x", octets[i]);
	return g_string_free(hex, hex->len == 0);
}

/* ---- dates ---- */

static int zone_minutes(const char *zone)
{
	static const struct {
		const char *name;
		int minutes;
	} zones[] = {{"EST", -300}, {"EDT", -240}, {"CST", -360}, {"CDT", -300},
		     {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}};

	while (*zone == ' ')
		zone++;
	if ((*zone == '+' || *zone == '-') && strspn(zone + 1, "0123456789") >= 4) {
		int clock = (int)g_ascii_strtoll(zone + 1, NULL, 10);
		int minutes = clock / 100 * 60 + clock % 100;

		return *zone == '-' ? -minutes : minutes;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
		if (g_str_has_prefix(zone, zones[i].name))
			return zones[i].minutes;
	}
	return 0;
}

/* "Mon, 22 Jul 2002 12:10:45 -0700"; 0 if it is anything else. */
static int64_t read_date(const char *body)
{
	static const char *const forms[] = {"%d %b %Y %H:%M:%S", "%d %b %Y %H:%M"};
	const char *comma = strchr(body, ','), *start = comma != NULL ? comma + 1 : body;

	while (g_ascii_isspace(*start))
		start++;
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		struct tm tm = {0};
		const char *zone = strptime(start, forms[i], &tm);

		if (zone != NULL)
			return timegm(&tm) - 60 * zone_minutes(zone);
	}
	return 0;
}

static int64_t read_arrival(const GPtrArray *fields)
{
	const char *received = strrchr(first_field(fields, "Received"), ';');
	int64_t at = received != NULL ? read_date(received + 1) : 0;

	return at != 0 ? at : read_date(first_field(fields, "Date"));
}

/* ---- the message ---- */

static void drop_traces(GPtrArray *fields)
{
	for (guint i = fields->len; i-- > 0;) {
		g_autofree char *name = field_name_of(fields->pdata[i]);

		if (is_trace(name))
			g_ptr_array_remove_index(fields, i);
	}
}

ThreadMail *thread_mail_new(const char *file, const char *bytes, size_t length,
			    bool from_list)
{
	g_autofree char *text = g_strndup(bytes, length);
	const char *start = text, *body;
	g_autoptr(GPtrArray) fields = NULL;
	ThreadMail *mail = g_new0(ThreadMail, 1);

	if (g_str_has_prefix(start, "From ") && strchr(start, '\n') != NULL)
		start = strchr(start, '\n') + 1;
	fields = read_fields(start, &body);
	if (from_list)
		drop_traces(fields);
	mail->file = g_strdup(file);
	mail->text = g_string_new(NULL);
	for (guint i = 0; i < fields->len; i++)
		g_string_append_printf(mail->text, "%s\n", (const char *)fields->pdata[i]);
	g_string_append_printf(mail->text, "\n%s", body);
	mail->recipients = g_ptr_array_new_with_free_func(g_free);
	mail->answers = g_ptr_array_new_with_free_func(g_free);
	mail->author = read_author(fields);
	mail->date = g_strstrip(g_strdup(first_field(fields, "Date")));
	mail->id = read_own_id(fields);
	mail->thread = read_thread(fields);
	mail->at = read_arrival(fields);
	read_recipients(mail, fields);
	read_answers(mail, fields);
	return mail;
}

void thread_mail_free(gpointer mail)
{
	ThreadMail *self = mail;

	g_free(self->file);
	g_string_free(self->text, TRUE);
	g_free(self->author);
	g_free(self->date);
	g_ptr_array_unref(self->recipients);
	g_free(self->id);
	g_ptr_array_unref(self->answers);
	g_free(self->thread);
	g_free(self);
}
