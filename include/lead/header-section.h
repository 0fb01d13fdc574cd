/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The header section of one message (RFC 5322 2.2): the asked fields' raw bodies, in
 * order, within limits. The milter adds fields as the MTA hands them over; files are
 * split by header_section_split(). Not locked: one transaction, one section.
 */
#ifndef LEAD_HEADER_SECTION_H
#define LEAD_HEADER_SECTION_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "lead/field.h"

typedef struct {
	size_t octets;       /* kept in all; a field beyond is counted, not kept */
	size_t fields;       /* kept in all */
	size_t field_octets; /* of one field; longer ones are cut */
} HeaderLimits;

typedef struct HeaderSection HeaderSection;

/* spam_fields: names besides LEAD_FIELDS that give FIELD_SPAM_VERDICT (NULL-terminated,
 * borrowed for the life of the section, or NULL). */
HeaderSection *header_section_new(const HeaderLimits *limits, char *const *spam_fields);
void header_section_free(HeaderSection *section);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeaderSection, header_section_free)
void header_section_clear(HeaderSection *section); /* ready for the next message */

/* Adds one field. body may start with a blank (SMFIP_HDR_LEADSPC) and hold LF or CRLF of
 * folding; it is copied only if somebody asks about name. */
void header_section_add(HeaderSection *section, const char *name, const char *body);

/* Splits the header section off a message file: an mbox "From " line in front is
 * dropped, LF and CRLF end lines, and bare CR where it ends the first one (elsewhere it
 * is part of a field, as for MTAs: nobody smuggles fields in behind one); NUL octets
 * become blanks. Returns the offset where the body starts (length if there is none). A
 * line that is no field ends the section, as MTAs do. */
size_t header_section_split(HeaderSection *section, const char *bytes, size_t length);

/* The unfolded body of the first (at = 0) or a later field of that id, without
 * surrounding blanks; NULL past the last. Borrowed until clear or free. */
const char *header_section_get(const HeaderSection *section, FieldId id, size_t at);
/* The name of that field as LEAD_FIELDS or spam_fields write it (for FIELD_SPAM_VERDICT
 * and evidence); NULL past the last. */
const char *header_section_name(const HeaderSection *section, FieldId id, size_t at);
/* Its place among all fields of the message, counted from 0 (all, not only kept ones):
 * lets Authentication-Results be compared with Received. SIZE_MAX past the last. */
size_t header_section_place(const HeaderSection *section, FieldId id, size_t at);
size_t header_section_count(const HeaderSection *section, FieldId id);

/* Seen, kept or not, with the line ends. */
size_t header_section_octets(const HeaderSection *section);
size_t header_section_fields(const HeaderSection *section); /* seen, kept or not */
bool header_section_was_cut(const HeaderSection *section);  /* some limit was passed */

#endif
