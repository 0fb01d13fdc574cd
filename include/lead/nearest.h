/* SPDX-License-Identifier: BSD-2-Clause */
/* What a misspelt word may have meant: an option's name, a command's. No state. */
#ifndef LEAD_NEAREST_H
#define LEAD_NEAREST_H

#include <stddef.h>

/* The nearest of the candidates by edit distance; NULL if none is near. */
const char *nearest_word(const char *word, const char *const *candidates, size_t count);

#endif
