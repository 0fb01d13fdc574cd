/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/message-source.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lead/body.h"
#include "lead/error.h"

/* ---- what a visit saw, as text ---- */

typedef struct {
	GString *seen;	   /* "NAME: BYTES\n" with line feeds as '|' */
	size_t stop_after; /* messages; 0: never */
	size_t messages, errors;
	size_t done, total;
	int64_t at;
} Seen;

static bool see(const SourceMessage *message, const GError *error, void *user)
{
	Seen *seen = user;
	g_autofree char *name = g_path_get_basename(message->name);

	if (message->bytes == NULL) {
		g_assert_nonnull(error);
		g_string_append_printf(seen->seen, "%s: ERROR\n", name);
		seen->errors++;
		return true;
	}
	g_assert_null(error);
	g_assert_cmpuint(message->done, >=, seen->done);
	seen->done = message->done;
	seen->total = message->total;
	seen->at = message->at;
	g_string_append_printf(seen->seen, "%s: ", name);
	for (size_t i = 0; i < message->length; i++) {
		char c = message->bytes[i];

		g_string_append_c(seen->seen, c == '\n' ? '|' : c == '\r' ? '~' : c);
	}
	g_string_append_c(seen->seen, '\n');
	return ++seen->messages != seen->stop_after;
}

static char *make_folder(void)
{
	g_autoptr(GError) error = NULL;
	char *folder = g_dir_make_tmp("lead-source-XXXXXX", &error);

	g_assert_no_error(error);
	return folder;
}

static void write_file(const char *folder, const char *name, const char *bytes,
		       gssize length)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, bytes, length, NULL));
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
	const char *name;

	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		if (g_unlink(below) != 0)
			remove_tree(below);
	}
	g_rmdir(path);
}

/* ---- one file ---- */

typedef struct {
	const char *name;
	const char *file; /* its octets */
	const char *wanted;
} FileRow;

#define SEP_LINE "From a@b.example Thu Jan  1 00:00:01 2004"
#define SEP SEP_LINE "\n"

