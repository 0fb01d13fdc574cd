/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses that were a contact's lately: mail of theirs is handed to the writer without
 * a look into the database, which he takes anyway. Some thousands, as digests; a new one
 * takes the place of another. Whoever is found here may be no contact any more: then the
 * writer sees to it, and nothing is recorded. Any thread; no lock.
 */
#ifndef LEAD_STORE_KNOWN_ADDRESSES_H
#define LEAD_STORE_KNOWN_ADDRESSES_H

#include <stdbool.h>

#include "lead/address.h"

typedef struct KnownAddresses KnownAddresses;

KnownAddresses *known_addresses_new(void);
void known_addresses_free(KnownAddresses *known);
void known_addresses_add(KnownAddresses *known, const AddrSpec *address);
bool known_addresses_has(KnownAddresses *known, const AddrSpec *address);

#endif
