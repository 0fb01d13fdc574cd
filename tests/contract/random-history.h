/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A history made up by chance: outreach to some people, and what comes back from them and
 * others; told in steps of store-fixture.h. And a model of it, which says what must be
 * known in the end, out of the events alone and whatever the order of the steps.
 */
#ifndef LEAD_TESTS_RANDOM_HISTORY_H
#define LEAD_TESTS_RANDOM_HISTORY_H

#include <glib.h>
#include <stdbool.h>

typedef struct RandomHistory RandomHistory;

RandomHistory *random_history_new(GRand *random);
void random_history_free(RandomHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RandomHistory, random_history_free)

/* Of char *, one a transaction: a mail to two people may come in two, a retried one twice,
 * one to two reps at different times. Borrowed. */
const GPtrArray *random_history_steps(const RandomHistory *history);

/* What fixture_contacts() must say. Caller frees. */
char *random_history_contacts(const RandomHistory *history);
/* "ADDRESS REPLY OUTREACH\n" of each promotion, in order of address. Caller frees. */
char *random_history_promotions(const RandomHistory *history);

#endif
