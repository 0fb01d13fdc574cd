/* SPDX-License-Identifier: BSD-2-Clause */
/* Months as numbers: 202611 is November 2026, in UTC. */
#ifndef LEAD_STORE_MONTH_H
#define LEAD_STORE_MONTH_H

#include <stdint.h>
#include <time.h>

static inline int64_t month_of(int64_t at)
{
	time_t seconds = (time_t)at;
	struct tm parts;

	gmtime_r(&seconds, &parts);
	return (int64_t)(parts.tm_year + 1900) * 100 + parts.tm_mon + 1;
}

#endif
