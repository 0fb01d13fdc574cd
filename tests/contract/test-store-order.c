/* SPDX-License-Identifier: BSD-2-Clause */
/* The final state depends on the mail, not on the order in which it was recorded. Every
 * story is told in every order (long ones in many), and in either backend. */
#include <string.h>

#include "lead/words.h"
#include "mail-stories.h"
#include "store-fixture.h"

enum { ORDERS_MAX = 130 };

static bool is_mail(const char *step)
{
	return g_str_has_prefix(step, "in ") || g_str_has_prefix(step, "out ");
}

static size_t story_length(const MailStory *story)
{
	size_t length = 0;

	while (length < STORY_STEPS_MAX && story->steps[length] != NULL) {
		if (!is_mail(story->steps[length]))
			return 0;
		length++;
	}
	return length;
}

/* The next permutation of the indices; false behind the last. */
static bool next_order(size_t *order, size_t length)
{
	size_t i = length, j = length;

	while (i >= 2 && order[i - 2] >= order[i - 1])
		i--;
	if (i < 2)
		return false;
	while (order[j - 1] <= order[i - 2])
		j--;
	order[i - 2] ^= order[j - 1];
	order[j - 1] ^= order[i - 2];
	order[i - 2] ^= order[j - 1];
	for (size_t a = i - 1, b = length - 1; a < b; a++, b--) {
		size_t swapped = order[a];

		order[a] = order[b];
		order[b] = swapped;
	}
	return true;
}

static char *tell(const MailStory *story, const char *backend, const size_t *order,
		  size_t length)
{
	const char *steps[STORY_STEPS_MAX + 1] = {NULL};
	g_autofree char *results = NULL;
	Fixture fixture;
	char *dump;

	for (size_t i = 0; i < length; i++)
		steps[i] = story->steps[order[i]];
	fixture_init(&fixture, backend, story->settings);
	results = fixture_steps(&fixture, steps);
	dump = fixture_dump(&fixture);
	fixture_clear(&fixture);
	return dump;
}

static char *describe(const MailStory *story, const char *backend, const size_t *order,
		      size_t length)
{
	GString *text = g_string_new(story->name);

	g_string_append_printf(text, " (%s)", backend);
	for (size_t i = 0; i < length; i++)
		g_string_append_printf(text, "\n  %s", story->steps[order[i]]);
	return g_string_free(text, FALSE);
}

static void test_order(gconstpointer data)
{
	const MailStory *story = data;
	size_t length = story_length(story),
	       order[STORY_STEPS_MAX] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
	g_autofree char *wanted = tell(story, "memory", order, length);
	unsigned orders = 0;

	do {
		/* SQLite is the slower one: every fifth order. */
		bool durable = orders % 5 == 0;
		const char *backend = durable ? "sqlite" : "memory";
		g_autofree char *got = tell(story, backend, order, length);
		g_autofree char *row = describe(story, backend, order, length);

		assert_text(row, wanted, got);
	} while (++orders < ORDERS_MAX && next_order(order, length));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	for (size_t i = 0; i < mail_story_count; i++) {
		g_autofree char *path =
			g_strdup_printf("/store/order/%s", mail_stories[i].name);

		if (story_length(&mail_stories[i]) > 1)
			g_test_add_data_func(path, &mail_stories[i], test_order);
	}
	return g_test_run();
}
