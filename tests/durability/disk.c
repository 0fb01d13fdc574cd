/* SPDX-License-Identifier: BSD-2-Clause */
#define _GNU_SOURCE /* this is no part of the build's configuration */
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "real.h"

enum { SECTOR = 512, PATH_OCTETS = 4096 };

static const off_t WHOLE = INT64_MAX;

/* ---- what there is ---- */

struct Node {
	ino_t inode;
	unsigned serial; /* inodes are used again, serials are not */
	bool is_folder;

	/* of a file */
	GHashTable *dirty;  /* sector -> its octets; not yet on disk */
	GHashTable *flight; /* the same, of a sync under way; NULL: none */
	off_t size;	    /* as the program sees it */
	off_t disk_size;
	off_t least; /* to which it was shortened since the last sync; WHOLE: it was not */
	bool is_lie;

	/* of a folder */
	GQueue changes; /* of Change *; not yet on disk */
	Node *parent;	/* NULL: it has no name on disk yet, or is the root */
	char *name;
};

/* Of one name in a folder: given, taken away (node NULL), or changed to another. */
typedef struct {
	Node *node;
	char *name, *new_name;
} Change;

static struct {
	pthread_once_t once;
	pthread_mutex_t lock;
	pthread_cond_t synced;
	const char *folder, *path, *lies; /* folder NULL: no disk */
	unsigned luck, sync_us;
	GRand *chance;
	GHashTable *nodes; /* inode -> Node * */
	Node *root;
	unsigned last_serial;
} disk = {.once = PTHREAD_ONCE_INIT,
	  .lock = PTHREAD_MUTEX_INITIALIZER,
	  .synced = PTHREAD_COND_INITIALIZER};

void disk_fail(const char *what, const char *subject)
{
	dprintf(STDERR_FILENO, "disk: cannot follow %s of '%s': %s\n", what, subject,
		strerror(errno));
	abort();
}

static void check(bool done, const char *what, const char *subject)
{
	if (!done)
		disk_fail(what, subject);
}

/* ---- places on the disk ---- */

/* Where a node is as long as it has no name. */
static void place_nameless(const Node *node, char place[PATH_OCTETS])
{
	snprintf(place, PATH_OCTETS, "%s/nameless/%u", disk.path, node->serial);
}

static void place_folder(const Node *folder, char place[PATH_OCTETS])
{
	size_t length;

	if (folder->parent == NULL) {
		if (folder == disk.root)
			snprintf(place, PATH_OCTETS, "%s/tree", disk.path);
		else
			place_nameless(folder, place);
		return;
	}
	place_folder(folder->parent, place);
	length = strlen(place);
	snprintf(place + length, PATH_OCTETS - length, "/%s", folder->name);
}

static void place_name(const Node *folder, const char *name, char place[PATH_OCTETS])
{
	size_t length;

	place_folder(folder, place);
	length = strlen(place);
	snprintf(place + length, PATH_OCTETS - length, "/%s", name);
}

/* ---- nodes ---- */

static gpointer key_of(guint64 number)
{
	return GSIZE_TO_POINTER((gsize)number);
}

static GHashTable *sectors_new(void)
{
	return g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

static Node *node_new(const char *path)
{
	Node *node = g_new0(Node, 1);
	char place[PATH_OCTETS];
	struct stat status;
	int descriptor;

	check(lstat(path, &status) == 0, "the making", path);
	node->inode = status.st_ino;
	node->serial = ++disk.last_serial;
	node->is_folder = S_ISDIR(status.st_mode);
	node->is_lie = disk.lies != NULL && g_str_has_suffix(path, disk.lies);
	node->dirty = sectors_new();
	node->least = WHOLE;
	g_queue_init(&node->changes);
	g_hash_table_insert(disk.nodes, key_of(node->inode), node);
	place_nameless(node, place);
	if (node->is_folder) {
		check(real.mkdir(place, 0700) == 0, "the folder", place);
		return node;
	}
	descriptor = real.open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	check(descriptor >= 0, "the file", place);
	close(descriptor);
	return node;
}

static Node *node_of(const struct stat *status)
{
	if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode))
		return NULL;
	return g_hash_table_lookup(disk.nodes, key_of(status->st_ino));
}

Node *disk_node(int descriptor)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 ? node_of(&status) : NULL;
}

Node *disk_node_at(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 ? node_of(&status) : NULL;
}

static Node *folder_of(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	Node *node = disk_node_at(folder);

	check(node != NULL && node->is_folder, "a change in the folder", folder);
	return node;
}

/* ---- the beginning: all that is there is on disk ---- */

static void sync_file(Node *node);
static void sync_folder(Node *node);

