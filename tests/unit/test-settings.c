/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/settings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lead/error.h"

/* What a writer function writes, as text. */
static char *written_sample(void)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	settings_write_sample(out);
	fclose(out);
	return text;
}

static char *written_values(const Settings *settings)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	settings_write(settings, out);
	fclose(out);
	return text;
}

static char *value_of(const Settings *settings, const char *name)
{
	g_autofree char *start = g_strdup_printf("%s =", name);
	char *all = written_values(settings);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);

	free(all);
	for (char **line = lines; *line != NULL; line++) {
		if (g_str_has_prefix(*line, start))
			return g_strstrip(g_strdup(*line + strlen(start)));
	}
	return NULL;
}

typedef struct {
	const char *name; /* section.option */
	const char *written;
	const char *wanted; /* as it reads back; NULL: refused */
} ValueRow;

static const ValueRow value_rows[] = {
	{"milter.socket", "unix:/run/x.sock", "unix:/run/x.sock"},
	{"milter.socket", "local:/run/x.sock", "local:/run/x.sock"},
	{"milter.socket", "/run/x.sock", "/run/x.sock"},
	{"milter.socket", "inet:8891@127.0.0.1", "inet:8891@127.0.0.1"},
	{"milter.socket", "inet6:8891@[::1]", "inet6:8891@[::1]"},
	{"milter.socket", "un:/run/x.sock", NULL},
	{"milter.socket", ":/run/x.sock", NULL},
	{"milter.socket", "ine:8891@127.0.0.1", NULL},
	{"milter.socket", "inet:8891", NULL},
	{"milter.socket", "inet:8891@", NULL},
	{"milter.socket", "inet:0@127.0.0.1", NULL},
	{"milter.socket", "inet:65536@127.0.0.1", NULL},
	{"milter.socket", "inet:x@127.0.0.1", NULL},
	{"milter.socket", "unix:run/x.sock", NULL},
	{"milter.socket", "tcp:1@h", NULL},
	{"milter.socket", "", NULL},
	{"milter.user", "", ""},
	{"milter.socket_mode", "0600", "0600"},
	{"milter.socket_mode", "660", "0660"},
	{"milter.socket_mode", "0", "0000"},
	{"milter.socket_mode", "0888", NULL},
	{"milter.socket_mode", "1777", NULL},
	{"milter.foreground", "yes", "yes"},
	{"milter.foreground", "TRUE", "yes"},
	{"milter.foreground", "0", "no"},
	{"milter.foreground", "off", "no"},
	{"milter.foreground", "", NULL},
	{"milter.foreground", "y", NULL},
	{"milter.max_sessions", "17", "17"},
	{"milter.max_sessions", "-1", NULL},
	{"milter.max_sessions", "1 2", NULL},
	{"milter.max_sessions", "18446744073709551617", NULL},
	{"limits.body_octets", "65536", "64K"},
	{"limits.body_octets", "64k", "64K"},
	{"limits.body_octets", "1 M", "1M"},
	{"limits.body_octets", "1000", "1000"},
	{"limits.body_octets", "0", "0"},
	{"limits.body_octets", "17M", NULL},
	{"limits.body_octets", "1G", NULL},
	{"limits.body_octets", "999999999999M", NULL},
	{"limits.body_octets", "9999999999999M", NULL},
	{"limits.references", "0", NULL},
	{"store.timeout", "5", "5s"},
	{"store.timeout", "5s", "5s"},
	{"store.timeout", "5 s", "5s"},
	{"store.timeout", "250ms", "250ms"},
	{"store.timeout", "8s", "8s"},
	{"store.timeout", "8001ms", NULL},
	{"store.timeout", "9s", NULL},
	{"store.timeout", "0", NULL},
	{"store.timeout", "1.5s", NULL},
	{"milter.drain_timeout", "1m", "1m"},
	{"milter.drain_timeout", "1h", "1h"},
	{"milter.drain_timeout", "90s", "90s"},
	{"milter.drain_timeout", "0", "0ms"},
	{"store.uri", "sqlite:/x.db", "sqlite:/x.db"},
	{"store.uri", "memory:", "memory:"},
	{"store.uri", "sqlite:", NULL},
	{"store.uri", "/x.db", NULL},
	{"store.on_failure", "accept", "accept"},
	{"store.on_failure", "Tempfail", "tempfail"},
	{"store.on_failure", "drop", NULL},
	{"store.on_spool_failure", "tempfail", "tempfail"},
	{"store.on_spool_failure", "spool", NULL},
	{"contacts.auto_create", "none", "none"},
	{"promotion.mode", "suggest", "suggest"},
	{"log.level", "debug", "debug"},
	{"log.target", "stderr", "stderr"},
	{"mail.internal_networks", "", ""},
	{"mail.internal_networks", "  10.0.0.0/8\t2001:db8::/32 ",
	 "10.0.0.0/8 2001:db8::/32"},
	{"mail.internal_networks", "10.0.0.0/33", NULL},
	{"mail.internal_networks", "10.0.0.0/248", NULL},
	{"mail.internal_networks", "2001:db8::/129", NULL},
	{"mail.internal_networks", "2001:db8::/18446744073709551616", NULL},
	{"mail.internal_networks", "10.0.0.0/8;192.0.2.1", NULL},
	{"mail.submission_ports", "587", "587"},
	{"mail.submission_ports", "smtp", NULL},
	{"mail.local_domains", "example.com .example.com", "example.com .example.com"},
	{"mail.local_domains", "a@example.com", NULL},
	{"mail.subaddress_separator", "", ""},
	{"mail.subaddress_separator", "+-", "+-"},
	{"mail.subaddress_separator", "a", NULL},
	{"mail.spam_headers", "X-Bad:", NULL},
	{"mail.human_senders", "Boss@Example.COM .Example.org",
	 "boss@example.com .example.org"},
	{"contacts.sales_addresses", "Sales@Example.com", "sales@example.com"},
	{"contacts.sales_addresses", "example.com", NULL},
	{"contacts.sales_addresses", "a\fb@example.com", NULL},
	{"contacts.sales_addresses", "\001a@example.com", NULL},
	{"contacts.sales_addresses", "@relay.example:sales", NULL},
	{"contacts.sales_addresses", "sales(b2b)team@example.com", NULL},
	{"contacts.sales_addresses", "(b2b)sales@example.com", "sales@example.com"},
	{"milter.user", "back\\sslash", "back\\sslash"},
};

