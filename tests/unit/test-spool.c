/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/spool.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lead/error.h"

/* ---- summaries ---- */

static AddrSpec *address(const char *path)
{
	AddrSpec *spec = addr_spec_parse(path, "+");

	g_assert_nonnull(spec);
	return spec;
}

static MessageSummary *small_summary(int64_t number)
{
	MessageSummary *summary = summary_new();

	summary->direction = DIRECTION_INBOUND;
	summary->direction_rule = "external";
	summary->id_digest = number;
	summary->message_id = g_strdup_printf("%" G_GINT64_FORMAT "@example.com", number);
	summary->author = address("ann@example.com");
	return summary;
}

static void add_recipient(MessageSummary *summary, const char *path, const char *name,
			  PartyRole role)
{
	SummaryRecipient recipient = {address(path), g_strdup(name), role,
				      DIRECTION_INBOUND};

	g_array_append_val(summary->recipients, recipient);
}

static void add_bounced(MessageSummary *summary, const char *path, const char *status)
{
	ReportRecipient *recipient = g_new0(ReportRecipient, 1);

	recipient->recipient = path != NULL ? address(path) : NULL;
	recipient->original = path != NULL ? address("alias@example.com") : NULL;
	recipient->status = g_strdup(status);
	recipient->kind = BOUNCE_HARD;
	recipient->by_text = status == NULL;
	g_ptr_array_add(summary->bounced, recipient);
}

/* Every member says something, and no two the same. */
static MessageSummary *full_summary(void)
{
	MessageSummary *summary = small_summary(1);
	SummaryAnswer answers[] = {{11, g_strdup("a@x"), ANSWER_IN_REPLY_TO},
				   {12, NULL, ANSWER_VENDOR}};
	Sign signs[] = {{0, g_strdup("From: \xc3\xa4")}, {1, NULL}};

	summary->twin_digest = -2;
	summary->alternate_id_digest = 3;
	summary->queue_id = g_strdup("4QID");
	summary->author_name = g_strdup("Ann \xe2\x98\xba");
	summary->author_from_reply_to = true;
	summary->many_authors = true;
	summary->login = g_strdup("");
	summary->null_reverse_path = true;
	add_recipient(summary, "Rep+tag@Ours.example", "Rep", ROLE_TO);
	add_recipient(summary, "\"odd local\"@ours.example", NULL, ROLE_BCC);
	summary->recipients_left_out = 5;
	summary->spoof_suspect = true;
	g_array_append_vals(summary->signs, signs, G_N_ELEMENTS(signs));
	summary->bounce = BOUNCE_HARD;
	summary->bounced =
		g_ptr_array_new_with_free_func((GDestroyNotify)report_recipient_free);
	add_bounced(summary, "gone@example.com", "5.1.1");
	add_bounced(summary, NULL, NULL);
	add_bounced(summary, NULL, NULL);
	((ReportRecipient *)summary->bounced->pdata[2])->kind = BOUNCE_NONE;
	((ReportRecipient *)summary->bounced->pdata[2])->by_text = false; /* says nothing */
	summary->returned_id_digest = 6;
	summary->returned_id = g_strdup("r@ours.example");
	summary->disposition = DISPOSITION_OTHER;
	summary->calendar = CALENDAR_REPLY_DECLINED;
	summary->absent_until = 7;
	summary->body_digest = INT64_MIN;
	g_array_append_vals(summary->answers, answers, G_N_ELEMENTS(answers));
	summary->thread_digest = 8;
	summary->subject = g_strdup("subject");
	summary->subject_digest = 9;
	summary->subject_is_reply = true;
	summary->subject_is_forward = true;
	summary->auth = AUTH_PASS;
	summary->at = INT64_MAX;
	summary->size = 10;
	summary->snippet = g_strdup("snippet");
	return summary;
}

static MessageSummary *decode(GBytes *octets)
{
	return summary_decode(g_bytes_get_data(octets, NULL), g_bytes_get_size(octets),
			      "+");
}

