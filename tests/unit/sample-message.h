/* SPDX-License-Identifier: BSD-2-Clause */
/* A message and its envelope out of a table row, read as the product reads them. */
#ifndef LEAD_TESTS_SAMPLE_MESSAGE_H
#define LEAD_TESTS_SAMPLE_MESSAGE_H

#include "lead/direction.h"
#include "lead/facts.h"
#include "lead/settings.h"

enum { SAMPLE_AT = 1790000000 }; /* arrival, s UTC */

/* How a message came; NULL members are not known. */
typedef struct {
	const char *client; /* address, "local", "archive"; NULL: 192.0.2.1, a stranger */
	const char *daemon_name, *daemon_port, *auth_type, *auth_authen;
	const char *reverse_path; /* NULL: jane@lead.example; "unknown": not known */
	const char *recipients; /* blank-separated, "a@b/mailer"; NULL: rep@ours.example */
	const char *queue_id, *generated_id;
} SampleEnvelope;

typedef struct {
	Settings *settings;
	Envelope envelope;
	HeaderSection *section;
	char *body; /* exact size */
	MessageFacts facts;
	DirectionVerdict direction;
} SampleMessage;

/* Local domains are ours.example and .ours.example; options: further lines of an INI file,
 * or NULL. text: header fields and body, lines ended by LF. */
void sample_read(SampleMessage *sample, const char *text, const SampleEnvelope *envelope,
		 const char *options);
void sample_clear(SampleMessage *sample);

#endif
