/* SPDX-License-Identifier: BSD-2-Clause */
/* The columns of a contact, for `list` and `show`. Rows are of Contact. */
#ifndef LEADCTL_CONTACT_LISTING_H
#define LEADCTL_CONTACT_LISTING_H

#include "column.h"

extern const Listing contact_listing;

#endif