static void test_codec(void)
{
	g_autoptr(MessageSummary) summary = full_summary();
	g_autoptr(GBytes) octets = summary_encode(summary);
	g_autoptr(MessageSummary) again = decode(octets);
	g_autoptr(GBytes) octets_again = NULL;
	const SummaryRecipient *recipient;

	g_assert_nonnull(again);
	octets_again = summary_encode(again);
	g_assert_true(g_bytes_equal(octets, octets_again));

	g_assert_cmpstr(again->message_id, ==, summary->message_id);
	g_assert_cmpint(again->twin_digest, ==, -2);
	g_assert_cmpstr(again->author->canonical, ==, "ann@example.com");
	g_assert_cmpstr(again->login, ==, "");
	g_assert_cmpuint(again->recipients->len, ==, 2);
	recipient = &g_array_index(again->recipients, SummaryRecipient, 0);
	g_assert_cmpstr(recipient->address->canonical, ==, "rep+tag@ours.example");
	g_assert_cmpstr(recipient->address->base, ==, "rep@ours.example");
	g_assert_cmpstr(recipient->address->original, ==, "Rep+tag@Ours.example");
	g_assert_cmpstr(recipient->name, ==, "Rep");
	recipient = &g_array_index(again->recipients, SummaryRecipient, 1);
	g_assert_cmpint(recipient->role, ==, ROLE_BCC);
	g_assert_null(recipient->name);
	g_assert_cmpuint(again->recipients_left_out, ==, 5);
	g_assert_cmpstr(again->direction_rule, ==, "external");
	g_assert_cmpuint(again->signs->len, ==, 2);
	g_assert_cmpuint(g_array_index(again->signs, Sign, 1).rule, ==, 1);
	g_assert_cmpuint(again->bounced->len, ==, 3);
	g_assert_cmpstr(((ReportRecipient *)again->bounced->pdata[0])->original->canonical,
			==, "alias@example.com");
	g_assert_null(((ReportRecipient *)again->bounced->pdata[1])->recipient);
	g_assert_cmpuint(again->answers->len, ==, 2);
	g_assert_cmpint(g_array_index(again->answers, SummaryAnswer, 1).digest, ==, 12);
	g_assert_cmpint(again->body_digest, ==, INT64_MIN);
	g_assert_cmpint(again->at, ==, INT64_MAX);
	g_assert_cmpint(again->calendar, ==, CALENDAR_REPLY_DECLINED);
}

/* A member that nobody wrote a row for would be lost: whoever adds one meets this. */
static void test_codec_knows_all_members(void)
{
	if (sizeof(void *) != 8)
		return g_test_skip("sizes are those of 64 bits");
	g_assert_cmpuint(sizeof(MessageSummary), ==, 256);
	g_assert_cmpuint(sizeof(SummaryRecipient), ==, 24);
	g_assert_cmpuint(sizeof(SummaryAnswer), ==, 24);
	g_assert_cmpuint(sizeof(ReportRecipient), ==, 32);
	g_assert_cmpuint(sizeof(Sign), ==, 16);
}

static void test_codec_empty(void)
{
	g_autoptr(MessageSummary) summary = summary_new();
	g_autoptr(GBytes) octets = NULL;
	g_autoptr(MessageSummary) again = NULL;

	summary->direction_rule = "external";
	octets = summary_encode(summary);
	again = decode(octets);
	g_assert_nonnull(again);
	g_assert_null(again->author);
	g_assert_null(again->message_id);
	g_assert_null(again->bounced);
	g_assert_cmpuint(again->recipients->len, ==, 0);
}

/* Cut anywhere, or with any octet changed, it gives a summary or none, and never a crash.
 */
static void test_codec_damaged(void)
{
	g_autoptr(MessageSummary) summary = full_summary();
	g_autoptr(GBytes) whole = summary_encode(summary);
	gsize length;
	const unsigned char *octets = g_bytes_get_data(whole, &length);

	g_assert_null(summary_decode("", 0, "+"));
	for (size_t cut = 0; cut < length; cut++) {
		g_autofree unsigned char *copy = g_memdup2(octets, cut);
		g_autoptr(MessageSummary) got = summary_decode(copy, cut, "+");

		g_assert_true(got == NULL || cut > 0);
	}
	for (size_t at = 0; at < length; at++) {
		static const unsigned char changes[] = {0x01, 0x80, 0xff};

		for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
			g_autofree unsigned char *copy = g_memdup2(octets, length);

			copy[at] ^= changes[i];
			summary_unref(summary_decode(copy, length, "+"));
		}
	}
}

