/* SPDX-License-Identifier: BSD-2-Clause */
/* Dates of header fields: Date, and the end of Received (RFC 5322 3.3, 3.6.7). */
#ifndef LEAD_HEADER_DATE_H
#define LEAD_HEADER_DATE_H

#include <stdint.h>

/* date-time, old and broken forms included, in seconds UTC; 0 if it cannot be read. */
int64_t header_date_parse(const char *body);

#endif
