/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/auth-results.h"

#include "auth-field.h"

enum { FIELDS_MAX = 50 };

static AuthVerdict verdict_of(const Findings *findings)
{
	const Finding *of = findings->of;

	if (of[METHOD_DMARC] == FINDING_PASS)
		return AUTH_PASS;
	if (of[METHOD_DMARC] == FINDING_FAIL)
		return of[METHOD_ARC] == FINDING_PASS ? AUTH_NONE : AUTH_FAIL;
	if (of[METHOD_DKIM] == FINDING_PASS || of[METHOD_SPF] == FINDING_PASS)
		return AUTH_PASS;
	return AUTH_NONE;
}

AuthVerdict auth_results_read(const HeaderSection *section, char *const *trusted,
			      const char *author_domain)
{
	size_t received = header_section_place(section, FIELD_RECEIVED, 0);
	Findings all = {{FINDING_ABSENT}}, one;
	bool has_trusted = false;

	for (size_t at = 0; at < FIELDS_MAX; at++) {
		const char *field =
			header_section_get(section, FIELD_AUTHENTICATION_RESULTS, at);

		if (field == NULL ||
		    header_section_place(section, FIELD_AUTHENTICATION_RESULTS, at) >
			    received)
			break;
		if (!auth_field_read(field, trusted, author_domain, &one))
			continue;
		has_trusted = true;
		/* the uppermost field was added last: a method that it speaks of is
		 * settled, should one with our id below be the sender's own */
		for (Method method = METHOD_NONE; method < METHODS; method++) {
			if (all.of[method] == FINDING_ABSENT)
				all.of[method] = one.of[method];
		}
	}
	return has_trusted ? verdict_of(&all) : AUTH_UNKNOWN;
}

const char *auth_verdict_name(AuthVerdict verdict)
{
	static const char *const names[] = {
		[AUTH_UNKNOWN] = "unknown",
		[AUTH_NONE] = "none",
		[AUTH_FAIL] = "fail",
		[AUTH_PASS] = "pass",
	};

	return names[verdict];
}