static void test_codec_later_member(void)
{
	static const unsigned char later[] = {200, 3, 0, 0, 0, 'n', 'e', 'w'};
	g_autoptr(MessageSummary) summary = small_summary(1);
	g_autoptr(GBytes) octets = summary_encode(summary);
	GByteArray *longer = g_byte_array_new();
	g_autoptr(MessageSummary) got = NULL;

	g_byte_array_append(longer, g_bytes_get_data(octets, NULL),
			    (guint)g_bytes_get_size(octets));
	g_byte_array_append(longer, later, sizeof later);
	got = summary_decode(longer->data, longer->len, "+");
	g_assert_nonnull(got);
	g_assert_cmpint(got->id_digest, ==, 1);
	longer->data[0]++; /* the format of a later version */
	g_assert_null(summary_decode(longer->data, longer->len, "+"));
	g_byte_array_unref(longer);
}

/* ---- a folder to play in ---- */

typedef struct {
	char *folder;
	Spool *spool;
	GString *seen; /* digests that a replay offered: "1 2 " */
	GString *problems;
	size_t keep_from; /* records taken before a visit says keep */
	int64_t refuse;	  /* digest that is set aside; 0 none */
	size_t taken;
	int64_t set_aside; /* pieces, as counted by replays */
} Fixture;

static void set_up(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *base = g_dir_make_tmp("lead-spool-XXXXXX", NULL);
	g_autoptr(GError) error = NULL;

	(void)unused;
	fixture->folder = g_build_filename(base, "spool", NULL);
	fixture->spool = spool_open(fixture->folder, &error);
	g_assert_no_error(error);
	fixture->seen = g_string_new(NULL);
	fixture->problems = g_string_new(NULL);
	fixture->keep_from = SIZE_MAX;
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	const char *name;

	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_unlink(path);
	}
	g_rmdir(folder);
}

static void tear_down(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *base = g_path_get_dirname(fixture->folder);

	(void)unused;
	spool_close(fixture->spool);
	remove_folder(fixture->folder);
	g_rmdir(base);
	g_free(fixture->folder);
	g_string_free(fixture->seen, TRUE);
	g_string_free(fixture->problems, TRUE);
}

static void append(Fixture *fixture, int64_t number)
{
	g_autoptr(MessageSummary) summary = small_summary(number);
	g_autoptr(GError) error = NULL;

	g_assert_true(spool_append(fixture->spool, summary, &error));
	g_assert_no_error(error);
}

static SpoolVerdict take(MessageSummary *summary, void *user)
{
	Fixture *fixture = user;

	if (fixture->taken >= fixture->keep_from)
		return SPOOL_KEEP;
	fixture->taken++;
	g_string_append_printf(fixture->seen, "%" G_GINT64_FORMAT " ", summary->id_digest);
	return summary->id_digest == fixture->refuse ? SPOOL_SET_ASIDE : SPOOL_DONE;
}

static void note_problem(LogLevel level, const char *text, void *user)
{
	Fixture *fixture = user;

	g_string_append_printf(fixture->problems, "%s %s\n",
			       level == LEVEL_WARNING ? "warning:" : "error:", text);
}

static bool replay(Fixture *fixture)
{
	SpoolReplay calls = {take, note_problem, fixture, "+", &fixture->set_aside};

	g_string_truncate(fixture->seen, 0);
	fixture->taken = 0;
	return spool_replay(fixture->spool, &calls);
}

static void reopen(Fixture *fixture)
{
	spool_close(fixture->spool);
	fixture->spool = spool_open(fixture->folder, NULL);
	g_assert_nonnull(fixture->spool);
}

static SpoolStatus status_of(const Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	SpoolStatus status;

	g_assert_true(spool_status(fixture->folder, &status, &error));
	g_assert_no_error(error);
	return status;
}

