/* SPDX-License-Identifier: BSD-2-Clause */
/* Header sections, and the facts that are read from them, under narrow limits. */
#include <string.h>

#include "lead/facts.h"
#include "message.h"

enum { ADDRESSES = 4, REFERENCES = 5 };

static const HeaderLimits limits = {.octets = 4096, .fields = 32, .field_octets = 1024};

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	body_init();
	return 0;
}

static void check_field(const HeaderSection *section, FieldId id, size_t at)
{
	const char *body = header_section_get(section, id, at);
	size_t place = header_section_place(section, id, at);

	fuzz_law(body != NULL && header_section_name(section, id, at) != NULL);
	fuzz_law(strlen(body) <= limits.field_octets);
	fuzz_law(strchr(body, '\n') == NULL);
	fuzz_law(place < header_section_fields(section));
	fuzz_law(at == 0 || place > header_section_place(section, id, at - 1));
}

static void check_section(const HeaderSection *section)
{
	size_t kept = 0;

	for (int id = 0; id < FIELD_NONE; id++) {
		size_t count = header_section_count(section, (FieldId)id);

		for (size_t at = 0; at < count; at++)
			check_field(section, (FieldId)id, at);
		fuzz_law(header_section_get(section, (FieldId)id, count) == NULL);
		kept += count;
	}
	fuzz_law(kept <= limits.fields);
	fuzz_law(kept <= header_section_fields(section));
}

static void check_mailboxes(const GPtrArray *list)
{
	fuzz_law(list->len <= ADDRESSES);
	for (guint i = 0; i < list->len; i++) {
		const Mailbox *mailbox = list->pdata[i];

		fuzz_law_utf8(mailbox->address->canonical);
		fuzz_law_utf8(mailbox->name);
	}
}

static void check_answers(const GArray *answers)
{
	fuzz_law(answers->len <= REFERENCES);
	for (guint i = 0; i < answers->len; i++)
		for (guint j = 0; j < i; j++)
			fuzz_law(strcmp(g_array_index(answers, AnswerId, i).id,
					g_array_index(answers, AnswerId, j).id) != 0);
}

static void check_facts(const HeaderSection *section)
{
	static char ours[] = "mx.ours.example", *trusted[] = {ours, NULL};
	static const FactsOptions options = {.subaddress_separators = "+",
					     .trusted_authserv_ids = trusted,
					     .addresses_per_field = ADDRESSES,
					     .references = REFERENCES,
					     .body = {4096, 4}};
	Envelope envelope;
	MessageFacts facts;

	envelope_init(&envelope);
	facts_read(&envelope, section, NULL, 0, &options, &facts);
	check_mailboxes(facts.authors);
	check_mailboxes(facts.reply_to);
	check_mailboxes(facts.to);
	check_mailboxes(facts.cc);
	check_mailboxes(facts.bcc);
	check_answers(facts.answers);
	fuzz_law_utf8(facts.subject);
	facts_clear(&facts);
	envelope_clear(&envelope);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	FuzzMessage message = fuzz_message(octets, length, &limits);

	check_section(message.section);
	check_facts(message.section);
	header_section_free(message.section);
	return 0;
}
