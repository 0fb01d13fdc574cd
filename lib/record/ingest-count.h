/* SPDX-License-Identifier: BSD-2-Clause */
/* What a record has come to, added to a summary of ingest. Private to lib/record. */
#ifndef LEAD_RECORD_INGEST_COUNT_H
#define LEAD_RECORD_INGEST_COUNT_H

#include "lead/ingest.h"

void ingest_count(IngestSummary *summary, const RecordResult *result);

#endif