/* What SQLite shares between processes is made anew after a restart. */
static bool is_below(const char *path)
{
	size_t length = strlen(disk.folder);

	return strncmp(path, disk.folder, length) == 0 && path[length] == '/' &&
	       !g_str_has_suffix(path, "-shm");
}

static void load_file(Node *node, const char *path)
{
	int descriptor = real.open(path, O_RDWR | O_CLOEXEC, 0);
	struct stat status;

	check(descriptor >= 0 && fstat(descriptor, &status) == 0, "the file", path);
	disk_note_write(node, descriptor, 0, (size_t)status.st_size);
	close(descriptor);
	sync_file(node);
}

static void load_folder(Node *node, const char *path)
{
	g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
	const char *name;

	while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *below = g_build_filename(path, name, NULL);
		Node *entry;

		if (!is_below(below))
			continue;
		disk_note_new(below);
		entry = disk_node_at(below);
		if (entry->is_folder)
			load_folder(entry, below);
		else
			load_file(entry, below);
	}
	sync_folder(node);
}

static unsigned number_of(const char *variable)
{
	const char *value = getenv(variable);

	return value != NULL ? (unsigned)strtoul(value, NULL, 10) : 0;
}

static void disk_open(void)
{
	g_autofree char *nameless = NULL;
	g_autofree char *tree = NULL;
	const char *folder = getenv(DISK_FOLDER);

	real_init();
	disk.path = getenv(DISK_PATH);
	if (folder == NULL || disk.path == NULL)
		return;
	disk.lies = getenv(DISK_LIES);
	disk.chance = g_rand_new_with_seed(number_of(DISK_SEED));
	disk.nodes = g_hash_table_new(NULL, NULL);
	nameless = g_build_filename(disk.path, "nameless", NULL);
	tree = g_build_filename(disk.path, "tree", NULL);
	check(real.mkdir(nameless, 0700) == 0, "the folder", nameless);
	disk.folder = folder;
	disk.root = node_new(folder);
	check(real.mkdir(tree, 0700) == 0, "the folder", tree);
	load_folder(disk.root, folder);
	disk.luck = number_of(DISK_LUCK);
	disk.sync_us = number_of(DISK_SYNC_US);
}

bool disk_is_there(void)
{
	pthread_once(&disk.once, disk_open);
	return disk.folder != NULL;
}

bool disk_has_path(const char *path)
{
	return disk_is_there() && is_below(path);
}

void disk_lock(void)
{
	disk_is_there();
	pthread_mutex_lock(&disk.lock);
}

void disk_unlock(void)
{
	pthread_mutex_unlock(&disk.lock);
}

/* ---- names ---- */

static void apply_new(Node *folder, const Change *change)
{
	char from[PATH_OCTETS], to[PATH_OCTETS];
	Node *node = change->node;

	place_nameless(node, from);
	place_name(folder, change->name, to);
	if (!node->is_folder) {
		check(link(from, to) == 0, "the name", to);
		return;
	}
	check(real.rename(from, to) == 0, "the name", to);
	node->parent = folder;
	node->name = g_strdup(change->name);
}

static void apply_change(Node *folder, const Change *change)
{
	char place[PATH_OCTETS], to[PATH_OCTETS];

	if (change->node != NULL) {
		apply_new(folder, change);
		return;
	}
	place_name(folder, change->name, place);
	if (change->new_name == NULL) {
		check(remove(place) == 0, "the removal", place);
		return;
	}
	place_name(folder, change->new_name, to);
	check(real.rename(place, to) == 0, "the new name", to);
}

static void sync_folder(Node *folder)
{
	Change *change;

	while ((change = g_queue_pop_head(&folder->changes)) != NULL) {
		apply_change(folder, change);
		g_free(change->name);
		g_free(change->new_name);
		g_free(change);
	}
}

static bool is_lucky(void)
{
	return disk.luck > 0 && (unsigned)g_rand_int_range(disk.chance, 0, 100) < disk.luck;
}

static void note_change(const char *path, Node *node, const char *new_path)
{
	Node *folder = folder_of(path);
	Change *change = g_new0(Change, 1);

	change->node = node;
	change->name = g_path_get_basename(path);
	change->new_name = new_path != NULL ? g_path_get_basename(new_path) : NULL;
	g_queue_push_tail(&folder->changes, change);
	if (is_lucky())
		sync_folder(folder);
}

void disk_note_new(const char *path)
{
	note_change(path, node_new(path), NULL);
}

void disk_note_removed(const char *path)
{
	note_change(path, NULL, NULL);
}

void disk_note_renamed(const char *from, const char *to)
{
	check(folder_of(from) == folder_of(to), "a move between folders", from);
	note_change(from, NULL, to);
}

/* ---- octets ---- */

