/* SPDX-License-Identifier: BSD-2-Clause */
/* The few words that a rule's row holds itself: "yes|true|add header", folded. Lists that
 * grow, or that have languages, are data (lead/words.h). */
#ifndef LEAD_CRM_SIGN_WORDS_H
#define LEAD_CRM_SIGN_WORDS_H

#include <stdbool.h>

bool row_words_start(const char *folded, const char *words);  /* at a word's end */
bool row_words_within(const char *folded, const char *words); /* anywhere */

#endif
