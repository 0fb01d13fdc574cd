/* SPDX-License-Identifier: BSD-2-Clause */
/* How the enums of the house are named and coloured in a listing's cells. */
#ifndef LEADCTL_CELL_WORDS_H
#define LEADCTL_CELL_WORDS_H

const char *stage_word(const void *stage); /* NULL for none, as of all here */
const char *direction_word(const void *direction);
const char *class_word(const void *class);
const char *role_word(const void *role);
const char *outcome_word(const void *outcome);
const char *reason_word(const void *reason);
const char *tier_word(const void *tier);
const char *auth_word(const void *verdict);
const char *action_word(const void *action);
const char *proposal_word(const void *proposal);
const char *scope_word(const void *scope);

const char *stage_colour(const void *stage);
const char *outcome_colour(const void *outcome);

#endif
