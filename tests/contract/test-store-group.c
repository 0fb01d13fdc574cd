/* SPDX-License-Identifier: BSD-2-Clause */
/* Who may read a database: its owner, and one group, which writes nothing. */
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lead/store.h"
#include "lead/words.h"

/* Nobody has these. */
enum { OWNER = 61001, READER = 61002, STRANGER = 61003, WAIT_MS = 2000 };

typedef struct {
	char *folder, *path, *uri, *group;
	gid_t gid;
} Site;

/* Any group but root's, of those that the system has. */
static bool group_choose(Site *site)
{
	const struct group *entry;

	setgrent();
	do
		entry = getgrent();
	while (entry != NULL && entry->gr_gid == 0);
	if (entry != NULL) {
		site->group = g_strdup(entry->gr_name);
		site->gid = entry->gr_gid;
	}
	endgrent();
	return entry != NULL;
}

static void become(uid_t uid, gid_t gid, gid_t other)
{
	if (setgroups(1, &other) != 0 || setgid(gid) != 0 || setuid(uid) != 0)
		_exit(100);
}

/* In a child: what run() returns is its exit status. */
static int as_child(int (*run)(const Site *site), const Site *site)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		_exit(run(site));
	g_assert_cmpint(child, >, 0);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool count(const Contact *contact, void *user)
{
	(void)contact;
	++*(int *)user;
	return true;
}

static bool puts_contact(Store *store, const char *text)
{
	g_autoptr(AddrSpec) address = addr_spec_parse(text, "+");
	ContactDraft draft = {.address = address};
	PutResult result;
	int64_t id;

	return store_put_contact(store, &draft, "test", 1, &result, &id, NULL);
}

/* 0: reads one contact, and can write nothing; 1: reads, and could write; 2: reads not. */
static int try(const Site *site)
{
	static const ContactFilter all = {0};
	g_autoptr(Store) reading =
		store_open(site->uri, STORE_READ_ONLY, WAIT_MS, NULL);
	g_autoptr(Store) writing = NULL;
	int contacts = 0;

	if (reading == NULL || !store_visit_contacts(reading, &all, count, &contacts, NULL) ||
	    contacts != 1)
		return 2;
	writing = store_open(site->uri, 0, WAIT_MS, NULL);
	if (writing != NULL && puts_contact(writing, "joe@lead.example"))
		return 1;
	return access(site->path, W_OK) != 0 && access(site->folder, W_OK) != 0 ? 0 : 1;
}

static int as_reader(const Site *site)
{
	become(READER, READER, site->gid);
	return try(site);
}

static int as_stranger(const Site *site)
{
	become(STRANGER, STRANGER, STRANGER);
	return try(site);
}

static bool has(const char *path, gid_t gid, mode_t mode)
{
	struct stat status;

	return stat(path, &status) == 0 && status.st_gid == gid &&
	       (status.st_mode & 07777) == mode;
}

/* The daemon: a user of its own, who is in the group. The readers are its children only
 * to end before it does; they have changed their user before they look. */
static int as_owner(const Site *site)
{
	g_autofree char *log = g_strconcat(site->path, "-wal", NULL);
	g_autofree char *shared = g_strconcat(site->path, "-shm", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;

	become(OWNER, OWNER, site->gid);
	umask(0077);
	store = store_open(site->uri, STORE_CREATE, WAIT_MS, &error);
	if (store == NULL || !puts_contact(store, "jane@lead.example"))
		return 10;
	if (store_share(store, "no-such-group-at-all", NULL))
		return 11;
	if (!store_share(store, site->group, &error) ||
	    !store_share(store, site->group, &error))
		return 12;
	if (!has(site->path, site->gid, 0640) || !has(log, site->gid, 0640) ||
	    !has(shared, site->gid, 0640))
		return 13;
	if (!has(site->folder, site->gid, 0750))
		return 14;
	kill(getpid(), SIGSTOP);
	return 0;
}

static void test_roles(void)
{
	g_autofree char *base = g_dir_make_tmp("lead-group-XXXXXX", NULL);
	Site site = {.folder = g_build_filename(base, "store", NULL)};
	int status = 0;
	pid_t owner;

	site.path = g_build_filename(site.folder, "lead.db", NULL);
	site.uri = g_strconcat("sqlite:", site.path, NULL);
	if (geteuid() != 0 || !group_choose(&site)) {
		g_test_skip("only root can be several users");
		goto out;
	}
	g_assert_cmpint(chown(base, OWNER, OWNER), ==, 0);
	g_assert_cmpint(chmod(base, 0755), ==, 0);
	owner = fork();
	if (owner == 0)
		_exit(as_owner(&site));
	g_assert_cmpint(owner, >, 0);
	g_assert_cmpint(waitpid(owner, &status, WUNTRACED), ==, owner);
	if (WIFEXITED(status))
		g_error("the owner ended with %d", WEXITSTATUS(status));
	g_assert_true(WIFSTOPPED(status));
	g_assert_cmpint(as_child(as_reader, &site), ==, 0);
	g_assert_cmpint(as_child(as_stranger, &site), ==, 2);
	kill(owner, SIGCONT);
	g_assert_cmpint(waitpid(owner, &status, 0), ==, owner);
	g_assert_cmpint(status, ==, 0);
out:
	remove(site.path);
	remove(site.folder);
	remove(base);
	g_free(site.folder);
	g_free(site.path);
	g_free(site.uri);
	g_free(site.group);
}

/* Nobody may give what he owns to a group that he is not in. */
static int as_outsider(const Site *site)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;

	become(OWNER, OWNER, OWNER);
	store = store_open(site->uri, STORE_CREATE, WAIT_MS, NULL);
	if (store == NULL)
		return 10;
	if (store_share(store, site->group, &error))
		return 11;
	return strstr(error->message, site->group) != NULL ? 0 : 12;
}

static void test_outsider(void)
{
	g_autofree char *base = g_dir_make_tmp("lead-group-XXXXXX", NULL);
	Site site = {.folder = g_build_filename(base, "store", NULL)};

	site.path = g_build_filename(site.folder, "lead.db", NULL);
	site.uri = g_strconcat("sqlite:", site.path, NULL);
	if (geteuid() != 0 || !group_choose(&site)) {
		g_test_skip("only root can be several users");
	} else {
		g_assert_cmpint(chown(base, OWNER, OWNER), ==, 0);
		g_assert_cmpint(as_child(as_outsider, &site), ==, 0);
	}
	remove(site.path);
	remove(site.folder);
	remove(base);
	g_free(site.folder);
	g_free(site.path);
	g_free(site.uri);
	g_free(site.group);
}

static void test_memory(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open("memory:", STORE_CREATE, WAIT_MS, &error);

	g_assert_no_error(error);
	g_assert_true(store_share(store, "no-such-group-at-all", &error));
	g_assert_no_error(error);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	g_test_add_func("/store/group/roles", test_roles);
	g_test_add_func("/store/group/outsider", test_outsider);
	g_test_add_func("/store/group/memory", test_memory);
	return g_test_run();
}