static void test_values(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(value_rows); i++) {
		const ValueRow *row = &value_rows[i];
		g_auto(GStrv) names = g_strsplit(row->name, ".", 2);
		g_autofree char *text = g_strdup_printf("[%s]\n%s = %s\n", names[0],
							names[1], row->written);
		g_autoptr(GError) error = NULL;
		g_autoptr(Settings) settings = settings_load_text(text, "t.conf", &error);
		g_autofree char *got =
			settings != NULL ? value_of(settings, row->name) : NULL;

		if (g_strcmp0(got, row->wanted) != 0) {
			g_test_message("%s = %s: wanted %s, got %s (%s)", row->name,
				       row->written, row->wanted, got,
				       error != NULL ? error->message : "-");
			g_test_fail();
		}
		if (row->wanted == NULL)
			g_assert_error(error, LEAD_ERROR, LEAD_ERROR_INVALID);
	}
}

typedef struct {
	const char *name;
	const char *text;
	const char *wanted; /* the whole error */
} FaultRow;

static const FaultRow fault_rows[] = {
	{"misspelt option", "[milter]\nsokcet = unix:/x\n",
	 "t.conf: unknown option [milter] sokcet; did you mean socket?"},
	{"option of another section", "[store]\nlevel = debug\n",
	 "t.conf: unknown option [store] level; did you mean [log] level?"},
	{"nothing like it", "[store]\nxyzzyxyzzy = 1\n",
	 "t.conf: unknown option [store] xyzzyxyzzy"},
	{"misspelt section", "[stroe]\nuri = memory:\n",
	 "t.conf: unknown section [stroe]; did you mean [store]?"},
	{"translated option", "[store]\nuri[de] = memory:\n",
	 "t.conf: unknown option [store] uri[de]"},
	{"value", "[store]\non_failure = drop\n",
	 "t.conf: [store] on_failure = drop: must be one of spool, accept, tempfail"},
	{"timeout above what Sendmail waits", "[store]\ntimeout = 9s\n",
	 "t.conf: [store] timeout = 9s: must be a duration such as 500ms, 5s, 2m or 1h, "
	 "from "
	 "1ms to 8s"},
	{"word of a list", "[mail]\nsubmission_ports = 587 x\n",
	 "t.conf: [mail] submission_ports = 587 x: 'x' must be a port from 1 to 65535"},
	{"two faults", "[log]\nlevel = loud\n[store]\ntimout = 5s\n",
	 "t.conf: [log] level = loud: must be one of error, warning, info, debug\n"
	 "t.conf: unknown option [store] timout; did you mean timeout?"},
	{"public listener", "[milter]\nsocket = inet:8891\n",
	 "t.conf: [milter] socket = inet:8891: names no host, so that everybody could "
	 "reach "
	 "it: write inet:PORT@HOST, or set allow_public_listen = yes"},
	{"not UTF-8", "[milter]\nuser = \xff\n", "t.conf: not valid UTF-8"},
};

