/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Values of options that are more than text. Each complains by the option's name and
 * returns false if the value is wrong; text NULL (option not given) reads as 0.
 */
#ifndef LEADCTL_OPTION_VALUES_H
#define LEADCTL_OPTION_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/stage.h"

bool option_stage(const char *name, const char *text, Stage *stage_out);
bool option_date(const char *name, const char *text, int64_t *at_out);
bool option_limit(const char *name, const char *text, size_t *limit_out);

#endif
