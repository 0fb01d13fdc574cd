/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A milter that records each message durably, decides nothing, and does nothing else: as
 * fast as a recorder can be.
 *
 *	ceiling-milter -s SOCKET -d DATABASE [-u] [-g | -G]
 *
 *	-u   with its two indexes
 *	-g   the header section also goes through GMime, and six facts are read
 *	-G   the same, with the sixteen fields alone that such a filter asks about
 */
#include <glib.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ceiling-writer.h"
#include "stand-in.h"

typedef enum { KEPT_AUTHOR, KEPT_ID, KEPT_SUBJECT, KEPT_ANSWERS, KEPT_N } Kept;

typedef struct {
	char *kept[KEPT_N];
	char *party; /* the first recipient */
	GString *section;
	int64_t size;
} Session;

static enum { GMIME_NO, GMIME_ALL, GMIME_ASKED } use_gmime;
static const char *database;
static bool with_indexes;

static const char *const kept_names[KEPT_N] = {"From", "Message-ID", "Subject",
					       "In-Reply-To"};
static const char *const asked_names[] = {
	"From",	       "Sender",      "Reply-To",	"To",
	"Cc",	       "Date",	      "Subject",	"Message-ID",
	"In-Reply-To", "References",  "Auto-Submitted", "Precedence",
	"List-Id",     "Return-Path", "Content-Type",	"X-Auto-Response-Suppress",
};

/* ---- session ---- */

static Session *session_of(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	if (session == NULL) {
		session = g_new0(Session, 1);
		session->section = g_string_new(NULL);
		smfi_setpriv(context, session);
	}
	return session;
}

static void session_reset(Session *session)
{
	for (Kept i = 0; i < KEPT_N; i++)
		g_clear_pointer(&session->kept[i], g_free);
	g_clear_pointer(&session->party, g_free);
	g_string_truncate(session->section, 0);
	session->size = 0;
}

/* ---- GMime ---- */

static void read_facts(GMimeMessage *message)
{
	InternetAddressList *from = g_mime_message_get_from(message);
	const char *answers =
		g_mime_object_get_header((GMimeObject *)message, "References");

	if (from != NULL && internet_address_list_length(from) > 0)
		internet_address_get_name(internet_address_list_get_address(from, 0));
	g_mime_message_get_subject(message);
	g_mime_message_get_message_id(message);
	g_mime_message_get_date(message);
	g_mime_object_get_header((GMimeObject *)message, "In-Reply-To");
	if (answers != NULL)
		g_mime_references_free(g_mime_references_parse(NULL, answers));
}

static void parse(const GString *section)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(section->str, section->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message != NULL) {
		read_facts(message);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
}

static bool is_for_gmime(const char *name)
{
	if (use_gmime != GMIME_ASKED)
		return use_gmime == GMIME_ALL;
	for (size_t i = 0; i < G_N_ELEMENTS(asked_names); i++)
		if (g_ascii_strcasecmp(asked_names[i], name) == 0)
			return true;
	return false;
}

/* ---- callbacks ---- */

static sfsistat on_mail(SMFICTX *context, char **arguments)
{
	(void)arguments;
	session_reset(session_of(context));
	return SMFIS_NOREPLY;
}

static sfsistat on_rcpt(SMFICTX *context, char **arguments)
{
	Session *session = session_of(context);

	if (session->party == NULL)
		session->party = g_strdup(arguments[0]);
	return SMFIS_NOREPLY;
}

static sfsistat on_header(SMFICTX *context, char *name, char *body)
{
	Session *session = session_of(context);

	session->size += (int64_t)(strlen(name) + strlen(body) + 4);
	for (Kept i = 0; i < KEPT_N; i++)
		if (session->kept[i] == NULL &&
		    g_ascii_strcasecmp(name, kept_names[i]) == 0)
			session->kept[i] = g_strdup(body);
	if (is_for_gmime(name)) {
		g_string_append(session->section, name);
		g_string_append(session->section, ": ");
		g_string_append(session->section, body);
		g_string_append(session->section, "\r\n");
	}
	return SMFIS_NOREPLY;
}

static sfsistat on_step(SMFICTX *context)
{
	(void)context;
	return SMFIS_NOREPLY;
}

static sfsistat on_end(SMFICTX *context)
{
	Session *session = session_of(context);
	CeilingRow row = {
		.message_id = session->kept[KEPT_ID],
		.agent = session->kept[KEPT_AUTHOR],
		.subject = session->kept[KEPT_SUBJECT],
		.answers = session->kept[KEPT_ANSWERS],
		.contact =
			g_str_hash(session->party != NULL ? session->party : "") % 100000,
		.at = time(NULL),
		.size = session->size,
	};
	bool recorded;

	if (use_gmime != GMIME_NO) {
		g_string_append(session->section, "\r\n");
		parse(session->section);
	}
	recorded = ceiling_writer_record(&row);
	session_reset(session);
	return recorded ? SMFIS_CONTINUE : SMFIS_TEMPFAIL;
}

static sfsistat on_close(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	if (session == NULL)
		return SMFIS_CONTINUE;
	smfi_setpriv(context, NULL);
	session_reset(session);
	g_string_free(session->section, TRUE);
	g_free(session);
	return SMFIS_CONTINUE;
}

/* ---- the program ---- */

static bool begin(void)
{
	if (use_gmime != GMIME_NO)
		g_mime_init();
	return ceiling_writer_open(database, with_indexes);
}

static int usage(void)
{
	fputs("usage: ceiling-milter -s SOCKET -d DATABASE [-u] [-g | -G]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static char name[] = "ceiling-milter";
	struct smfiDesc description = {
		.xxfi_name = name,
		.xxfi_version = SMFI_VERSION,
		.xxfi_envfrom = on_mail,
		.xxfi_envrcpt = on_rcpt,
		.xxfi_data = on_step,
		.xxfi_header = on_header,
		.xxfi_eoh = on_step,
		.xxfi_eom = on_end,
		.xxfi_close = on_close,
		.xxfi_negotiate = stand_in_negotiate,
	};
	char *socket = NULL;
	int option;

	while ((option = getopt(argc, argv, "s:d:ugG")) != -1) {
		switch (option) {
		case 's':
			socket = optarg;
			break;
		case 'd':
			database = optarg;
			break;
		case 'u':
			with_indexes = true;
			break;
		case 'g':
			use_gmime = GMIME_ALL;
			break;
		case 'G':
			use_gmime = GMIME_ASKED;
			break;
		default:
			return usage();
		}
	}
	if (socket == NULL || database == NULL || optind < argc)
		return usage();
	return stand_in_run(socket, description, begin);
}
