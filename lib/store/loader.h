/* SPDX-License-Identifier: BSD-2-Clause */
/* The history of a summary, being loaded: as of the summary's place in the order of mail.
 */
#ifndef LEAD_STORE_LOADER_H
#define LEAD_STORE_LOADER_H

#include "recording.h"

typedef struct {
	Txn *txn;
	const MessageSummary *summary;
	const Settings *settings;
	int64_t self;
	Moment moment;
	/* What is there for this message. Clocks differ between hosts, but an id that it
	 * names was there before it, whatever they say. */
	Moment visible;
	const NeverLog *never_log;
	GArray *kept; /* of int64_t: contacts with an interaction of the message */
	History *history;
} Loader;

/* ---- load-never-log.c ---- */

/* On the list, and no participant yet: what has been recorded stays as it was. */
bool is_left_out(const Loader *loader, const AddrSpec *address, int64_t contact);
void load_kept(Loader *loader); /* of a recorded message; first of all */
void load_drop(Loader *loader); /* of a recorded message nothing is dropped any more */

/* ---- load-contact.c ---- */

/* NULL if it is not there (yet). */
const ContactState *load_contact(Loader *loader, int64_t id);
void load_hits(Loader *loader); /* of author and recipients */

/* ---- load-outbound.c ---- */

/* Mail of ours that is named; sees what was there by its time. Before contacts. */
void find_answered(Loader *loader);
void load_threads(Loader *loader);
void load_outreach(Loader *loader); /* to the author */
/* Recipients come last: that they are there depends on all that is named. */
void load_all_recipients(Loader *loader, const GPtrArray *messages);

#endif
