/* SPDX-License-Identifier: BSD-2-Clause */
/* One mailbox as it stands in an address field. Private to lib/mail. */
#ifndef LEAD_MAIL_MAILBOX_ITEM_H
#define LEAD_MAIL_MAILBOX_ITEM_H

#include "addr-scan.h"
#include "lead/address.h"

typedef struct {
	Slice phrase;  /* in front of the address, or the comment that stands in for it */
	Slice address; /* addr-spec, or what is between the brackets */
} MailboxItem;

/*
 * A mailbox without brackets: the word that holds the '@' is the address, what stands in
 * front of it ("Joe joe@b") or else a comment ("joe@b (Joe)") its name. Blanks beside
 * '@' and '.' part no words. False if there is no '@', unless it is one plain
 * word ("root").
 */
bool mailbox_item_read_bare(Slice text, MailboxItem *item_out);

/* NULL if there is no address, or the null path of anybody but a mailer daemon. */
Mailbox *mailbox_parse(const MailboxItem *item, const char *subaddress_separators);

#endif
