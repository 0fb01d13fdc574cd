/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses that were a contact's lately: mail of theirs is handed to the writer without
 * a look into the database, which he takes anyway. Some thousands, as digests; a new one
 * takes the place of another. Whoever is found here may be no contact any more, or on the
 * never-log list that another process has changed: then the writer sees to it, and nothing
 * is recorded. Any thread; no lock.
 */
#ifndef LEAD_STORE_KNOWN_ADDRESSES_H
#define LEAD_STORE_KNOWN_ADDRESSES_H

#include <stdbool.h>
#include <stdint.h>

#include "lead/address.h"

typedef struct KnownAddresses KnownAddresses;

KnownAddresses *known_addresses_new(void);
void known_addresses_free(KnownAddresses *known);
void known_addresses_add(KnownAddresses *known, const AddrSpec *address);
/* Forgets all of them, if the never-log list is another than before. */
void known_addresses_heed(KnownAddresses *known, int64_t never_log_generation);
bool known_addresses_has(KnownAddresses *known, const AddrSpec *address);

#endif
