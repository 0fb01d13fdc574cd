/* SPDX-License-Identifier: BSD-2-Clause */
/* Which label got which class, how often; and what that says of each class. */
#ifndef LEAD_TESTS_CONFUSION_H
#define LEAD_TESTS_CONFUSION_H

#include <glib.h>
#include <stdbool.h>

#include "lead/classify.h"

enum { CLASS_COUNT = CLASS_HUMAN + 1, CONFUSION_LABELS_MAX = 32 };

typedef struct {
	const char *labels[CONFUSION_LABELS_MAX]; /* borrowed, in order of first sight */
	unsigned label_count;
	unsigned cells[CONFUSION_LABELS_MAX][CLASS_COUNT];
} Confusion;

void confusion_add(Confusion *confusion, const char *label, MessageClass class);
unsigned confusion_of(const Confusion *confusion, const char *label, MessageClass class);
unsigned confusion_label_total(const Confusion *confusion, const char *label);

/* True if a message of that label may rightly get that class. */
bool label_allows(const char *label, MessageClass class);
/* False for labels that nobody judged (malformed, unknown). */
bool label_is_judged(const char *label);

/* As TAP comments. */
void confusion_print(const Confusion *confusion);

#endif
