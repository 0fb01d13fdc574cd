/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/thread-reading.h"

#include <stdlib.h>
#include <string.h>

enum {
	DAY = 24 * 60 * 60,
	REFERENCE_SECONDS = 365 * DAY,
	THREAD_SECONDS = 180 * DAY,
	MANY_RECIPIENTS = 25,
	RATE_SECONDS = 2 * 60 * 60,
};

typedef struct {
	const ThreadMail *mail;
	char *author;	     /* base address */
	GHashTable *outside; /* base addresses of its recipients who are not of us */
	bool ours, to_us;
	bool outreach;
} Letter;

typedef struct {
	char *address;
	int64_t since;
	bool promoted, unwanted;
} Person;

typedef struct {
	const char *ours;
	GPtrArray *letters; /* of Letter *, in order of arrival */
	GHashTable *people; /* base address -> Person */
	ThreadClass class_of;
	void *user;
	ThreadReading *reading;
} Reader;

/* ---- letters ---- */

static bool is_ours(const Reader *self, const char *address)
{
	return strcmp(address_domain(address), self->ours) == 0;
}

static void add_recipients(const Reader *self, Letter *letter, const ThreadMail *mail)
{
	for (guint i = 0; i < mail->recipients->len; i++) {
		const char *address = mail->recipients->pdata[i];

		if (is_ours(self, address))
			letter->to_us = true;
		else
			g_hash_table_add(letter->outside, address_base(address));
	}
	letter->to_us |= mail->recipients->len == 0;
}

static Letter *letter_new(const Reader *self, const ThreadMail *mail)
{
	Letter *letter = g_new0(Letter, 1);

	letter->mail = mail;
	letter->author = address_base(mail->author);
	letter->outside = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	letter->ours = is_ours(self, mail->author);
	add_recipients(self, letter, mail);
	return letter;
}

static void letter_free(gpointer letter)
{
	Letter *self = letter;

	g_free(self->author);
	g_hash_table_unref(self->outside);
	g_free(self);
}

static int by_arrival(const void *a, const void *b)
{
	const Letter *left = *(Letter *const *)a, *right = *(Letter *const *)b;

	return left->mail->at < right->mail->at ? -1 : left->mail->at > right->mail->at;
}

/* Another copy of a mail that is there already. */
static Letter *find_copy(const Reader *self, const ThreadMail *mail)
{
	for (guint i = 0; *mail->id != '\0' && i < self->letters->len; i++) {
		Letter *letter = self->letters->pdata[i];

		if (strcmp(letter->mail->id, mail->id) == 0 &&
		    strcmp(letter->mail->author, mail->author) == 0 &&
		    strcmp(letter->mail->date, mail->date) == 0)
			return letter;
	}
	return NULL;
}

/* Mail that passes between others is none of our business. */
static void read_letter(Reader *self, const ThreadMail *mail)
{
	Letter *letter = letter_new(self, mail), *copy = NULL;

	if (letter->ours || letter->to_us)
		copy = find_copy(self, mail);
	if (copy != NULL)
		add_recipients(self, copy, mail);
	if (copy == NULL && (letter->ours || letter->to_us))
		g_ptr_array_add(self->letters, letter);
	else
		letter_free(letter);
}

static void read_letters(Reader *self, const GPtrArray *mails)
{
	for (guint i = 0; i < mails->len; i++)
		read_letter(self, mails->pdata[i]);
	g_ptr_array_sort(self->letters, by_arrival);
}

/* ---- what we wrote ---- */

/* Nobody's own address. */
static bool is_office(const char *address)
{
	static const char *const offices[] = {
		"info@",       "marketing@", "sales@",	    "support@",	   "abuse@",
		"noc@",	       "security@",  "webmaster@",  "postmaster@", "news@",
		"hostmaster@", "root@",	     "majordomo@",  "newsletter@", "mailer-daemon@",
		"bounce@",     "bounces@",   "listmaster@", "owner-",	   "noreply@",
		"no-reply@",   "usenet@",    "www@",	    "nobody@",	   "daemon@",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(offices); i++) {
		if (g_str_has_prefix(address, offices[i]))
			return true;
	}
	return strstr(address, "-request@") != NULL || strstr(address, "-owner@") != NULL ||
	       strstr(address, "-subscribe@") != NULL ||
	       strstr(address, "unsubscribe@") != NULL;
}

static void meet(Reader *self, const char *address, int64_t at)
{
	Person *person;

	if (g_hash_table_contains(self->people, address))
		return;
	person = g_new0(Person, 1);
	person->address = g_strdup(address);
	person->since = at;
	g_hash_table_insert(self->people, person->address, person);
	g_hash_table_add(self->reading->contacts, g_strdup(address));
}

static void read_outreach(Reader *self, Letter *letter)
{
	ClassContext context = {.seconds_after = -1};
	MessageClass class;
	GHashTableIter iter;
	gpointer address;

	if (!letter->ours || g_hash_table_size(letter->outside) == 0)
		return;
	class = self->class_of(letter->mail, &context, self->user);
	letter->outreach = class == CLASS_HUMAN || class == CLASS_BULK ||
			   class == CLASS_DECLINED || class == CLASS_LEFT_COMPANY;
	self->reading->outreach += letter->outreach;
	g_hash_table_iter_init(&iter, letter->outside);
	while (class == CLASS_HUMAN &&
	       g_hash_table_size(letter->outside) <= MANY_RECIPIENTS &&
	       g_hash_table_iter_next(&iter, &address, NULL)) {
		if (!is_office(address))
			meet(self, address, letter->mail->at);
	}
}

