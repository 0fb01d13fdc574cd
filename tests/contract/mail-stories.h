/* SPDX-License-Identifier: BSD-2-Clause */
/* Mail as it came, and what the store holds then; for the contract and for its order. */
#ifndef LEAD_TESTS_MAIL_STORIES_H
#define LEAD_TESTS_MAIL_STORIES_H

#include <stddef.h>

enum { STORY_STEPS_MAX = 10 };

typedef struct {
	const char *name;
	const char *settings; /* or NULL */
	const char *steps[STORY_STEPS_MAX];
	const char *results;  /* a line for each step */
	const char *contacts; /* fixture_contacts() */
} MailStory;

extern const MailStory mail_stories[];
extern const size_t mail_story_count;

#endif
