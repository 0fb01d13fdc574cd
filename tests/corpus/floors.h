/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floors: which share of which messages may come out wrong. They only ever fall, and
 * are never above what the product promises.
 */
#ifndef LEAD_TESTS_FLOORS_H
#define LEAD_TESTS_FLOORS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

size_t floors_count(void);

/* Prints, as TAP, the floor's line (numbered number) and each verdict that disagrees. */
bool floor_check(size_t floor, const GArray *verdicts, size_t number);

#endif
