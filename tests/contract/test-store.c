/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract of every backend: mail is recorded, and what follows from it. */
#include "lead/words.h"
#include "mail-stories.h"
#include "store-fixture.h"

static void test_story(gconstpointer data)
{
	const MailStory *story = data;

	for (size_t i = 0; fixture_backends[i] != NULL; i++) {
		Fixture fixture;
		g_autofree char *results = NULL, *contacts = NULL;

		fixture_init(&fixture, fixture_backends[i], story->settings);
		results = fixture_steps(&fixture, story->steps);
		assert_text(story->name, story->results, results);
		contacts = fixture_contacts(&fixture);
		assert_text(story->name, story->contacts, contacts);
		fixture_clear(&fixture);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	for (size_t i = 0; i < mail_story_count; i++) {
		g_autofree char *path =
			g_strdup_printf("/store/mail/%s", mail_stories[i].name);

		g_test_add_data_func(path, &mail_stories[i], test_story);
	}
	return g_test_run();
}
