/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Folders whose names outlive a power cut: a file's sync is worth nothing as long as the
 * folder that names it, or the one above that, was not synced. Any thread.
 */
#ifndef LEAD_DURABLE_FOLDER_H
#define LEAD_DURABLE_FOLDER_H

#include <stdbool.h>
#include <sys/types.h>

/* Makes the folder and those above it where they are missing; returns when their names are
 * durable. False with errno. */
bool durable_folder_make(const char *path, mode_t mode);

/* Makes durable what was made, renamed or removed in the folder. False with errno. */
bool durable_folder_sync(const char *path);

#endif
