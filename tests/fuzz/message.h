/* SPDX-License-Identifier: BSD-2-Clause */
/* A message of a fuzz target, split as the daemon and `ingest` would have it. */
#ifndef TESTS_FUZZ_MESSAGE_H
#define TESTS_FUZZ_MESSAGE_H

#include "fuzz.h"
#include "lead/header-section.h"

typedef struct {
	HeaderSection *section;
	const char *body; /* behind the header section, in the input itself */
	size_t body_length;
} FuzzMessage;

static inline FuzzMessage fuzz_message(const uint8_t *octets, size_t length,
				       const HeaderLimits *limits)
{
	FuzzMessage message = {.section = header_section_new(limits, NULL)};
	size_t at = header_section_split(message.section, (const char *)octets, length);

	fuzz_law(at <= length);
	message.body = (const char *)octets + at;
	message.body_length = length - at;
	return message;
}

#endif
