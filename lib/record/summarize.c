/* SPDX-License-Identifier: BSD-2-Clause */
/* The sentence before the store: facts, direction, summary. */
#include "lead/recorder.h"

HeaderLimits recorder_header_limits(const Settings *settings)
{
	return (HeaderLimits){
		.octets = (size_t)settings->header_octets,
		.fields = (size_t)settings->header_fields,
		.field_octets = (size_t)settings->field_octets,
	};
}

FactsOptions recorder_facts_options(const Settings *settings)
{
	return (FactsOptions){
		.subaddress_separators = settings->subaddress_separator,
		.trusted_authserv_ids = settings->trusted_authserv_ids,
		.addresses_per_field = (size_t)settings->addresses_per_field,
		.references = (size_t)settings->references,
		.body = {.octets = (size_t)settings->body_octets,
			 .depth = (unsigned)settings->mime_depth},
	};
}

MessageSummary *recorder_summarize(const RawMessage *message, const Settings *settings)
{
	FactsOptions options = recorder_facts_options(settings);
	DirectionVerdict direction;
	MessageSummary *summary;
	MessageFacts facts;

	facts_read(message->envelope, message->section, message->body, message->body_length,
		   &options, &facts);
	direction_decide(&facts, settings, &direction);
	summary = summary_read(&facts, &direction, settings);
	direction_verdict_clear(&direction);
	facts_clear(&facts);
	return summary;
}
