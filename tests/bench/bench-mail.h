/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages to measure with: some of each ordinary shape, made up, always the same; or the
 * people's mail of a corpus. Each is split into fields and body, as the MTA hands it over.
 */
#ifndef LEAD_BENCH_MAIL_H
#define LEAD_BENCH_MAIL_H

#include <glib.h>

#include "lead/envelope.h"
#include "lead/settings.h"

typedef struct {
	const char *name, *body; /* borrowed from text */
} BenchField;

typedef struct {
	const char *shape; /* static */
	char *text;	   /* the whole message */
	char *split;	   /* its header section, cut into names and bodies */
	GArray *fields;	   /* of BenchField */
	const char *body;
	size_t body_length;
	Envelope envelope; /* from outside, to a rep of ours */
} BenchMail;

extern const char bench_domain[]; /* whose reps got them */

GPtrArray *bench_mails_generate(unsigned of_each_shape); /* of BenchMail * */
/* Those labelled reply or human. NULL with error. */
GPtrArray *bench_mails_from_corpus(const char *folder, GError **error);

#endif
