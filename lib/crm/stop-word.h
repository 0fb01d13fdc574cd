/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_CRM_STOP_WORD_H
#define LEAD_CRM_STOP_WORD_H

/* The stop word that folded is as a whole, but for quotes and punctuation around it; NULL
 * if it is none. Borrowed from the list. */
const char *stop_word_of(const char *folded);

#endif
