/* SPDX-License-Identifier: BSD-2-Clause */
/* MIME, reports and all else that is read from a body. */
#include <string.h>

#include "lead/body.h"
#include "message.h"

static const HeaderLimits header_limits = {65536, 200, 8192};

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	body_init();
	return 0;
}

static void check_recipient(const ReportRecipient *recipient)
{
	fuzz_law(recipient->kind <= BOUNCE_HARD);
	fuzz_law_utf8(recipient->status);
	if (recipient->recipient != NULL)
		fuzz_law_utf8(recipient->recipient->canonical);
	if (recipient->original != NULL)
		fuzz_law_utf8(recipient->original->canonical);
}

static void check_report(const Report *report)
{
	BounceKind strongest = BOUNCE_NONE;

	for (guint i = 0; i < report->recipients->len; i++) {
		const ReportRecipient *recipient = report->recipients->pdata[i];

		check_recipient(recipient);
		strongest = MAX(strongest, recipient->kind);
	}
	fuzz_law(report->bounce >= strongest);
	fuzz_law(report->bounce == BOUNCE_NONE || report->kind == REPORT_DELIVERY ||
		 report->kind == REPORT_DELIVERY_BY_TEXT);
	fuzz_law(report->feedback_type == NULL || report->kind == REPORT_FEEDBACK);
	fuzz_law(report->disposition == DISPOSITION_NONE ||
		 report->kind == REPORT_DISPOSITION);
	fuzz_law_utf8(report->feedback_type);
	fuzz_law_utf8(report->original_author);
}

static void read_body(const FuzzMessage *message, const BodyLimits *limits)
{
	BodyFacts facts;

	body_read(message->section, message->body, message->body_length, limits, &facts);
	check_report(&facts.report);
	fuzz_law(facts.calendar <= CALENDAR_REPLY_DECLINED);
	fuzz_law_utf8(facts.own_text);
	fuzz_law(facts.own_text == NULL || facts.had_text);
	body_facts_clear(&facts);
}

/* Once with the limits of the settings, once with such as cut everywhere. */
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	static const BodyLimits wide = {65536, 8}, narrow = {64, 1};
	FuzzMessage message = fuzz_message(octets, length, &header_limits);

	read_body(&message, &wide);
	read_body(&message, &narrow);
	header_section_free(message.section);
	return 0;
}
