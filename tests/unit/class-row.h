/* SPDX-License-Identifier: BSD-2-Clause */
/* A row of a test of the classifier: a message of ours in the shape that some program or
 * person gives it, and the class that it must get. */
#ifndef LEAD_TESTS_CLASS_ROW_H
#define LEAD_TESTS_CLASS_ROW_H

#include "lead/classify.h"
#include "sample-message.h"

typedef struct {
	const char *name;
	SampleEnvelope envelope;
	const char *text; /* header section and body */
	MessageClass want;
	const char *rule;     /* must be among the evidence; NULL: no matter which */
	ClassContext context; /* all zero: nothing is known */
	const char *options;
} ClassRow;

/* Fails the test with the row's name, what was wanted, and the evidence. */
void class_row_check(const ClassRow *row);

#endif
