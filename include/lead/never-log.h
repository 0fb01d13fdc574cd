/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The never-log list: patterns of addresses whose mail is not recorded, or not for them.
 * Built once, then only read; belongs to its creator.
 */
#ifndef LEAD_NEVER_LOG_H
#define LEAD_NEVER_LOG_H

#include <glib.h>
#include <stdbool.h>

#include "lead/address.h"

typedef enum {
	NEVER_LOG_NOT,
	NEVER_LOG_PARTICIPANT, /* that person is left out */
	NEVER_LOG_MESSAGE,     /* the whole message is dropped */
	NEVER_LOG_N,
} NeverLogScope;
const char *never_log_scope_name(NeverLogScope scope); /* NULL for NOT */
bool never_log_scope_from_name(const char *name, NeverLogScope *scope_out);

/*
 * The form in which a pattern is kept: an address ("jane@lead.example"), a domain with its
 * sub-domains ("lead.example"), or a glob of '*' and '?' ("*@lead.example"), matched
 * against the domain where it has no '@'. "@lead.example" is that domain alone,
 * ".lead.example" its sub-domains alone. INVALID names the pattern. Caller frees.
 */
char *never_log_pattern(const char *text, GError **error);

typedef struct NeverLog NeverLog;
NeverLog *never_log_new(void);
void never_log_free(NeverLog *list); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NeverLog, never_log_free)

/* pattern: as never_log_pattern() writes it; number: what the caller knows it by. */
void never_log_add(NeverLog *list, const char *pattern, NeverLogScope scope,
		   gint64 number);
/* The strongest scope of the patterns that fit the address or its base form, and the
 * number of one of them (number_out may be NULL). NOT for the null reverse-path. */
NeverLogScope never_log_find(const NeverLog *list, const AddrSpec *address,
			     gint64 *number_out);

#endif