/* The only file with that suffix; NULL if there is none. */
static char *only_file(const Fixture *fixture, const char *suffix)
{
	g_autoptr(GDir) entries = g_dir_open(fixture->folder, 0, NULL);
	const char *name;
	char *path = NULL;

	while ((name = g_dir_read_name(entries)) != NULL) {
		if (!g_str_has_suffix(name, suffix))
			continue;
		g_assert_null(path);
		path = g_build_filename(fixture->folder, name, NULL);
	}
	return path;
}

static void check_empty(const Fixture *fixture)
{
	g_autofree char *left = only_file(fixture, ".spool");

	g_assert_null(left);
	g_assert_cmpint(status_of(fixture).waiting, ==, 0);
}

/* ---- tests ---- */

static void test_in_order(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	for (int64_t i = 1; i <= 3; i++)
		append(fixture, i);
	g_assert_cmpint(status_of(fixture).waiting, ==, 3);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "1 2 3 ");
	check_empty(fixture);
	append(fixture, 4);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "4 ");
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "");
	check_empty(fixture);
}

static void test_kept(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	for (int64_t i = 1; i <= 3; i++)
		append(fixture, i);
	fixture->keep_from = 1;
	g_assert_false(replay(fixture));
	g_assert_cmpint(status_of(fixture).waiting, ==, 2);
	append(fixture, 4);
	fixture->keep_from = 0;
	for (int i = 0; i < 5; i++)
		g_assert_false(replay(fixture));
	g_assert_cmpint(status_of(fixture).waiting, ==, 3);
	fixture->keep_from = SIZE_MAX;
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "2 3 4 ");
	check_empty(fixture);
}

static void test_folder_removed(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	append(fixture, 1);
	g_assert_true(replay(fixture));
	g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
	append(fixture, 2);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "2 ");
	check_empty(fixture);
}

/* The record in it is lost, and not those that come behind. */
static void test_file_removed(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *path = NULL;

	(void)unused;
	append(fixture, 1);
	path = only_file(fixture, ".spool");
	g_assert_cmpint(g_unlink(path), ==, 0);
	append(fixture, 2);
	append(fixture, 3);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "2 3 ");
	check_empty(fixture);
}

/* A store that stays away must not leave a file for every attempt. */
static void test_few_files(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GDir) entries = NULL;
	size_t files = 0;

	(void)unused;
	fixture->keep_from = 0;
	for (int64_t i = 1; i <= 20; i++) {
		append(fixture, i);
		g_assert_false(replay(fixture));
	}
	entries = g_dir_open(fixture->folder, 0, NULL);
	while (g_dir_read_name(entries) != NULL)
		files++;
	g_assert_cmpuint(files, <=, 2);
	g_assert_cmpint(status_of(fixture).waiting, ==, 20);
}

static void test_restart(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	append(fixture, 1);
	reopen(fixture);
	append(fixture, 2);
	reopen(fixture);
	g_assert_cmpint(status_of(fixture).waiting, ==, 2);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "1 2 ");
	check_empty(fixture);
}

/* Killed with a file open: what was appended is there, and may be replayed by another. */
static void test_killed(Fixture *fixture, gconstpointer unused)
{
	int status = 0;
	pid_t child = fork();

	(void)unused;
	if (child == 0) {
		g_autoptr(MessageSummary) summary = small_summary(7);
		Spool *spool = spool_open(fixture->folder, NULL);

		if (spool != NULL && spool_append(spool, summary, NULL))
			raise(SIGKILL);
		_exit(1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	append(fixture, 8);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "7 8 ");
	check_empty(fixture);
}

/* The file of a process that lives is not touched, but counted. */
static void test_two_spools(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(Spool) other = spool_open(fixture->folder, NULL);
	g_autoptr(MessageSummary) summary = small_summary(2);

	(void)unused;
	append(fixture, 1);
	g_assert_true(spool_append(other, summary, NULL));
	g_assert_cmpint(status_of(fixture).waiting, ==, 2);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "1 ");
	g_assert_cmpint(status_of(fixture).waiting, ==, 1);
}

