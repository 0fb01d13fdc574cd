/* SPDX-License-Identifier: BSD-2-Clause */
/* What the list fields (RFC 2369, RFC 2919) say of the list that a message came through. */
#ifndef LEAD_CRM_LIST_FIELDS_H
#define LEAD_CRM_LIST_FIELDS_H

#include <stdbool.h>

#include "lead/header-section.h"
#include "lead/settings.h"

/* Any field that list software adds, List-Unsubscribe excepted: senders of one-to-one mail
 * add that one too. */
bool list_fields_present(const HeaderSection *section);

/* The list's identifier: "pumps.example.net" of "Pumps <pumps.example.net>"; NULL if the
 * message has none. Caller frees. */
char *list_id_read(const HeaderSection *section);

/* The address of List-Post; NULL if there is none. Caller frees. */
char *list_post_read(const HeaderSection *section);

/* A list of ours: named in [mail] own_lists, or under one of our domains. */
bool list_is_own(const HeaderSection *section, const Settings *settings);

#endif
