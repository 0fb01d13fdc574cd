/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/thread-archive.h"

#include <string.h>

#include "tests/corpus/manifest.h"

enum { ONE_OTHER_IN = 16 };

/* ---- out of the corpus ---- */

static bool is_direct(const ManifestRow *row)
{
	return strstr(row->note, "DERIVED direct copy") != NULL;
}

static bool is_post(const ManifestRow *row)
{
	static const char *const labels[] = {"reply",	   "human",	    "list",
					     "auto-reply", "machine-other", "bulk"};

	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
		if (strcmp(row->label, labels[i]) == 0)
			return true;
	}
	return false;
}

/* What a list sent has the list's marks; other mail has those of its delivery. */
static ThreadMail *read_mail(const char *folder, const ManifestRow *row, GError **error)
{
	g_autofree char *path = g_build_filename(folder, row->file, NULL);
	g_autofree char *bytes = NULL;
	gsize length;

	if (!g_file_get_contents(path, &bytes, &length, error))
		return NULL;
	return thread_mail_new(row->file, bytes, length, !is_direct(row));
}

static bool read_mails(GPtrArray *mails, const char *folder, const GPtrArray *rows,
		       bool direct, GHashTable *direct_ids, GError **error)
{
	for (guint i = 0; i < rows->len; i++) {
		const ManifestRow *row = rows->pdata[i];
		ThreadMail *mail;

		if (!is_post(row) || is_direct(row) != direct)
			continue;
		mail = read_mail(folder, row, error);
		if (mail == NULL)
			return false;
		if (!direct && g_hash_table_contains(direct_ids, mail->id)) {
			thread_mail_free(mail);
			continue;
		}
		g_ptr_array_add(mails, mail);
		if (direct && *mail->id != '\0')
			g_hash_table_add(direct_ids, mail->id);
	}
	return true;
}

GPtrArray *thread_archive_read(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) rows = manifest_read(folder, error),
			     mails = g_ptr_array_new_with_free_func(thread_mail_free);
	g_autoptr(GHashTable) direct = g_hash_table_new(g_str_hash, g_str_equal);

	if (rows == NULL || !read_mails(mails, folder, rows, true, direct, error) ||
	    !read_mails(mails, folder, rows, false, direct, error))
		return NULL;
	return g_steal_pointer(&mails);
}

/* ---- whose threads ---- */

/* Message-ID -> author. */
static GHashTable *read_authors(const GPtrArray *mails)
{
	GHashTable *authors = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < mails->len; i++) {
		const ThreadMail *mail = mails->pdata[i];

		g_hash_table_insert(authors, mail->id, mail->author);
	}
	return authors;
}

static const char *answered_domain(GHashTable *authors, const char *id)
{
	const char *author = g_hash_table_lookup(authors, id);

	return author != NULL ? address_domain(author) : "";
}

GPtrArray *thread_archive_domains(const GPtrArray *mails)
{
	g_autoptr(GHashTable) authors = read_authors(mails);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *domains = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < mails->len; i++) {
		const ThreadMail *mail = mails->pdata[i];

		for (guint j = 0; j < mail->answers->len; j++) {
			const char *domain =
				answered_domain(authors, mail->answers->pdata[j]);

			if (*domain == '\0' || g_hash_table_contains(seen, domain) ||
			    strcmp(domain, address_domain(mail->author)) == 0)
				continue;
			g_ptr_array_add(domains, g_strdup(domain));
			g_hash_table_add(seen, domains->pdata[domains->len - 1]);
		}
	}
	return domains;
}

static bool concerns(const ThreadMail *mail, const char *domain, GHashTable *authors)
{
	if (strcmp(address_domain(mail->author), domain) == 0)
		return true;
	for (guint i = 0; i < mail->recipients->len; i++) {
		if (strcmp(address_domain(mail->recipients->pdata[i]), domain) == 0)
			return true;
	}
	for (guint i = 0; i < mail->answers->len; i++) {
		if (strcmp(answered_domain(authors, mail->answers->pdata[i]), domain) == 0)
			return true;
	}
	return false;
}

GPtrArray *thread_archive_select(const GPtrArray *mails, const char *domain)
{
	g_autoptr(GHashTable) authors = read_authors(mails);
	GPtrArray *selected = g_ptr_array_new();

	for (guint i = 0; i < mails->len; i++) {
		if (i % ONE_OTHER_IN == 0 || concerns(mails->pdata[i], domain, authors))
			g_ptr_array_add(selected, mails->pdata[i]);
	}
	return selected;
}

/* ---- as files ---- */

static void write_file(const char *path, const GString *text)
{
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text->str, (gssize)text->len, &error);
	g_assert_no_error(error);
}

void thread_archive_write_files(const GPtrArray *mails, const char *folder)
{
	for (guint i = 0; i < mails->len; i++) {
		const ThreadMail *mail = mails->pdata[i];
		g_autofree char *name = g_strdup_printf("%05u.eml", i);
		g_autofree char *path = g_build_filename(folder, name, NULL);

		write_file(path, mail->text);
	}
}

/* mboxrd: "From " behind any number of '>' gets one more. */
static void append_mbox(GString *mbox, const ThreadMail *mail)
{
	g_auto(GStrv) lines = g_strsplit(mail->text->str, "\n", -1);

	g_string_append(mbox, "From nobody@localhost Thu Jan  1 00:00:00 2004\n");
	for (size_t i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0');
	     i++) {
		bool quote = g_str_has_prefix(lines[i] + strspn(lines[i], ">"), "From ");

		g_string_append_printf(mbox, "%s%s\n", quote ? ">" : "", lines[i]);
	}
	g_string_append_c(mbox, '\n');
}

void thread_archive_write_mbox(const GPtrArray *mails, guint32 seed, const char *path)
{
	g_autofree guint *order = thread_archive_shuffle(seed, mails->len);
	GString *mbox = g_string_new(NULL);

	for (guint i = 0; i < mails->len; i++)
		append_mbox(mbox, mails->pdata[order[i]]);
	write_file(path, mbox);
	g_string_free(mbox, TRUE);
}

guint *thread_archive_shuffle(guint32 seed, guint count)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(seed);
	guint *order = g_new(guint, count);

	for (guint i = 0; i < count; i++)
		order[i] = i;
	for (guint i = count; i > 1; i--) {
		guint other = (guint)g_rand_int_range(random, 0, (gint32)i);
		guint last = order[i - 1];

		order[i - 1] = order[other];
		order[other] = last;
	}
	return order;
}