static int open_place(const Node *node)
{
	char place[PATH_OCTETS];
	int descriptor;

	place_nameless(node, place);
	descriptor = real.open(place, O_WRONLY | O_CLOEXEC, 0);
	check(descriptor >= 0, "the file", place);
	return descriptor;
}

/* Not beyond the end that the file has by now. */
static void write_sector(Node *node, int place, guint64 sector, const char *octets)
{
	off_t at = (off_t)sector * SECTOR;
	off_t length = MIN(SECTOR, node->size - at);

	if (length <= 0)
		return;
	check(real.pwrite64(place, octets, (size_t)length, at) == length, "a sector",
	      disk.path);
	node->disk_size = MAX(node->disk_size, at + length);
}

static void change_size(Node *node, int place, off_t size)
{
	check(real.ftruncate64(place, size) == 0, "a size", disk.path);
	node->disk_size = size;
}

static void write_sectors(Node *node, GHashTable *sectors, off_t least, off_t size)
{
	int place = open_place(node);
	GHashTableIter iterator;
	gpointer sector, octets;

	if (least < node->disk_size)
		change_size(node, place, least);
	g_hash_table_iter_init(&iterator, sectors);
	while (g_hash_table_iter_next(&iterator, &sector, &octets))
		write_sector(node, place, GPOINTER_TO_SIZE(sector), octets);
	if (size > node->disk_size)
		change_size(node, place, size);
	close(place);
}

static void read_sector(int descriptor, guint64 sector, char *octets)
{
	ssize_t got = pread(descriptor, octets, SECTOR, (off_t)sector * SECTOR);

	check(got >= 0, "the reading back", disk.folder);
	memset(octets + got, 0, (size_t)(SECTOR - got));
}

static void note_sectors(Node *node, int descriptor, off_t offset, size_t length)
{
	guint64 end = ((guint64)offset + length + SECTOR - 1) / SECTOR;

	for (guint64 sector = (guint64)offset / SECTOR; sector < end; sector++) {
		char *octets = g_malloc(SECTOR);

		read_sector(descriptor, sector, octets);
		g_hash_table_insert(node->dirty, key_of(sector), octets);
	}
}

/* The disk wrote some of it without having been asked; it may be torn anywhere. A file
 * that is to be shortened waits for that. */
static void be_lucky(Node *node, off_t offset, size_t length)
{
	guint64 end = ((guint64)offset + length + SECTOR - 1) / SECTOR;
	int place = open_place(node);

	for (guint64 sector = (guint64)offset / SECTOR; sector < end; sector++) {
		const char *octets = g_hash_table_lookup(node->dirty, key_of(sector));

		if (g_rand_boolean(disk.chance))
			continue;
		write_sector(node, place, sector, octets);
		g_hash_table_remove(node->dirty, key_of(sector));
		if (node->flight != NULL)
			g_hash_table_remove(node->flight, key_of(sector));
	}
	close(place);
}

void disk_note_write(Node *node, int descriptor, off_t offset, size_t length)
{
	if (length == 0)
		return;
	note_sectors(node, descriptor, offset, length);
	node->size = MAX(node->size, offset + (off_t)length);
	if (is_lucky() && node->least == WHOLE)
		be_lucky(node, offset, length);
}

static gboolean is_beyond(gpointer sector, gpointer octets, gpointer size)
{
	(void)octets;
	return (off_t)GPOINTER_TO_SIZE(sector) * SECTOR >= *(off_t *)size;
}

void disk_note_size(Node *node, int descriptor, off_t size)
{
	g_hash_table_foreach_remove(node->dirty, is_beyond, &size);
	if (size % SECTOR != 0)
		note_sectors(node, descriptor, size, 1);
	node->size = size;
	node->least = MIN(node->least, size);
}

/* ---- syncs ---- */

/* What was written before, and not what is written meanwhile. */
static void sync_file(Node *node)
{
	off_t size, least;

	while (node->flight != NULL)
		pthread_cond_wait(&disk.synced, &disk.lock);
	node->flight = node->dirty;
	node->dirty = sectors_new();
	size = node->size;
	least = node->least;
	node->least = WHOLE;
	if (disk.sync_us > 0) {
		useconds_t delay =
			(useconds_t)g_rand_int_range(disk.chance, 0, (gint32)disk.sync_us);

		disk_unlock();
		usleep(delay);
		disk_lock();
	}
	write_sectors(node, node->flight, least, size);
	g_clear_pointer(&node->flight, g_hash_table_unref);
	pthread_cond_broadcast(&disk.synced);
}

void disk_sync(Node *node)
{
	if (node->is_lie)
		return;
	if (node->is_folder)
		sync_folder(node);
	else
		sync_file(node);
}