static void test_faults(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fault_rows); i++) {
		const FaultRow *row = &fault_rows[i];
		g_autoptr(GError) error = NULL;
		g_autoptr(Settings) settings =
			settings_load_text(row->text, "t.conf", &error);
		const char *got = error != NULL ? error->message : "(no error)";

		if (settings != NULL || strcmp(got, row->wanted) != 0) {
			g_test_message("%s:\nwanted %s\ngot    %s", row->name, row->wanted,
				       got);
			g_test_fail();
		}
	}
}

static void test_broken_files(void)
{
	static const char *const texts[] = {"uri = x\n", "[store\nuri = x\n",
					    "[store]\nuri\n", "[]\n"};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(settings_load_text(texts[i], "t.conf", &error));
		g_assert_error(error, LEAD_ERROR, LEAD_ERROR_INVALID);
		g_assert_true(g_str_has_prefix(error->message, "t.conf: "));
	}
}

static void test_allowed_public_listen(void)
{
	g_autoptr(Settings) settings = settings_load_text(
		"[milter]\nsocket = inet:8891\nallow_public_listen = yes\n", "t.conf",
		NULL);

	g_assert_nonnull(settings);
}

static void test_defaults(void)
{
	static const struct {
		const char *name, *wanted;
	} rows[] = {
		{"mail.submission_daemons", "ORIGINATING MSA MSP MSP-v4 MSP-v6"},
		{"mail.submission_ports", "587 465"},
		{"mail.internal_networks", "127.0.0.0/8 ::1"},
		{"mail.subaddress_separator", "+"},
		{"mail.spam_headers", "X-Spam-Flag X-Spam X-Rspamd-Action"},
		{"contacts.auto_create", "sent"},
		{"contacts.max_recipients", "25"},
		{"promotion.mode", "auto"},
		{"store.timeout", "5s"},
		{"store.on_failure", "spool"},
		{"privacy.store_subject", "yes"},
		{"privacy.snippet", "0"},
		{"limits.references", "32"},
	};
	g_autoptr(Settings) settings = settings_new_default();

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = value_of(settings, rows[i].name);

		g_test_message("%s", rows[i].name);
		g_assert_cmpstr(got, ==, rows[i].wanted);
	}
	g_assert_null(settings->file);
}

/* The sample says what the table says: it loads as the defaults, it names every option,
 * and the tracked file is that text. */
static void test_sample(void)
{
	char *sample = written_sample();
	g_autofree char *path =
		g_test_build_filename(G_TEST_DIST, "conf", "leadmilter.conf", NULL);
	g_autofree char *tracked = NULL;

	g_assert_true(g_file_get_contents(path, &tracked, NULL, NULL));
	if (strcmp(tracked, sample) != 0)
		g_test_message("%s differs from the option table: make sample", path);
	g_assert_true(strcmp(tracked, sample) == 0);
	free(sample);
}

