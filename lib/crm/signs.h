/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LEAD_CRM_SIGNS_H
#define LEAD_CRM_SIGNS_H

#include "lead/classify.h"
#include "reading.h"

/* signs_read() of what was made ready. */
void signs_of_reading(const Reading *reading, GArray *signs);
/* Appends a sign of rule; text (may be NULL) is made safe, cut and copied. */
void signs_add(GArray *signs, uint16_t rule, const char *text);

#endif
