/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Settings: every option of leadmilter and leadctl, read from an INI file. One row of
 * the option table (lib/settings/options.c) says all about an option; the parser, the
 * defaults, the sample file, `leadctl config` and the manual's list come from it.
 * A loaded snapshot is immutable and counted; a session keeps the one it began with.
 */
#ifndef LEAD_SETTINGS_H
#define LEAD_SETTINGS_H

#include <gio/gio.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lead/address.h"

typedef enum { ON_FAILURE_SPOOL, ON_FAILURE_ACCEPT, ON_FAILURE_TEMPFAIL } OnFailure;
typedef enum { ON_SPOOL_FAILURE_ACCEPT, ON_SPOOL_FAILURE_TEMPFAIL } OnSpoolFailure;
typedef enum { AUTO_CREATE_SENT, AUTO_CREATE_SALES, AUTO_CREATE_NONE } AutoCreate;
typedef enum { PROMOTION_AUTO, PROMOTION_SUGGEST, PROMOTION_CRITERIA } PromotionMode;
typedef enum { LOG_TARGET_SYSLOG, LOG_TARGET_STDERR } LogTarget;
typedef enum { LEVEL_ERROR, LEVEL_WARNING, LEVEL_INFO, LEVEL_DEBUG } LogLevel;

typedef struct Settings {
	/* [milter] */
	char *socket;        /* unix:PATH, local:PATH, inet:PORT@HOST, inet6:PORT@HOST */
	char *user;          /* to run as when started by root; "" keeps the user */
	char *socket_group;  /* "" keeps the group */
	int64_t socket_mode; /* octal in the file */
	bool foreground;
	bool read_body;
	bool read_ahead;	  /* of what the MTA has sent, as much as there is */
	bool allow_public_listen; /* inet:PORT without a host */
	int64_t drain_timeout_ms;
	int64_t max_sessions, max_descriptors;

	/* [mail] */
	char **local_domains;
	char **internal_networks;
	char **submission_daemons;
	char **submission_ports;
	char **trusted_authserv_ids;
	char *subaddress_separator;
	char **spam_headers;  /* field names whose verdict is read */
	char **human_senders; /* addresses and domains that no weak sign makes suspect */
	char **own_lists;     /* List-Ids of ours: no sign of a list */

	/* [limits] */
	int64_t header_octets, header_fields, field_octets;
	int64_t recipients, addresses_per_field, references;
	int64_t body_octets, mime_depth;

	/* [store] */
	char *store_group;        /* of the system, that reads the database; "" none */
	char *store_uri;          /* sqlite:PATH, memory: */
	int64_t store_timeout_ms; /* 5 s; above 8 s refused: Sendmail waits 10 */
	OnFailure on_failure;
	OnSpoolFailure on_spool_failure; /* with ON_FAILURE_SPOOL only */
	char *spool;              /* folder; "" is beside the database */

	/* [contacts] */
	AutoCreate auto_create;
	char **sales_addresses;
	int64_t max_new_by_strangers, max_new_by_rep; /* in 24 h; 0: no limit */
	int64_t max_recipients;

	/* [promotion] */
	PromotionMode promotion_mode;
	int64_t criteria_min;
	char **never_promote; /* addresses and domains */

	/* [privacy] */
	bool store_subject;
	int64_t snippet; /* first own characters kept; 0 none */

	/* [log] */
	LogLevel log_level;
	LogTarget log_target;
	bool log_addresses;

	/* derived while loading, never from the file */
	DomainSet *local_domain_set;
	GPtrArray *internal_masks;      /* of GInetAddressMask * */
	GHashTable *sales_address_set;  /* canonical addresses */
	char *file;                     /* where it came from; NULL for the defaults */
	int references_held;            /* atomic; for settings_ref/unref only */
} Settings;

/* The defaults alone: for tests, and for leadctl without a file. Never fails. */
Settings *settings_new_default(void);

/* Reads file over the defaults. Errors (INVALID; NOT_FOUND, PERMANENT for the file
 * itself) name file, section and option; an unknown name is refused with the nearest
 * known one; several errors are all in the text, a line each. */
Settings *settings_load(const char *file, GError **error);
/* The same from text; name stands for the file in errors. */
Settings *settings_load_text(const char *text, const char *name, GError **error);

Settings *settings_ref(Settings *settings);
void settings_unref(Settings *settings); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_unref)

/* The path of a unix socket that [milter] socket names; NULL for another family. Borrowed. */
const char *settings_socket_path(const Settings *settings);
bool settings_is_local_domain(const Settings *settings, const char *domain);
bool settings_is_internal(const Settings *settings, const char *client_address);
/* words of addresses ("a@b"), domains ("b", and its sub-domains as ".b") against address */
bool settings_words_match(char *const *words, const AddrSpec *address);

/* The commented sample file: every option with its default and summary. */
void settings_write_sample(FILE *out);
/* The values in force, one "section.option = value" a line, for `leadctl config`. */
void settings_write(const Settings *settings, FILE *out);
/* One line per option: section, name, type, default, summary, tab-separated; checked
 * against the manual. */
void settings_write_table(FILE *out);

/* What is allowed and can hardly be meant, a sentence for the log or the terminal; NULL if
 * there is nothing to say. Static. */
const char *settings_warning(const Settings *settings);

/* Options that a reload cannot bring into force, of those that differ: "milter.socket
 * milter.user"; NULL if none. Caller frees. */
char *settings_needing_restart(const Settings *old, const Settings *new);

#endif