/* Every commented value taken at its word loads, and gives the defaults. */
static void test_sample_loads(void)
{
	char *sample = written_sample();
	g_auto(GStrv) lines = g_strsplit(sample, "\n", -1);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) defaults = settings_new_default();
	g_autoptr(Settings) loaded = NULL;
	char *wanted = written_values(defaults), *got;

	for (char **line = lines; *line != NULL; line++) {
		bool is_option = (*line)[0] == '#' && (*line)[1] != ' ';

		g_string_append_printf(text, "%s\n", *line + is_option);
	}
	loaded = settings_load_text(text->str, "sample", &error);
	g_assert_no_error(error);
	got = written_values(loaded);
	g_assert_cmpstr(got, ==, wanted);
	free(got);
	free(wanted);
	free(sample);
}

static void test_table(void)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	g_auto(GStrv) lines = NULL;

	settings_write_table(out);
	fclose(out);
	lines = g_strsplit(text, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), >, 35);
	for (char **line = lines; **line != '\0'; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, "\t", -1);

		g_test_message("%s", *line);
		g_assert_cmpuint(g_strv_length(cells), ==, 5);
		g_assert_cmpuint(strlen(cells[4]), >, 10);
	}
	free(text);
}

typedef struct {
	const char *networks, *client;
	bool wanted;
} InternalRow;

static const InternalRow internal_rows[] = {
	{"127.0.0.0/8 ::1", "127.0.0.1", true},
	{"127.0.0.0/8 ::1", "127.255.0.9", true},
	{"127.0.0.0/8 ::1", "128.0.0.1", false},
	{"127.0.0.0/8 ::1", "::1", true},
	{"127.0.0.0/8 ::1", "::2", false},
	{"127.0.0.0/8 ::1", "::ffff:127.0.0.1", true},
	{"10.0.0.0/8", "::FFFF:10.1.2.3", true},
	{"192.0.2.7", "192.0.2.7", true},
	{"192.0.2.7", "192.0.2.8", false},
	{"fe80::/10", "fe80::1%eth0", true},
	{"2001:db8::/32", "2001:db8:1::1", true},
	{"", "127.0.0.1", false},
	{"127.0.0.0/8", "not an address", false},
	{"127.0.0.0/8", "", false},
};

static void test_internal(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(internal_rows); i++) {
		const InternalRow *row = &internal_rows[i];
		g_autofree char *text =
			g_strdup_printf("[mail]\ninternal_networks = %s\n", row->networks);
		g_autoptr(Settings) settings = settings_load_text(text, "t.conf", NULL);

		g_test_message("'%s' in '%s'", row->client, row->networks);
		g_assert_nonnull(settings);
		g_assert_cmpint(settings_is_internal(settings, row->client), ==,
				row->wanted);
	}
}

static void test_local_domain(void)
{
	g_autoptr(Settings) settings = settings_load_text(
		"[mail]\nlocal_domains = example.com .example.org\n", "t.conf", NULL);
	g_autoptr(Settings) none = settings_new_default();

	g_assert_true(settings_is_local_domain(settings, "example.com"));
	g_assert_false(settings_is_local_domain(settings, "mail.example.com"));
	g_assert_true(settings_is_local_domain(settings, "mail.example.org"));
	g_assert_false(settings_is_local_domain(settings, "example.org"));
	g_assert_false(settings_is_local_domain(settings, ""));
	g_assert_false(settings_is_local_domain(none, "example.com"));
}

typedef struct {
	const char *word, *address;
	bool wanted;
} MatchRow;

static const MatchRow match_rows[] = {
	{"ann@example.com", "Ann@Example.com", true},
	{"ann@example.com", "ann+tag@example.com", true},
	{"ann@example.com", "bob@example.com", false},
	{"Ann@Example.com", "ann@example.com", true},
	{"example.com", "ann@example.com", true},
	{"example.com", "ann@sub.example.com", false},
	{".example.com", "ann@sub.example.com", true},
	{".example.com", "ann@example.com", false},
	{".example.com", "ann@notexample.com", false},
	{"example.com", "<>", false},
};

