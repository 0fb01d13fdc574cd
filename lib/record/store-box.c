/* SPDX-License-Identifier: BSD-2-Clause */
#include "store-box.h"

#include "lead/error.h"

OpenStore *store_box_acquire(Recorder *recorder)
{
	OpenStore *open;

	pthread_mutex_lock(&recorder->lock);
	open = recorder->open;
	if (open != NULL)
		open->users++;
	pthread_mutex_unlock(&recorder->lock);
	return open;
}

void store_box_release(Recorder *recorder, OpenStore *open)
{
	unsigned users;

	if (open == NULL)
		return;
	pthread_mutex_lock(&recorder->lock);
	users = --open->users;
	pthread_mutex_unlock(&recorder->lock);
	if (users > 0)
		return;
	store_close(open->store);
	g_free(open);
}

static void put_store(Recorder *recorder, Store *store)
{
	OpenStore *open = g_new(OpenStore, 1);

	*open = (OpenStore){store, 1};
	pthread_mutex_lock(&recorder->lock);
	recorder->open = open;
	recorder->was_open = true;
	pthread_mutex_unlock(&recorder->lock);
}

void store_box_drop(Recorder *recorder)
{
	OpenStore *open;

	pthread_mutex_lock(&recorder->lock);
	open = recorder->open;
	recorder->open = NULL;
	pthread_mutex_unlock(&recorder->lock);
	store_box_release(recorder, open);
}

static bool is_open(Recorder *recorder, StoreFlags *flags_out)
{
	bool open;

	pthread_mutex_lock(&recorder->lock);
	open = recorder->open != NULL;
	*flags_out = recorder->was_open ? 0 : STORE_CREATE;
	pthread_mutex_unlock(&recorder->lock);
	return open;
}

/* Mail comes first: who cannot read it, can when the group has been set right. */
static void share(Recorder *recorder, Store *store, const Settings *settings)
{
	g_autoptr(GError) error = NULL;

	if (*settings->store_group != '\0' &&
	    !store_share(store, settings->store_group, &error))
		notices_tell(&recorder->notices, LEVEL_WARNING, "%s", error->message);
}

/* Only the keeper, and before it the one who makes the recorder, come here. */
bool store_box_open(Recorder *recorder)
{
	g_autoptr(Settings) settings = recorder_settings(recorder);
	g_autoptr(GError) error = NULL;
	StoreFlags flags;
	Store *store;

	if (is_open(recorder, &flags))
		return true;
	store = store_open(settings->store_uri, flags, settings->store_timeout_ms, &error);
	if (store == NULL) {
		store_box_failed(recorder, NULL, error);
		return false;
	}
	share(recorder, store, settings);
	put_store(recorder, store);
	store_box_works(recorder);
	return true;
}

/* The first of several threads that see the store go tells it. */
void store_box_failed(Recorder *recorder, OpenStore *open, const GError *reason)
{
	bool give_up =
		open != NULL && g_error_matches(reason, LEAD_ERROR, LEAD_ERROR_PERMANENT);
	bool went;

	pthread_mutex_lock(&recorder->lock);
	went = !recorder->told_away;
	recorder->away = recorder->told_away = true;
	give_up = give_up && recorder->open == open;
	if (give_up)
		recorder->open = NULL;
	pthread_cond_signal(&recorder->wake);
	pthread_mutex_unlock(&recorder->lock);
	if (give_up)
		store_box_release(recorder, open);
	if (went)
		notices_tell(&recorder->notices, LEVEL_ERROR, "the store is away: %s",
			     reason->message);
}

void store_box_let_try(Recorder *recorder)
{
	pthread_mutex_lock(&recorder->lock);
	recorder->away = false;
	pthread_mutex_unlock(&recorder->lock);
}

void store_box_works(Recorder *recorder)
{
	bool came;

	pthread_mutex_lock(&recorder->lock);
	came = recorder->told_away;
	recorder->away = recorder->told_away = false;
	pthread_mutex_unlock(&recorder->lock);
	if (came)
		notices_tell(&recorder->notices, LEVEL_WARNING, "the store is back");
}

bool store_box_is_away(Recorder *recorder)
{
	bool away;

	pthread_mutex_lock(&recorder->lock);
	away = recorder->away;
	pthread_mutex_unlock(&recorder->lock);
	return away;
}
