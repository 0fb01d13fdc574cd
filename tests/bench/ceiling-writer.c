/* SPDX-License-Identifier: BSD-2-Clause */
#include "ceiling-writer.h"

#include <sqlite3.h>
#include <stdio.h>

static struct {
	sqlite3 *db;
	sqlite3_stmt *begin, *insert, *commit;
	pthread_mutex_t lock;
	pthread_cond_t work;
	CeilingRow *first, **end; /* of those that wait */
} writer = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.work = PTHREAD_COND_INITIALIZER,
	.end = &writer.first,
};

static bool step(sqlite3_stmt *statement)
{
	int code = sqlite3_step(statement);

	sqlite3_reset(statement);
	return code == SQLITE_DONE || code == SQLITE_ROW;
}

static bool insert(const CeilingRow *row)
{
	sqlite3_bind_text(writer.insert, 1, row->message_id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(writer.insert, 2, row->contact);
	sqlite3_bind_int64(writer.insert, 3, row->at);
	sqlite3_bind_text(writer.insert, 4, row->agent, -1, SQLITE_STATIC);
	sqlite3_bind_text(writer.insert, 5, row->subject, -1, SQLITE_STATIC);
	sqlite3_bind_text(writer.insert, 6, row->answers, -1, SQLITE_STATIC);
	sqlite3_bind_int64(writer.insert, 7, row->size);
	return step(writer.insert);
}

static bool commit_rows(const CeilingRow *rows)
{
	bool good = step(writer.begin);

	for (; rows != NULL; rows = rows->next)
		good = insert(rows) && good;
	return step(writer.commit) && good;
}

static void answer(CeilingRow *rows, bool good)
{
	pthread_mutex_lock(&writer.lock);
	while (rows != NULL) {
		CeilingRow *next = rows->next; /* before its owner has it back */

		rows->good = good;
		rows->done = true;
		pthread_cond_signal(&rows->answered);
		rows = next;
	}
	pthread_mutex_unlock(&writer.lock);
}

static void *write_rows(void *unused)
{
	for (;;) {
		CeilingRow *rows;

		pthread_mutex_lock(&writer.lock);
		while (writer.first == NULL)
			pthread_cond_wait(&writer.work, &writer.lock);
		rows = writer.first;
		writer.first = NULL;
		writer.end = &writer.first;
		pthread_mutex_unlock(&writer.lock);
		answer(rows, commit_rows(rows));
	}
	return unused;
}

bool ceiling_writer_record(CeilingRow *row)
{
	bool good;

	row->next = NULL;
	row->done = false;
	pthread_cond_init(&row->answered, NULL);
	pthread_mutex_lock(&writer.lock);
	if (writer.first == NULL)
		pthread_cond_signal(&writer.work);
	*writer.end = row;
	writer.end = &row->next;
	while (!row->done)
		pthread_cond_wait(&row->answered, &writer.lock);
	good = row->good;
	pthread_mutex_unlock(&writer.lock);
	pthread_cond_destroy(&row->answered);
	return good;
}

static bool run(const char *sql)
{
	return sqlite3_exec(writer.db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool prepare(const char *sql, sqlite3_stmt **statement_out)
{
	return sqlite3_prepare_v3(writer.db, sql, -1, SQLITE_PREPARE_PERSISTENT,
				  statement_out, NULL) == SQLITE_OK;
}

static bool prepare_all(bool indexes)
{
	return run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		   "CREATE TABLE IF NOT EXISTS interaction (id INTEGER PRIMARY KEY,"
		   " message_id TEXT, contact INTEGER, at INTEGER, agent TEXT,"
		   " subject TEXT, answers TEXT, size INTEGER) STRICT") &&
	       (!indexes ||
		run("CREATE UNIQUE INDEX IF NOT EXISTS once"
		    " ON interaction (message_id, contact);"
		    "CREATE INDEX IF NOT EXISTS timeline ON interaction (contact, at)")) &&
	       prepare("BEGIN IMMEDIATE", &writer.begin) &&
	       prepare("COMMIT", &writer.commit) &&
	       prepare("INSERT INTO interaction (message_id, contact, at, agent, subject,"
		       " answers, size) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
		       " ON CONFLICT DO NOTHING",
		       &writer.insert);
}

bool ceiling_writer_open(const char *path, bool indexes)
{
	pthread_t thread;

	if (sqlite3_open_v2(path, &writer.db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) == SQLITE_OK &&
	    prepare_all(indexes) && pthread_create(&thread, NULL, write_rows, NULL) == 0)
		return true;
	fprintf(stderr, "ceiling-milter: %s: %s\n", path, sqlite3_errmsg(writer.db));
	return false;
}