static void test_words_match(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(match_rows); i++) {
		const MatchRow *row = &match_rows[i];
		g_autofree char *word = g_strdup(row->word);
		char *const words[] = {word, NULL};
		g_autoptr(AddrSpec) address = addr_spec_parse(row->address, "+");

		g_test_message("%s against %s", row->address, row->word);
		g_assert_cmpint(settings_words_match(words, address), ==, row->wanted);
	}
}

static void test_sales_addresses(void)
{
	g_autoptr(Settings) settings = settings_load_text(
		"[contacts]\nsales_addresses = Sales@Example.com info@example.com\n",
		"t.conf", NULL);

	g_assert_cmpuint(g_hash_table_size(settings->sales_address_set), ==, 2);
	g_assert_true(
		g_hash_table_contains(settings->sales_address_set, "sales@example.com"));
}

static void test_warning(void)
{
	g_autoptr(Settings) nobody = settings_new_default();
	g_autoptr(Settings) somebody =
		settings_load_text("[mail]\nlocal_domains = ours.example\n", "test", NULL);

	g_assert_nonnull(strstr(settings_warning(nobody), "local_domains"));
	g_assert_null(settings_warning(somebody));
}

static void test_restart(void)
{
	static const char before[] = "[log]\nlevel = info\n";
	static const char after[] = "[log]\nlevel = debug\n[milter]\nuser = x\n"
				    "socket_mode = 0600\n[store]\nuri = memory:\n";
	g_autoptr(Settings) old = settings_load_text(before, "t.conf", NULL);
	g_autoptr(Settings) new = settings_load_text(after, "t.conf", NULL);
	g_autofree char *same = settings_needing_restart(old, old);
	g_autofree char *names = settings_needing_restart(old, new);

	g_assert_null(same);
	g_assert_cmpstr(names, ==, "milter.user milter.socket_mode store.uri");
}

static void test_files(void)
{
	g_autofree char *folder = g_dir_make_tmp("lead-settings-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "x.conf", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = NULL;

	g_assert_null(settings_load(path, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(error->message, path));
	g_clear_error(&error);
	g_assert_null(settings_load(folder, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	g_clear_error(&error);
	g_assert_true(g_file_set_contents(path, "[log]\nlevel\0= debug\n", 20, NULL));
	g_assert_null(settings_load(path, &error));
	g_assert_error(error, LEAD_ERROR, LEAD_ERROR_INVALID);
	g_assert_true(g_file_set_contents(path, "[log]\nlevel = debug\n", -1, NULL));
	settings = settings_load(path, NULL);
	g_assert_cmpint(settings->log_level, ==, LEVEL_DEBUG);
	g_assert_cmpstr(settings->file, ==, path);
	g_unlink(path);
	g_rmdir(folder);
}

static void test_references(void)
{
	Settings *settings = settings_load_text("", "empty", NULL);

	g_assert_nonnull(settings);
	g_assert_true(settings_ref(settings) == settings);
	settings_unref(settings);
	g_assert_cmpstr(settings->file, ==, "empty");
	settings_unref(settings);
	settings_unref(NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings/values", test_values);
	g_test_add_func("/settings/faults", test_faults);
	g_test_add_func("/settings/broken-files", test_broken_files);
	g_test_add_func("/settings/allowed-public-listen", test_allowed_public_listen);
	g_test_add_func("/settings/defaults", test_defaults);
	g_test_add_func("/settings/sample", test_sample);
	g_test_add_func("/settings/sample-loads", test_sample_loads);
	g_test_add_func("/settings/table", test_table);
	g_test_add_func("/settings/internal", test_internal);
	g_test_add_func("/settings/local-domain", test_local_domain);
	g_test_add_func("/settings/words-match", test_words_match);
	g_test_add_func("/settings/sales-addresses", test_sales_addresses);
	g_test_add_func("/settings/restart", test_restart);
	g_test_add_func("/settings/warning", test_warning);
	g_test_add_func("/settings/files", test_files);
	g_test_add_func("/settings/references", test_references);
	return g_test_run();
}
