/* SPDX-License-Identifier: BSD-2-Clause */
#include "contact-listing.h"

#include "cell-words.h"
#include "lead/contact.h"

/* Names are an interface: see leadctl(1). */
static const Column columns[] = {
	COLUMN(Contact, id, NULL, CELL_INTEGER),
	COLUMN(Contact, address, "ADDRESS", CELL_TEXT),
	COLUMN(Contact, addresses, NULL, CELL_LIST),
	COLUMN_TEXT(Contact, name, "NAME"),
	COLUMN_TEXT(Contact, organization, "ORGANIZATION"),
	COLUMN_WORD(Contact, stage, "STAGE", stage_word, stage_colour),
	COLUMN(Contact, stage_since, "SINCE", CELL_TIME),
	COLUMN_TEXT(Contact, owner, "OWNER"),
	COLUMN_TEXT(Contact, source, "SOURCE"),
	COLUMN(Contact, last_inbound, "LAST INBOUND", CELL_TIME),
	COLUMN(Contact, last_outbound, NULL, CELL_TIME),
	COLUMN(Contact, absent_until, NULL, CELL_TIME),
	COLUMN(Contact, created_at, NULL, CELL_TIME),
	COLUMN(Contact, tags, NULL, CELL_LIST),
	COLUMN(Contact, custom, NULL, CELL_OBJECT),
	COLUMN(Contact, locked, NULL, CELL_FLAG),
	COLUMN(Contact, do_not_contact, NULL, CELL_FLAG),
	COLUMN(Contact, address_bad, NULL, CELL_FLAG),
};

const Listing contact_listing = LISTING("contacts", columns);