static const FileRow file_rows[] = {
	{"single message", "Subject: x\n\nFrom a\n", "f: Subject: x||From a|\n"},
	{"single message without a last line feed", "Subject: x\n\nabc",
	 "f: Subject: x||abc\n"},
	{"empty file", "", ""},
	{"one of an mbox", SEP "S: 1\n\nb\n\n", "f: S: 1||b|\n"},
	{"first separator without a date", "From nobody\nS: 1\n\nb\n", "f: S: 1||b|\n"},
	{"two of an mbox", SEP "S: 1\n\nb\n\n" SEP "S: 2\n\nc\n",
	 "f:1: S: 1||b|\nf:2: S: 2||c|\n"},
	{"no empty line before the separator", SEP "S: 1\n\nb\n" SEP "S: 2\n",
	 "f:1: S: 1||b|\nf:2: S: 2|\n"},
	{"only one empty line goes", SEP "S: 1\n\nb\n\n\n" SEP "S: 2\n",
	 "f:1: S: 1||b||\nf:2: S: 2|\n"},
	{"CRLF",
	 "From a Thu Jan  1 00:00:01 2004\r\nS: 1\r\n\r\nb\r\n\r\n"
	 "From a Thu Jan  1 00:00:01 2004\r\nS: 2\r\n",
	 "f:1: S: 1~|~|b~|\nf:2: S: 2~|\n"},
	{"quoted lines lose one sign",
	 SEP "S: 1\n\n>From x\n>>From y\n>Fromage\n> From z\n",
	 "f: S: 1||From x|>From y|>Fromage|> From z|\n"},
	{"quoted lines of a single message stay", "S: 1\n\n>From x\n",
	 "f: S: 1||>From x|\n"},
	{"prose is no separator", SEP "S: 1\n\nFrom Monday on, Jan said\nx: y\n",
	 "f: S: 1||From Monday on, Jan said|x: y|\n"},
	{"a date and no field behind", SEP "S: 1\n\n" SEP "text\n",
	 "f: S: 1||From a@b.example Thu Jan  1 00:00:01 2004|text|\n"},
	{"quoted separator behind the separator", SEP "S: 1\n\n" SEP ">From x\nS: 2\n",
	 "f:1: S: 1|\nf:2: From x|S: 2|\n"},
	{"separator in the middle of a line", SEP "S: 1\n\nx" SEP "S: 2\n",
	 "f: S: 1||xFrom a@b.example Thu Jan  1 00:00:01 2004|S: 2|\n"},
	{"two separators in a row", SEP SEP "S: 1\n", "f: S: 1|\n"},
	{"separator at the end", SEP "S: 1\n\n" SEP, "f: S: 1|\n"},
	{"nothing but a separator", SEP, ""},
	{"bare CR", "From x Mon Jan  1 00:00:00 2024\rS: 1\r\rb\r",
	 "f: From x Mon Jan  1 00:00:00 2024~S: 1~~b~\n"},
	{"UUCP", SEP "S: 1\n\nFrom h!u Thu Jan  1 00:00:01 2004 remote from h\nS: 2\n",
	 "f:1: S: 1|\nf:2: S: 2|\n"},
	{"zone before the year",
	 SEP "S: 1\n\nFrom 123@xxx Thu Jan 01 00:00:00 +0000 2015\nS: 2\n",
	 "f:1: S: 1|\nf:2: S: 2|\n"},
	{"weekday in the address", SEP "S: 1\n\nFrom Sun Thu Jan  1 00:00:01 2004\nS: 2\n",
	 "f:1: S: 1|\nf:2: S: 2|\n"},
	{"date in pieces", SEP "S: 1\n\nFrom Mon in Jan to 1 May 10:00 it was 2004\nx: y\n",
	 "f: S: 1||From Mon in Jan to 1 May 10:00 it was 2004|x: y|\n"},
	{"no day of the month", SEP "S: 1\n\nFrom a Thu Jan 32 00:00:01 2004\nx: y\n",
	 "f: S: 1||From a Thu Jan 32 00:00:01 2004|x: y|\n"},
	{"separator at a delimiter", SEP "S: 1\n\n--b\n" SEP "S: 2\n",
	 "f: S: 1||--b|" SEP_LINE "|S: 2|\n"},
	{"separator at a delimiter, CRLF", SEP "S: 1\r\n\r\n--b\r\n" SEP "S: 2\n",
	 "f: S: 1~|~|--b~|" SEP_LINE "|S: 2|\n"},
	{"separator in a part's header",
	 SEP "S: 1\n\n--b\nContent-Type: x/y\n" SEP "S: 2\n",
	 "f: S: 1||--b|Content-Type: x/y|" SEP_LINE "|S: 2|\n"},
	{"separator at the start of a part",
	 SEP "S: 1\n\n--b\ncontent-type: message/rfc822;\n\tx=y\nX: y\n\n" SEP "S: 2\n",
	 "f: S: 1||--b|content-type: message/rfc822;|\tx=y|X: y||" SEP_LINE "|S: 2|\n"},
	{"separator later in a part",
	 SEP "S: 1\n\n--b\nContent-Type: x/y\n\nt\n\n" SEP "S: 2\n",
	 "f:1: S: 1||--b|Content-Type: x/y||t|\nf:2: S: 2|\n"},
	{"separator at a close delimiter", SEP "S: 1\n\n--b--\n" SEP "S: 2\n",
	 "f:1: S: 1||--b--|\nf:2: S: 2|\n"},
	{"separator at a rule", SEP "S: 1\n\n------\n" SEP "S: 2\n",
	 "f: S: 1||------|" SEP_LINE "|S: 2|\n"},
	{"separator behind a rule", SEP "S: 1\n\n------\n\n" SEP "S: 2\n",
	 "f:1: S: 1||------|\nf:2: S: 2|\n"},
	{"separator behind a signature", SEP "S: 1\n\n-- \nTel: 1\n\n" SEP "S: 2\n",
	 "f:1: S: 1||-- |Tel: 1|\nf:2: S: 2|\n"},
	{"separator at a signature", SEP "S: 1\n\n-- \n" SEP "S: 2\n",
	 "f:1: S: 1||-- |\nf:2: S: 2|\n"},
};

static void test_files(void)
{
	g_autofree char *folder = make_folder();
	g_autofree char *path = g_build_filename(folder, "f", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(file_rows); i++) {
		const FileRow *row = &file_rows[i];
		Seen seen = {.seen = g_string_new(NULL)};
		g_autoptr(GError) error = NULL;

		write_file(folder, "f", row->file, -1);
		g_assert_true(message_source_visit(path, see, &seen, &error));
		g_assert_no_error(error);
		if (strcmp(seen.seen->str, row->wanted) != 0) {
			g_test_message("%s:\nwanted %s\ngot    %s", row->name, row->wanted,
				       seen.seen->str);
			g_test_fail();
		}
		g_string_free(seen.seen, TRUE);
	}
	remove_tree(folder);
}

