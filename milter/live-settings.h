/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The settings in force. A reload puts another snapshot in their place; whoever took one
 * before keeps it until done. Any thread.
 */
#ifndef LEADMILTER_LIVE_SETTINGS_H
#define LEADMILTER_LIVE_SETTINGS_H

#include <glib.h>
#include <stdbool.h>

#include "lead/settings.h"

void live_settings_set(Settings *settings_taken);
Settings *live_settings(void); /* a reference of the caller's */

/* Reads the file anew. With an error in it everything stays as it was; errors, and options
 * that need a restart, are logged. */
void live_settings_reload(void);

/* Logs what is allowed in the settings and can hardly be meant. */
void live_settings_warn(const Settings *settings);

#endif
