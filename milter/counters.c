/* SPDX-License-Identifier: BSD-2-Clause */
#include "counters.h"

static int64_t counters[COUNT_N];

void counter_add(Counter counter)
{
	__atomic_fetch_add(&counters[counter], 1, __ATOMIC_RELAXED);
}

int64_t counter_get(Counter counter)
{
	return __atomic_load_n(&counters[counter], __ATOMIC_RELAXED);
}

const char *counter_name(Counter counter)
{
	static const char *const names[COUNT_N] = {
#define X(identifier, name) [COUNT_##identifier] = name,
		LEAD_COUNTERS(X)
#undef X
	};

	return names[counter];
}
