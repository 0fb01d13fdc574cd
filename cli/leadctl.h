/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * leadctl: what every command is given and what it answers. One process runs one command
 * in one thread; option values are static in the file of their command.
 */
#ifndef LEADCTL_H
#define LEADCTL_H

#include <glib.h>
#include <stdbool.h>

#include "lead/settings.h"
#include "lead/store.h"

typedef enum { /* an interface; see leadctl(1) */
	       LEADCTL_DONE = 0,
	       LEADCTL_NOTHING = 1,  /* nothing found */
	       LEADCTL_USAGE = 2,    /* wrong command line or settings */
	       LEADCTL_NO_STORE = 3, /* store not available */
	       LEADCTL_REFUSED = 4,  /* data refused or damaged */
} ExitCode;

typedef enum { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV } Format;

typedef struct {
	char *db;   /* --db; NULL: the settings' store.uri */
	char *file; /* -c; NULL: the system's file, if it is there */
	Format format;
	Settings *settings; /* NULL until somebody asks */
} Leadctl;

/* The settings in force, read when first asked for, with --db as store.uri. NULL:
 * complained, exit LEADCTL_USAGE. */
Settings *leadctl_settings(Leadctl *leadctl);
/* NULL: complained, and *code_out says how to leave; else it is LEADCTL_DONE. Caller
 * closes. */
Store *leadctl_open(Leadctl *leadctl, StoreFlags flags, ExitCode *code_out);
/* There is no file where the database should be; not: it cannot be read. */
bool leadctl_database_is_missing(const Settings *settings);
void leadctl_clear(Leadctl *leadctl);

/* Finds whom the user means: an address, an id, the beginning of a name. False:
 * complained, and *code_out says how to leave. */
bool leadctl_find(Store *store, const char *who, int64_t *id_out, ExitCode *code_out);

/* Who sits at the keyboard, for the history: the login name, behind sudo too. Borrowed. */
const char *leadctl_actor(void);

/* One line on standard error, made safe, behind "leadctl: ". */
void complain(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same for an error of the libraries; returns the code to leave with. */
ExitCode complain_error(const GError *error);

#endif