/* Messages and lines on both sides of the block's edge come out whole. */
static void test_block_edges(void)
{
	enum { BLOCK = 256 * 1024 };
	g_autofree char *folder = make_folder();
	g_autofree char *path = g_build_filename(folder, "f", NULL);

	for (size_t body = BLOCK - 120; body < BLOCK + 20; body++) {
		g_autoptr(GString) file = g_string_new(SEP "S: 1\n\n");
		Seen seen = {.seen = g_string_new(NULL)};

		for (size_t i = 0; i < body; i++)
			g_string_append_c(file, i % 64 == 63 ? '\n' : 'b');
		g_string_append(file, "\n" SEP "S: 2\n\nend\n");
		write_file(folder, "f", file->str, (gssize)file->len);
		g_assert_true(message_source_visit(path, see, &seen, NULL));
		g_assert_cmpuint(seen.messages, ==, 2);
		g_assert_true(g_str_has_suffix(seen.seen->str, "|\nf:2: S: 2||end|\n"));
		g_assert_cmpuint(seen.seen->len, >=, strlen("f:1: S: 1||") + body);
		g_string_free(seen.seen, TRUE);
	}
	remove_tree(folder);
}

/* A line longer than a block comes in pieces, and none of them begins a message. */
static void test_endless_line(void)
{
	g_autofree char *folder = make_folder();
	g_autofree char *path = g_build_filename(folder, "f", NULL);
	g_autoptr(GString) file = g_string_new(SEP "S: 1\n\n");
	Seen seen = {.seen = g_string_new(NULL)};
	size_t line = 0;

	for (; file->len < 700 * 1024; line++)
		g_string_append(file, "From a@b.example Thu Jan  1 00:00:01 2004 S: 2 ");
	g_string_append_c(file, '\0');
	write_file(folder, "f", file->str, (gssize)file->len);
	g_assert_true(message_source_visit(path, see, &seen, NULL));
	g_assert_cmpuint(seen.messages, ==, 1);
	g_assert_cmpuint(seen.done, ==, file->len);
	g_assert_cmpuint(seen.total, ==, file->len);
	g_assert_cmpuint(seen.seen->len, ==, file->len - strlen(SEP) + strlen("f: \n"));
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

static void test_tracked(void)
{
	static const struct {
		const char *file, *wanted;
		size_t messages;
	} rows[] = {
		{"three.mbox",
		 "\nthree.mbox:2: From: bob@example.com|Subject: second||body|\n", 3},
		{"crlf.mbox",
		 "\ncrlf.mbox:2: From: bob@example.com~|Subject: second~|~|body~|\n", 2},
		{"single.eml", "From the first line on", 1},
		{"header-only.eml", "||body|\n", 1},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_test_build_filename(G_TEST_DIST, "tests", "data",
							      "record", rows[i].file, NULL);
		Seen seen = {.seen = g_string_new(NULL)};

		g_test_message("%s", rows[i].file);
		g_assert_true(message_source_visit(path, see, &seen, NULL));
		g_assert_cmpuint(seen.messages, ==, rows[i].messages);
		g_assert_nonnull(strstr(seen.seen->str, rows[i].wanted));
		g_string_free(seen.seen, TRUE);
	}
}

static void test_separator_date(void)
{
	g_autofree char *folder = make_folder();
	g_autofree char *path = g_build_filename(folder, "f", NULL);
	Seen seen = {.seen = g_string_new(NULL)};

	write_file(folder, "f", "From a Fri Jan  2 10:20:30 2004\nS: 1\n", -1);
	g_assert_true(message_source_visit(path, see, &seen, NULL));
	g_assert_cmpint(seen.at, ==, 1073038830);
	write_file(folder, "f", "S: 1\n", -1);
	seen.done = 0;
	g_assert_true(message_source_visit(path, see, &seen, NULL));
	g_assert_cmpint(seen.at, >, 1073038830); /* the file's own time */
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

/* ---- folders ---- */

static void test_folder(void)
{
	g_autofree char *folder = make_folder();
	g_autofree char *loop = g_build_filename(folder, "b", "loop", NULL);
	Seen seen = {.seen = g_string_new(NULL)};

	write_file(folder, "c.eml", "S: c\n", -1);
	write_file(folder, "a.eml", "S: a\n", -1);
	write_file(folder, "b/2.eml", "S: 2\n", -1);
	write_file(folder, "b/10.mbox", SEP "S: 10\n\n\n" SEP "S: 11\n", -1);
	write_file(folder, ".hidden", "S: no\n", -1);
	write_file(folder, ".git/config", "S: no\n", -1);
	g_assert_cmpint(symlink("..", loop), ==, 0);
	g_assert_true(message_source_visit(folder, see, &seen, NULL));
	g_assert_cmpstr(
		seen.seen->str, ==,
		"a.eml: S: a|\n10.mbox:1: S: 10||\n10.mbox:2: S: 11|\n2.eml: S: 2|\n"
		"c.eml: S: c|\n");
	g_assert_cmpuint(seen.done, ==, seen.total);
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

static void test_maildir(void)
{
	g_autofree char *folder = make_folder();
	Seen seen = {.seen = g_string_new(NULL)};

	write_file(folder, "cur/2:2,S", "S: 2\n", -1);
	write_file(folder, "cur/1:2,S", "S: 1\n", -1);
	write_file(folder, "new/3", "S: 3\n", -1);
	write_file(folder, "tmp/4", "S: half\n", -1);
	write_file(folder, "index.cache", "no message\n", -1);
	write_file(folder, ".Sent/cur/5:2,", "S: 5\n", -1);
	write_file(folder, ".Sent/new/6", "S: 6\n", -1);
	write_file(folder, ".Sent/tmp/7", "S: half\n", -1);
	g_assert_true(message_source_visit(folder, see, &seen, NULL));
	g_assert_cmpstr(seen.seen->str, ==,
			"5:2,: S: 5|\n6: S: 6|\n1:2,S: S: 1|\n2:2,S: S: 2|\n3: S: 3|\n");
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

static void test_stop(void)
{
	g_autofree char *folder = make_folder();
	g_autoptr(GError) error = NULL;
	Seen seen = {.seen = g_string_new(NULL), .stop_after = 2};

	write_file(folder, "a", SEP "S: 1\n\n" SEP "S: 2\n\n" SEP "S: 3\n", -1);
	write_file(folder, "b", "S: 4\n", -1);
	g_assert_false(message_source_visit(folder, see, &seen, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(seen.messages, ==, 2);
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

static void test_absent(void)
{
	g_autofree char *folder = make_folder();
	g_autofree char *path = g_build_filename(folder, "none", NULL);
	g_autoptr(GError) error = NULL;
	Seen seen = {.seen = g_string_new(NULL)};

	g_assert_false(message_source_visit(path, see, &seen, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(error->message, path));
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

/* A link that leads nowhere is passed by; a file that cannot be opened is reported, and
 * the rest goes on. Root may open everything, so the latter is for others. */
static void test_unreadable(void)
{
	g_autofree char *folder = make_folder();
	g_autofree char *link = g_build_filename(folder, "a", NULL);
	g_autofree char *closed = g_build_filename(folder, "b", NULL);
	Seen seen = {.seen = g_string_new(NULL)};

	g_assert_cmpint(symlink("nowhere", link), ==, 0);
	write_file(folder, "b", "S: b\n", -1);
	write_file(folder, "c", "S: c\n", -1);
	g_assert_cmpint(g_chmod(closed, 0), ==, 0);
	g_assert_true(message_source_visit(folder, see, &seen, NULL));
	g_assert_cmpstr(seen.seen->str, ==,
			geteuid() == 0 ? "b: S: b|\nc: S: c|\n" : "b: ERROR\nc: S: c|\n");
	g_string_free(seen.seen, TRUE);
	remove_tree(folder);
}

/* ---- the envelope ---- */

typedef struct {
	const char *name;
	const char *section;
	const char *reverse_path; /* NULL: not known */
	const char *recipients;
	int64_t at;
} EnvelopeRow;

enum { FALLBACK = 77 };

static const EnvelopeRow envelope_rows[] = {
	{"nothing", "Subject: x\n", NULL, "", FALLBACK},
	{"header recipients",
	 "To: a@x.example, B <b@x.example>\nCc: c@x.example\nBcc: d@x.example\n", NULL,
	 "a@x.example b@x.example c@x.example d@x.example", FALLBACK},
	{"each once", "To: a@x.example, A@X.example\nCc: a@x.example\n", NULL,
	 "a@x.example", FALLBACK},
	{"trace recipients first",
	 "Delivered-To: r@x.example\nTo: a@x.example\nX-Original-To: s@x.example\n", NULL,
	 "r@x.example s@x.example", FALLBACK},
	{"envelope-to", "Envelope-To: <r@x.example>\nTo: a@x.example\n", NULL,
	 "r@x.example", FALLBACK},
	{"null return path", "Return-Path: <>\n", "", "", FALLBACK},
	{"return path", "Return-Path: <A@X.example>\n", "a@x.example", "", FALLBACK},
	{"date", "Date: Thu, 1 Jan 2004 00:00:00 +0000\n", NULL, "", 1072915200},
	{"unreadable date", "Date: yesterday\n", NULL, "", FALLBACK},
	{"uppermost received",
	 "Received: by a; Thu, 1 Jan 2004 00:00:10 +0000\n"
	 "Received: by b; Thu, 1 Jan 2004 00:00:05 +0000\n"
	 "Date: Thu, 1 Jan 2004 00:00:00 +0000\n",
	 NULL, "", 1072915210},
	{"received with semicolons in comments",
	 "Received: by a (x; y)\n\tid 1; Thu, 1 Jan 2004 01:00:10 +0100 (CET)\n", NULL, "",
	 1072915210},
	{"received without a date",
	 "Received: by a\nDate: Thu, 1 Jan 2004 00:00:00 +0000\n", NULL, "", 1072915200},
};

static char *recipients_text(const Envelope *envelope)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < envelope->recipients->len; i++) {
		const EnvelopeRecipient *recipient = envelope->recipients->pdata[i];

		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
				       recipient->address->canonical);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void read_envelope(const char *text, const Settings *settings,
			  Envelope *envelope_out)
{
	HeaderLimits limits = {65536, 1000, 65536};
	g_autoptr(HeaderSection) section = header_section_new(&limits, NULL);

	header_section_split(section, text, strlen(text));
	envelope_from_section(section, settings, FALLBACK, envelope_out);
}

static void test_envelope(void)
{
	g_autoptr(Settings) settings = settings_new_default();

	for (size_t i = 0; i < G_N_ELEMENTS(envelope_rows); i++) {
		const EnvelopeRow *row = &envelope_rows[i];
		g_autofree char *recipients = NULL;
		Envelope envelope;

		read_envelope(row->section, settings, &envelope);
		recipients = recipients_text(&envelope);
		g_test_message("%s", row->name);
		g_assert_cmpint(envelope.client, ==, CLIENT_ARCHIVE);
		g_assert_cmpstr(envelope.reverse_path != NULL
					? envelope.reverse_path->canonical
					: NULL,
				==, row->reverse_path);
		g_assert_cmpstr(recipients, ==, row->recipients);
		g_assert_cmpint(envelope.received_at, ==, row->at);
		envelope_clear(&envelope);
	}
}

/* Limits of the settings hold, and what is above is counted. */
static void test_envelope_limit(void)
{
	g_autoptr(Settings) settings =
		settings_load_text("[limits]\nrecipients = 2\n", "t.conf", NULL);
	Envelope envelope;

	read_envelope("To: a@x.example, b@x.example, c@x.example\n", settings, &envelope);
	g_assert_cmpuint(envelope.recipients->len, ==, 2);
	g_assert_cmpuint(envelope.recipients_left_out, ==, 1);
	g_assert_true(envelope.recipients_from_header);
	envelope_clear(&envelope);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/message-source/files", test_files);
	g_test_add_func("/message-source/block-edges", test_block_edges);
	g_test_add_func("/message-source/endless-line", test_endless_line);
	g_test_add_func("/message-source/tracked", test_tracked);
	g_test_add_func("/message-source/separator-date", test_separator_date);
	g_test_add_func("/message-source/folder", test_folder);
	g_test_add_func("/message-source/maildir", test_maildir);
	g_test_add_func("/message-source/stop", test_stop);
	g_test_add_func("/message-source/absent", test_absent);
	g_test_add_func("/message-source/unreadable", test_unreadable);
	g_test_add_func("/message-source/envelope", test_envelope);
	g_test_add_func("/message-source/envelope-limit", test_envelope_limit);
	return g_test_run();
}
