/* SPDX-License-Identifier: BSD-2-Clause */
#include "known-addresses.h"

#include <stdatomic.h>

enum { PLACES = 16384 };

struct KnownAddresses {
	_Atomic uint64_t places[PLACES]; /* 0: empty */
	_Atomic int64_t generation;
};

KnownAddresses *known_addresses_new(void)
{
	return g_new0(KnownAddresses, 1);
}

void known_addresses_free(KnownAddresses *known)
{
	g_free(known);
}

/* FNV-1a. Two addresses with one digest do no harm, see above. */
static uint64_t digest(const AddrSpec *address)
{
	uint64_t digest = 0xcbf29ce484222325u;

	for (const char *p = address->canonical; *p != '\0'; p++)
		digest = (digest ^ (uint8_t)*p) * 0x100000001b3u;
	return digest;
}

void known_addresses_add(KnownAddresses *known, const AddrSpec *address)
{
	uint64_t mine = digest(address);

	atomic_store_explicit(&known->places[mine % PLACES], mine, memory_order_relaxed);
}

void known_addresses_heed(KnownAddresses *known, int64_t generation)
{
	if (atomic_load_explicit(&known->generation, memory_order_relaxed) == generation)
		return;
	atomic_store_explicit(&known->generation, generation, memory_order_relaxed);
	for (size_t i = 0; i < PLACES; i++)
		atomic_store_explicit(&known->places[i], 0, memory_order_relaxed);
}

bool known_addresses_has(KnownAddresses *known, const AddrSpec *address)
{
	uint64_t mine = digest(address);

	return atomic_load_explicit(&known->places[mine % PLACES], memory_order_relaxed) ==
	       mine;
}