/* ---- what was answered ---- */

static const Letter *find_named(const Reader *self, const char *id)
{
	for (guint i = 0; i < self->letters->len; i++) {
		const Letter *letter = self->letters->pdata[i];

		if (letter->ours && g_hash_table_size(letter->outside) > 0 &&
		    strcmp(letter->mail->id, id) == 0)
			return letter;
	}
	return NULL;
}

static bool asked(const Letter *outreach, const Letter *letter)
{
	return outreach != NULL && outreach->outreach &&
	       g_hash_table_contains(outreach->outside, letter->author);
}

typedef struct {
	const Letter *outreach; /* that his mail answers; NULL if none */
	bool in_window;
	const Letter *nearest; /* mail of ours that it names, to whomever */
	int64_t known;	       /* the latest of these: what it names was there */
} Answer;

static void read_references(const Reader *self, const Letter *letter, Answer *answer)
{
	const GPtrArray *ids = letter->mail->answers;

	for (guint i = 0; i < ids->len; i++) {
		const Letter *named = find_named(self, ids->pdata[i]);

		if (named == NULL || strcmp(ids->pdata[i], letter->mail->id) == 0)
			continue;
		answer->nearest = answer->nearest != NULL ? answer->nearest : named;
		answer->known = MAX(answer->known, named->mail->at);
		if (!asked(named, letter) || answer->in_window)
			continue;
		answer->in_window = letter->mail->at - named->mail->at <= REFERENCE_SECONDS;
		if (answer->outreach == NULL || answer->in_window)
			answer->outreach = named;
	}
}

static void read_conversation(const Reader *self, const Letter *letter, Answer *answer)
{
	const Letter *newest = NULL;

	for (guint i = 0; letter->mail->thread != NULL && i < self->letters->len; i++) {
		const Letter *other = self->letters->pdata[i];

		if (other->mail->at <= letter->mail->at && asked(other, letter) &&
		    g_strcmp0(other->mail->thread, letter->mail->thread) == 0)
			newest = other;
	}
	if (newest == NULL || answer->in_window)
		return;
	answer->in_window = letter->mail->at - newest->mail->at <= THREAD_SECONDS;
	if (answer->in_window || answer->outreach == NULL)
		answer->outreach = newest;
}

/* ---- who answered ---- */

static ClassContext habits(const Reader *self, const Letter *letter, const Answer *answer)
{
	ClassContext context = {.seconds_after = -1,
				.answers_outreach = answer->outreach != NULL};

	if (answer->nearest != NULL && answer->nearest->mail->at <= letter->mail->at)
		context.seconds_after = letter->mail->at - answer->nearest->mail->at;
	for (guint i = 0; i < self->letters->len; i++) {
		const Letter *other = self->letters->pdata[i];

		if (other != letter && !other->ours && other->to_us &&
		    strcmp(other->author, letter->author) == 0 &&
		    other->mail->at <= letter->mail->at &&
		    other->mail->at >= letter->mail->at - RATE_SECONDS)
			context.recent_messages++;
	}
	return context;
}

static void promote(Reader *self, Person *person, const Letter *letter,
		    const Letter *outreach)
{
	person->promoted = true;
	g_hash_table_insert(
		self->reading->promotions,
		thread_promotion_key(person->address, letter->mail->id, outreach->mail->id),
		letter->mail->file);
}

static void read_reply(Reader *self, const Letter *letter)
{
	Person *person = g_hash_table_lookup(self->people, letter->author);
	Answer answer = {.known = letter->mail->at};
	ClassContext context;
	MessageClass class;

	if (letter->ours || !letter->to_us)
		return;
	read_references(self, letter, &answer);
	self->reading->answers += answer.nearest != NULL;
	read_conversation(self, letter, &answer);
	if (person == NULL || person->since > answer.known)
		return;
	context = habits(self, letter, &answer);
	class = self->class_of(letter->mail, &context, self->user);
	if (class == CLASS_HUMAN && answer.in_window && !person->promoted &&
	    !person->unwanted)
		promote(self, person, letter, answer.outreach);
	person->unwanted |= class == CLASS_OPT_OUT;
}

/* ---- the whole ---- */

static void person_free(gpointer person)
{
	g_free(((Person *)person)->address);
	g_free(person);
}

ThreadReading *thread_reading_new(const GPtrArray *mails, const char *ours,
				  ThreadClass class_of, void *user)
{
	g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func(letter_free);
	g_autoptr(GHashTable) people =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, person_free);
	ThreadReading *reading = g_new0(ThreadReading, 1);
	Reader self = {ours, letters, people, class_of, user, reading};

	reading->contacts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	reading->promotions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	read_letters(&self, mails);
	for (guint i = 0; i < letters->len; i++)
		read_outreach(&self, letters->pdata[i]);
	for (guint i = 0; i < letters->len; i++)
		read_reply(&self, letters->pdata[i]);
	return reading;
}

void thread_reading_free(ThreadReading *reading)
{
	g_hash_table_unref(reading->contacts);
	g_hash_table_unref(reading->promotions);
	g_free(reading);
}

char *thread_promotion_key(const char *address, const char *reply_id,
			   const char *outreach_id)
{
	return g_strdup_printf("%s %s %s", address, reply_id, outreach_id);
}
