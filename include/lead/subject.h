/* SPDX-License-Identifier: BSD-2-Clause */
/* A subject read as people's mail programs write it: tags, prefixes, the rest. */
#ifndef LEAD_SUBJECT_H
#define LEAD_SUBJECT_H

#include <stdbool.h>

typedef struct {
	char *key;        /* folded, tags and all prefixes stripped; "" if nothing is left */
	bool is_reply;    /* begins with a reply prefix (one that is not also a forward's) */
	bool is_forward;
	bool is_automatic; /* an automatic-reply prefix or suffix, and no reply prefix first */
	bool is_absence;   /* and it says absence */
	bool is_marked;    /* and punctuation follows the phrase, or nothing: "Out of office:
			    * offer", not "Out of office hours" */
	bool was_answered; /* an automatic phrase behind a prefix: a person answers one */
	bool is_specific;  /* key has at least 8 characters and is not generic */
	const char *phrase; /* the automatic phrase found, borrowed; NULL if none */
} Subject;

void subject_read(const char *subject, Subject *subject_out); /* NULL reads as "" */
void subject_clear(Subject *subject);

#endif