static void test_set_aside(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *aside = NULL;

	(void)unused;
	for (int64_t i = 1; i <= 3; i++)
		append(fixture, i);
	fixture->refuse = 2;
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "1 2 3 ");
	check_empty(fixture);
	g_assert_cmpint(status_of(fixture).set_aside, ==, 1);
	aside = only_file(fixture, ".damaged");
	g_assert_nonnull(strstr(fixture->problems->str, aside));
}

/* ---- damage ---- */

typedef struct {
	const char *name;
	/* Changes the octets of a file that holds the records 1, 2 and 3. */
	void (*damage)(GByteArray *file, size_t record);
	const char *seen;
	bool aside;
} DamageRow;

/* record: octets of one record with its frame; all three are equally long. */
static void flip(GByteArray *file, size_t offset)
{
	file->data[offset] ^= 0x55;
}

static void damage_nothing(GByteArray *file, size_t record)
{
	(void)file;
	(void)record;
}

static void damage_payload(GByteArray *file, size_t record)
{
	flip(file, 32 + record + record / 2);
}

static void damage_mark(GByteArray *file, size_t record)
{
	flip(file, 32 + record);
}

static void damage_length(GByteArray *file, size_t record)
{
	flip(file, 32 + record + 9);
}

static void damage_last_length(GByteArray *file, size_t record)
{
	flip(file, 32 + 2 * record + 11);
}

static void damage_last_checksum(GByteArray *file, size_t record)
{
	flip(file, 32 + 2 * record + 20);
}

static void damage_first(GByteArray *file, size_t record)
{
	(void)record;
	flip(file, 32);
}

static void cut_payload(GByteArray *file, size_t record)
{
	(void)record;
	g_byte_array_set_size(file, file->len - 5);
}

static void cut_head(GByteArray *file, size_t record)
{
	g_byte_array_set_size(file, (guint)(file->len - record + 12));
}

static void cut_mark(GByteArray *file, size_t record)
{
	g_byte_array_set_size(file, (guint)(file->len - record + 3));
}

static void grow_with_zeros(GByteArray *file, size_t record)
{
	guint old = file->len;

	(void)record;
	g_byte_array_set_size(file, old + 5000);
	memset(file->data + old, 0, 5000);
}

static void grow_with_noise(GByteArray *file, size_t record)
{
	(void)record;
	g_byte_array_append(file, (const guint8 *)"noise noise noise", 17);
}

static void drop_middle(GByteArray *file, size_t record)
{
	g_byte_array_remove_range(file, (guint)(32 + record + 10), 20);
}

static void damage_replayed(GByteArray *file, size_t record)
{
	(void)record;
	flip(file, 17);
}

static void damage_file_mark(GByteArray *file, size_t record)
{
	(void)record;
	flip(file, 0);
}

static const DamageRow damage_rows[] = {
	{"nothing", damage_nothing, "1 2 3 ", false},
	{"a payload", damage_payload, "1 3 ", true},
	{"a mark", damage_mark, "1 3 ", true},
	{"a length", damage_length, "1 3 ", true},
	{"the length of the last", damage_last_length, "1 2 ", true},
	{"the checksum of the last", damage_last_checksum, "1 2 ", true},
	{"the first", damage_first, "2 3 ", true},
	{"cut in a payload", cut_payload, "1 2 ", false},
	{"cut in a head", cut_head, "1 2 ", false},
	{"cut in a mark", cut_mark, "1 2 ", false},
	{"grown and not filled", grow_with_zeros, "1 2 3 ", false},
	{"noise behind", grow_with_noise, "1 2 3 ", true},
	{"octets missing", drop_middle, "1 3 ", true},
	{"the replayed offset", damage_replayed, "1 2 3 ", false},
	{"no spool file at all", damage_file_mark, "", true},
};

static void rewrite(const char *path, const DamageRow *row)
{
	g_autoptr(GByteArray) file = NULL;
	char *octets;
	gsize length;

	g_assert_true(g_file_get_contents(path, &octets, &length, NULL));
	file = g_byte_array_new_take((guint8 *)octets, length);
	row->damage(file, (length - 32) / 3);
	g_assert_true(g_file_set_contents(path, (const char *)file->data, file->len, NULL));
}

