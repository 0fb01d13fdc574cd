/* SPDX-License-Identifier: BSD-2-Clause */
#include "live-settings.h"

#include <pthread.h>

#include "counters.h"
#include "log.h"
#include "notify.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Settings *current;

void live_settings_set(Settings *settings_taken)
{
	Settings *old;

	pthread_mutex_lock(&lock);
	old = current;
	current = settings_taken;
	pthread_mutex_unlock(&lock);
	settings_unref(old);
}

Settings *live_settings(void)
{
	Settings *settings;

	pthread_mutex_lock(&lock);
	settings = settings_ref(current);
	pthread_mutex_unlock(&lock);
	return settings;
}

void live_settings_warn(const Settings *settings)
{
	const char *warning = settings_warning(settings);

	if (warning != NULL)
		log_write(LEVEL_WARNING, "%s", warning);
}

static void bring_into_force(Settings *settings_taken, const Settings *old)
{
	g_autofree char *restart = settings_needing_restart(old, settings_taken);

	log_open(settings_taken->log_target, settings_taken->log_level);
	live_settings_set(settings_taken);
	counter_add(COUNT_RELOADS);
	live_settings_warn(settings_taken);
	if (restart != NULL)
		log_write(LEVEL_WARNING, "settings reloaded; these need a restart: %s",
			  restart);
	else
		log_write(LEVEL_INFO, "settings reloaded");
}

void live_settings_reload(void)
{
	g_autoptr(Settings) old = live_settings();
	g_autoptr(GError) error = NULL;
	Settings *settings;

	notify_reloading();
	settings = settings_load(old->file, &error);
	if (settings != NULL) {
		bring_into_force(settings, old);
	} else {
		log_write_lines(LEVEL_ERROR, "", error->message);
		log_write(LEVEL_ERROR, "settings not changed, for the errors above");
	}
	notify_ready();
}
