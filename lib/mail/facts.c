/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/facts.h"

#include <string.h>

#include "body-parts.h"
#include "facts-thread.h"
#include "header-decode.h"
#include "lead/header-date.h"
#include "report-parts.h"

/* All fields of one name go into one list: two From fields are two authors. */
static GPtrArray *mailboxes_read(const MessageFacts *facts, FieldId id, size_t limit,
				 const FactsOptions *options)
{
	GPtrArray *list = mailbox_list_new();
	const char *field;

	for (size_t at = 0; (field = header_section_get(facts->section, id, at)) != NULL;
	     at++)
		mailbox_list_parse(list, field, options->subaddress_separators, limit);
	return list;
}

/* The first mailbox of the first of these fields that has one; NULL if none has. */
static Mailbox *mailbox_read(const MessageFacts *facts, const FieldId *ids, size_t count,
			     const FactsOptions *options)
{
	for (size_t i = 0; i < count; i++) {
		g_autoptr(GPtrArray) list = NULL;

		if (header_section_get(facts->section, ids[i], 0) == NULL)
			continue;
		list = mailboxes_read(facts, ids[i], 1, options);
		if (list->len > 0)
			return g_ptr_array_steal_index(list, 0);
	}
	return NULL;
}

static void facts_read_mailboxes(const FactsOptions *options, MessageFacts *facts)
{
	static const FieldId sender[] = {FIELD_SENDER};
	static const FieldId original[] = {FIELD_X_ORIGINAL_FROM, FIELD_X_ORIGINAL_SENDER};
	size_t limit = options->addresses_per_field;

	facts->authors = mailboxes_read(facts, FIELD_FROM, limit, options);
	facts->reply_to = mailboxes_read(facts, FIELD_REPLY_TO, limit, options);
	facts->to = mailboxes_read(facts, FIELD_TO, limit, options);
	facts->cc = mailboxes_read(facts, FIELD_CC, limit, options);
	facts->bcc = mailboxes_read(facts, FIELD_BCC, limit, options);
	facts->sender = mailbox_read(facts, sender, G_N_ELEMENTS(sender), options);
	facts->original_author =
		mailbox_read(facts, original, G_N_ELEMENTS(original), options);
}

static void facts_read_texts(MessageFacts *facts)
{
	const char *subject = header_section_get(facts->section, FIELD_SUBJECT, 0);
	const char *date = header_section_get(facts->section, FIELD_DATE, 0);

	if (subject != NULL)
		facts->subject = header_text_decode(subject);
	if (date == NULL)
		return;
	facts->date_text = g_utf8_make_valid(date, -1);
	facts->date = header_date_parse(date);
}

/*
 * The verdict about the first author; where there are more, the rules trust none of them.
 * An author wrapped in another domain's address (SRS, VERP) is what that domain says of
 * somebody else, whose own policy was never asked: as good as forged.
 */
static AuthVerdict auth_read(const MessageFacts *facts, const FactsOptions *options)
{
	const char *domain = "", *delivery_domain = "";

	if (facts->authors->len > 0) {
		const Mailbox *author = facts->authors->pdata[0];

		domain = addr_spec_domain(author->address);
		delivery_domain = author->address->delivery_domain;
	}
	if (strcmp(domain, delivery_domain) != 0)
		return AUTH_FAIL;
	return auth_results_read(facts->section, options->trusted_authserv_ids, domain);
}

void facts_read_header(const Envelope *envelope, const HeaderSection *section,
		       const FactsOptions *options, MessageFacts *facts_out)
{
	memset(facts_out, 0, sizeof *facts_out);
	facts_out->envelope = envelope;
	facts_out->section = section;
	facts_read_mailboxes(options, facts_out);
	facts_read_thread(options, facts_out);
	facts_read_texts(facts_out);
	facts_out->auto_submitted =
		auto_submitted_read(section, &facts_out->auto_submitted_text);
	facts_out->auth = auth_read(facts_out, options);
	body_facts_init(&facts_out->body);
}

void facts_read_body(MessageFacts *facts, const char *body, size_t length,
		     const FactsOptions *options)
{
	if (body == NULL)
		return;
	body_facts_clear(&facts->body);
	body_read(facts->section, body, length, &options->body, &facts->body);
}

/* From, if it is one mailbox in one field, read as reports read it. */
static const Mailbox *only_author(const MessageFacts *facts, const FactsOptions *options)
{
	bool is_plain = facts->authors->len == 1 &&
			header_section_count(facts->section, FIELD_FROM) == 1 &&
			strcmp(options->subaddress_separators, "+") == 0;

	return is_plain ? facts->authors->pdata[0] : NULL;
}

bool facts_may_report(const MessageFacts *facts, const char *body, size_t length,
		      const FactsOptions *options)
{
	bool may = report_by_text_might_be_of(facts->section, only_author(facts, options),
					      facts->subject);

	length = MIN(length, options->body.octets);
	if (!may)
		mime_walk(facts->section, length > 0 ? body : "", length,
			  options->body.depth, body_part_visit_for_report, &may);
	return may;
}

void facts_read(const Envelope *envelope, const HeaderSection *section, const char *body,
		size_t length, const FactsOptions *options, MessageFacts *facts_out)
{
	facts_read_header(envelope, section, options, facts_out);
	facts_read_body(facts_out, body, length, options);
}

void facts_clear(MessageFacts *facts)
{
	g_clear_pointer(&facts->authors, g_ptr_array_unref);
	g_clear_pointer(&facts->reply_to, g_ptr_array_unref);
	g_clear_pointer(&facts->to, g_ptr_array_unref);
	g_clear_pointer(&facts->cc, g_ptr_array_unref);
	g_clear_pointer(&facts->bcc, g_ptr_array_unref);
	g_clear_pointer(&facts->answers, g_array_unref);
	mailbox_free(facts->sender);
	mailbox_free(facts->original_author);
	g_free(facts->message_id);
	g_free(facts->subject);
	g_free(facts->date_text);
	body_facts_clear(&facts->body);
	memset(facts, 0, sizeof *facts);
}