static void test_damage(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(damage_rows); i++) {
		const DamageRow *row = &damage_rows[i];
		g_autofree char *path = NULL, *aside = NULL;
		Fixture fixture = {0};

		set_up(&fixture, NULL);
		for (int64_t number = 1; number <= 3; number++)
			append(&fixture, number);
		path = only_file(&fixture, ".spool");
		reopen(&fixture);
		rewrite(path, row);
		g_assert_true(replay(&fixture));
		aside = only_file(&fixture, ".damaged");
		g_test_message("%s: %s%s", row->name, fixture.seen->str,
			       fixture.problems->str);
		g_assert_cmpstr(fixture.seen->str, ==, row->seen);
		g_assert_cmpint(aside != NULL, ==, row->aside);
		g_assert_cmpint(fixture.set_aside, ==, row->aside);
		g_assert_cmpint(strstr(fixture.problems->str, "error:") != NULL, ==,
				row->aside);
		if (aside != NULL)
			g_assert_nonnull(strstr(fixture.problems->str, aside));
		check_empty(&fixture);
		tear_down(&fixture, NULL);
	}
}

/* ---- several threads ---- */

enum { THREADS = 8, EACH = 25 };

typedef struct {
	Fixture *fixture;
	int64_t first;
} Writer;

static gpointer write_some(gpointer user)
{
	Writer *writer = user;

	for (int64_t i = 0; i < EACH; i++)
		append(writer->fixture, writer->first + i);
	return NULL;
}

static void test_threads(Fixture *fixture, gconstpointer unused)
{
	Writer writers[THREADS];
	GThread *threads[THREADS];
	g_autoptr(GString) all = g_string_new(NULL);

	(void)unused;
	for (int i = 0; i < THREADS; i++) {
		writers[i] = (Writer){fixture, 1000 + i * EACH};
		threads[i] = g_thread_new("writer", write_some, &writers[i]);
	}
	for (int i = 0; i < 20; i++) { /* replays go on beside them */
		g_assert_true(replay(fixture));
		g_string_append(all, fixture->seen->str);
	}
	for (int i = 0; i < THREADS; i++)
		g_thread_join(threads[i]);
	g_assert_true(replay(fixture));
	g_string_append(all, fixture->seen->str);
	for (int i = 0; i < THREADS * EACH; i++) {
		g_autofree char *number = g_strdup_printf("%d ", 1000 + i);

		g_assert_nonnull(strstr(all->str, number));
	}
	g_assert_cmpuint(all->len, ==, THREADS * EACH * 5);
	g_assert_cmpuint(fixture->problems->len, ==, 0);
	check_empty(fixture);
}

/* ---- limits ---- */

/* A write that stops in the middle (here for a limit; else a full disk) leaves nothing
 * behind that a replay could mistake, and the next one goes on. */
static int write_short(const char *folder)
{
	g_autoptr(MessageSummary) first = small_summary(1), second = small_summary(2),
				  third = small_summary(3);
	Spool *spool = spool_open(folder, NULL);
	struct rlimit limit = {400,
			       RLIM_INFINITY}; /* a head, two records, some of a third */
	g_autoptr(GError) error = NULL;
	int result = 0;

	signal(SIGXFSZ, SIG_IGN);
	result |= spool_append(spool, first, NULL) ? 0 : 1;
	setrlimit(RLIMIT_FSIZE, &limit);
	result |= spool_append(spool, second, NULL) ? 0 : 2;
	result |= spool_append(spool, third, &error) ? 4 : 0;
	result |= error != NULL ? 0 : 8;
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);
	result |= spool_append(spool, third, NULL) ? 0 : 16;
	spool_close(spool);
	return result;
}

static void test_short_write(Fixture *fixture, gconstpointer unused)
{
	int status = 0;
	pid_t child = fork();

	(void)unused;
	if (child == 0)
		_exit(write_short(fixture->folder));
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_cmpint(status, ==, 0);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "1 2 3 ");
	g_assert_cmpstr(fixture->problems->str, ==, "");
	check_empty(fixture);
}

