/* SPDX-License-Identifier: BSD-2-Clause */
/* Dates as people give them, and as they are shown. Seconds UTC inside. */
#ifndef LEADCTL_DATE_H
#define LEADCTL_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* RFC 3339 ("2026-11-01T09:30:00+01:00"), a day ("2026-11-01", from its midnight UTC), or
 * a time before now ("30d"; also h and w). False: none of them. */
bool date_read(const char *text, int64_t now, int64_t *at_out);

/* RFC 3339 in UTC; NULL for 0. Caller frees. */
char *date_text(int64_t at);

int64_t date_now(void);

#endif
