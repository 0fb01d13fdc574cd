/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mail addresses: the addr-spec of RFC 5321 (paths) and RFC 5322 (mailboxes) in the
 * form in which contacts are matched. Values are immutable and may be shared between
 * threads; each belongs to its creator, and its texts are one block of memory with it.
 */
#ifndef LEAD_ADDRESS_H
#define LEAD_ADDRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
	char *canonical; /* "local@domain": lower-case, quotes and escapes resolved where
			  * they are not needed, domain in A-labels, BATV, SRS and VERP
			  * decoded; valid UTF-8; "" is the null reverse-path; "root" a
			  * bare local part */
	char *base;      /* canonical without its subaddress; equal where there is none */
	char *original;  /* as it was written, in UTF-8 (other octets read as Latin-1), without
			  * brackets and without comments around it; reads back to the same */
	size_t at;       /* offset of the '@' in canonical; its length if there is none */
	/* where mail to it goes: canonical's domain, unless SRS or VERP were decoded
	 * ("bounces+joe=b.de@ours.de": ours.de); decides whose it is; "" for none */
	char *delivery_domain;
} AddrSpec;

/* One mailbox of a header field: its address and display-name (RFC 5322 3.4). */
typedef struct {
	AddrSpec *address;
	char *name; /* decoded (RFC 2047), valid UTF-8; NULL if none */
} Mailbox;

/*
 * Reads an RFC 5321 path or a bare addr-spec: "<a@b>", "a@b", "<@x,@y:a@b>", "<>", "",
 * "\"odd local\"@b", 8-bit local parts and U-labels (RFC 6531). subaddress_separators
 * are the characters that each end the base form ("+"; "" for none; never cut an empty
 * local part). Octets that are no UTF-8 are read as Latin-1. Gives NULL for what is beyond
 * 1,000 octets, in UTF-8 or in its canonical form, has a bracket in the middle, or an empty
 * local part or domain beside an '@'.
 */
AddrSpec *addr_spec_parse(const char *path, const char *subaddress_separators);
AddrSpec *addr_spec_copy(const AddrSpec *address);
void addr_spec_free(AddrSpec *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AddrSpec, addr_spec_free)

bool addr_spec_is_null(const AddrSpec *address); /* the null reverse-path <> */
bool addr_spec_equal(const AddrSpec *a, const AddrSpec *b); /* by canonical form */
const char *addr_spec_domain(const AddrSpec *address); /* "" for null path, bare name */

/* True for a role, no-reply, list-owner or daemon local part (RFC 2142 and usage):
 * noreply, no-reply, donotreply, postmaster, mailer-daemon, *-request, owner-*, bounces. */
bool addr_spec_is_role(const AddrSpec *address);
/* The narrower family that nobody reads: noreply, no-reply, do.not.reply, ... */
bool addr_spec_is_no_reply(const AddrSpec *address);
/* The narrower family where a service tells what happened: notifications, alerts, ... */
bool addr_spec_is_service(const AddrSpec *address);
/* The narrower family of mailer daemons: mailer-daemon, postmaster, mailerdaemon, ... */
bool addr_spec_is_mailer_daemon(const AddrSpec *address);

/*
 * Appends the mailboxes of one address header field (From, To, Reply-To ...) to list
 * (of Mailbox *): groups flattened, comments dropped, encoded words decoded, at most
 * limit mailboxes in list afterwards. Never fails: what cannot be read is left out;
 * returns how many mailboxes were left out for the limit.
 */
size_t mailbox_list_parse(GPtrArray *list, const char *field,
			  const char *subaddress_separators, size_t limit);
GPtrArray *mailbox_list_new(void); /* frees its mailboxes with itself */
Mailbox *mailbox_new(AddrSpec *address_taken, const char *name);
void mailbox_free(Mailbox *mailbox);

/*
 * A set of domains as the settings write it: "example.com" is that domain alone,
 * ".example.com" its sub-domains alone. Words are folded and put into A-labels.
 */
typedef struct DomainSet DomainSet;
DomainSet *domain_set_new(char *const *words, GError **error); /* INVALID names the word */
void domain_set_free(DomainSet *set);
bool domain_set_has(const DomainSet *set, const char *domain); /* domain in A-labels */
bool domain_set_is_empty(const DomainSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DomainSet, domain_set_free)

/* The registrable domain by the public suffix list ("mx.a.co.uk" -> "a.co.uk"); the
 * domain itself if it is a public suffix or has none. Points into domain. */
const char *domain_registrable(const char *domain);

#endif