/* A file that has grown enough is not continued, and the order stays. */
static void test_several_files(Fixture *fixture, gconstpointer unused)
{
	enum { RECORDS = 5, OCTETS = SPOOL_FILE_MAX / 2 + 1 };
	g_autoptr(GDir) entries = NULL;
	size_t files = 0;

	(void)unused;
	for (int64_t i = 1; i <= RECORDS; i++) {
		g_autoptr(MessageSummary) summary = small_summary(i);

		summary->snippet = g_malloc(OCTETS + 1);
		memset(summary->snippet, 'x', OCTETS);
		summary->snippet[OCTETS] = '\0';
		g_assert_true(spool_append(fixture->spool, summary, NULL));
	}
	entries = g_dir_open(fixture->folder, 0, NULL);
	while (g_dir_read_name(entries) != NULL)
		files++;
	g_assert_cmpuint(files, ==, 3);
	g_assert_cmpint(status_of(fixture).waiting, ==, RECORDS);
	g_assert_true(replay(fixture));
	g_assert_cmpstr(fixture->seen->str, ==, "1 2 3 4 5 ");
	check_empty(fixture);
}

static void test_too_large(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(MessageSummary) summary = small_summary(1);
	g_autoptr(GError) error = NULL;

	(void)unused;
	summary->snippet = g_malloc0(SPOOL_RECORD_MAX + 1);
	memset(summary->snippet, 'x', SPOOL_RECORD_MAX);
	g_assert_false(spool_append(fixture->spool, summary, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_LIMIT);
	check_empty(fixture);
}

static void test_unusable_folder(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(spool_open("/dev/null/spool", &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	g_assert_nonnull(strstr(error->message, "/dev/null/spool"));
}

static void test_status_of_nothing(void)
{
	SpoolStatus status = {1, 1, 1};
	g_autoptr(GError) error = NULL;

	g_assert_true(spool_status("/nonexistent/spool", &status, &error));
	g_assert_cmpint(status.waiting, ==, 0);
	g_assert_false(spool_status("/dev/null", &status, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
}

static void test_folder_name(void)
{
	static const struct {
		const char *text, *wanted;
	} rows[] = {
		{"uri = sqlite:/var/lib/x/lead.db\n", "/var/lib/x/spool"},
		{"uri = sqlite:lead.db\n", "./spool"},
		{"uri = memory:\n", NULL},
		{"uri = memory:\nspool = /s\n", "/s"},
		{"uri = sqlite:/x.db\nspool = /s\n", "/s"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat("[store]\n", rows[i].text, NULL);
		g_autoptr(Settings) settings = settings_load_text(text, "t.conf", NULL);
		g_autofree char *folder = spool_folder(settings);

		g_assert_cmpstr(folder, ==, rows[i].wanted);
	}
}

static void add(const char *name, void (*test)(Fixture *, gconstpointer))
{
	g_test_add(name, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/spool/codec", test_codec);
	g_test_add_func("/spool/codec-knows-all-members", test_codec_knows_all_members);
	g_test_add_func("/spool/codec-empty", test_codec_empty);
	g_test_add_func("/spool/codec-damaged", test_codec_damaged);
	g_test_add_func("/spool/codec-later-member", test_codec_later_member);
	add("/spool/in-order", test_in_order);
	add("/spool/kept", test_kept);
	add("/spool/few-files", test_few_files);
	add("/spool/folder-removed", test_folder_removed);
	add("/spool/file-removed", test_file_removed);
	add("/spool/restart", test_restart);
	add("/spool/killed", test_killed);
	add("/spool/two-spools", test_two_spools);
	add("/spool/set-aside", test_set_aside);
	g_test_add_func("/spool/damage", test_damage);
	add("/spool/threads", test_threads);
	add("/spool/short-write", test_short_write);
	add("/spool/several-files", test_several_files);
	add("/spool/too-large", test_too_large);
	g_test_add_func("/spool/unusable-folder", test_unusable_folder);
	g_test_add_func("/spool/status-of-nothing", test_status_of_nothing);
	g_test_add_func("/spool/folder-name", test_folder_name);
	return g_test_run();
}
