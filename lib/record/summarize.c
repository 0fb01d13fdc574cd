/* SPDX-License-Identifier: BSD-2-Clause */
/* The sentence before the store: facts, direction, summary. */
#include "lead/decide.h"
#include "lead/recorder.h"
#include "lead/subject.h"
#include "summarizing.h"

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

void summarizing_begin(Summarizing *self, const RawMessage *message,
		       const Settings *settings)
{
	*self = (Summarizing){
		.message = message,
		.settings = settings,
		.options = recorder_facts_options(settings),
	};
	facts_read_header(message->envelope, message->section, &self->options,
			  &self->facts);
	direction_decide(&self->facts, settings, &self->direction);
	self->summary = summary_begin(&self->facts, &self->direction, settings);
}

static bool subject_is_reply(const MessageFacts *facts)
{
	Subject subject;
	bool is_reply;

	subject_read(facts->subject, &subject);
	is_reply = subject.is_reply;
	subject_clear(&subject);
	return is_reply;
}

bool summarizing_names_nothing(const Summarizing *self)
{
	const MessageFacts *facts = &self->facts;

	return facts->answers->len == 0 && !facts->has_thread_index &&
	       !decide_may_make_lead(self->summary, self->settings) &&
	       !subject_is_reply(facts) &&
	       !facts_may_report(facts, self->message->body, self->message->body_length,
				 &self->options);
}

void summarizing_read_body(Summarizing *self)
{
	facts_read_body(&self->facts, self->message->body, self->message->body_length,
			&self->options);
}

void summarizing_complete(Summarizing *self)
{
	summary_complete(self->summary, &self->facts, &self->direction, self->settings);
}

MessageSummary *summarizing_end(Summarizing *self)
{
	direction_verdict_clear(&self->direction);
	facts_clear(&self->facts);
	return g_steal_pointer(&self->summary);
}

MessageSummary *recorder_summarize(const RawMessage *message, const Settings *settings)
{
	Summarizing self;

	summarizing_begin(&self, message, settings);
	summarizing_read_body(&self);
	summarizing_complete(&self);
	return summarizing_end(&self);
}
