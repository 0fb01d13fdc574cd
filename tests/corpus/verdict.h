/* SPDX-License-Identifier: BSD-2-Clause */
/* What the daemon's own code says of each message of a corpus. */
#ifndef LEAD_TESTS_VERDICT_H
#define LEAD_TESTS_VERDICT_H

#include <glib.h>
#include <stdbool.h>

#include "lead/classify.h"
#include "lead/report.h"
#include "tests/corpus/manifest.h"

typedef struct {
	const ManifestRow *row; /* borrowed */
	bool read;		/* false: the file is not there */
	bool excepted; /* reviewed: nothing in it could tell, or its label is wrong */
	MessageClass class;
	BounceKind bounce;
	char *evidence; /* names of the rules that fired, decisive ones first; owned */
} Verdict;

GArray *verdicts_read(const char *folder, const GPtrArray *rows); /* of Verdict */

/* Label, class, rules and place, parted by tabs: nothing that the message says. */
void verdict_print(const Verdict *verdict, const char *before);

#endif
