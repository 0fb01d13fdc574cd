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

/* ---- worlds made at random ---- */

enum { WORLDS = 40, SHUFFLES = 12, WORLD_MAILS = 12 };

static const char *any_of(const char *const *words, size_t count)
{
	return words[g_test_rand_int_range(0, (gint32)count)];
}
#define ANY(words) any_of(words, G_N_ELEMENTS(words))

static char *random_outbound(int number)
{
	static const char *const from[] = {"rep@ours.example", "two@ours.example"};
	static const char *const extra[] = {
		"", "", "subject=pumps", "subject=pumps thread=t", "thread=t",
	};

	return g_strdup_printf("out from=%s id=o%d %s", ANY(from), number, ANY(extra));
}

/* What is not kept, because nobody knows whom it concerns, depends on the order by
 * intention: mail of strangers that neither names an id nor looks like a reply, and
 * machines' mail of ours. There is none of it here. */
static char *random_inbound(int number)
{
	static const char *const from[] = {
		"jane@lead.example name=Jane",
		"jane@lead.example name=J._Doe",
		"joe@lead.example",
		"jane@home.example name=Jane",
		"bob@lead.example",
		"zoe@else.example",
	};
	static const char *const extra[] = {
		"",
		"",
		"",
		"auth=pass",
		"auth=fail",
		"signs=stop-text",
		"signs=auto-submitted-vacation absent=30",
		"signs=list-unsubscribe",
		"re subject=pumps auth=pass",
		"re thread=t",
		"signs=no-own-text",
		"signs=x-auto-response-suppress",
		"signs=delivery-report bounced=jane@lead.example:hard returned=o1",
	};

	return g_strdup_printf("in from=%s id=i%d answers=o%d %s", ANY(from), number,
			       g_test_rand_int_range(0, number + 1), ANY(extra));
}

static const char *random_recipients(const char *mail)
{
	static const char *const outside[] = {
		"to=jane@lead.example",
		"to=joe@lead.example",
		"to=jane@lead.example,joe@lead.example",
		"bcc=zoe@else.example",
		"to=jane@lead.example bcc=zoe@else.example",
	};
	static const char *const ours[] = {"to=rep@ours.example", "to=two@ours.example",
					   "to=rep@ours.example others=joe@lead.example"};

	return mail[0] == 'o' ? ANY(outside) : ANY(ours);
}

/* What a copy has of the way it took, where the message has no such words. */
static const char *random_way(const char *mail)
{
	static const char *const ways[] = {
		"", "", "signs=list-id auth=fail", "signs=list-id,list-post", "auth=pass",
	};

	return mail[0] == 'o' || strstr(mail, "auth=") != NULL ||
			       strstr(mail, "signs=") != NULL
		       ? ""
		       : ANY(ways);
}

/* A message may come several times, to other people and another way. Time goes by the
 * number, so that nobody answers what is not written yet. */
static void make_world(char **mails)
{
	char *messages[WORLD_MAILS];

	for (int i = 0; i < WORLD_MAILS; i++) {
		bool outbound = g_test_rand_int_range(0, 5) < 2;

		messages[i] = outbound ? random_outbound(i) : random_inbound(i);
	}
	for (int i = 0; i < WORLD_MAILS; i++) {
		int message = i % 3 == 2 ? g_test_rand_int_range(0, WORLD_MAILS) : i;

		mails[i] = g_strdup_printf("%s %s %s day=%d", messages[message],
					   random_recipients(messages[message]),
					   random_way(messages[message]), message / 2);
	}
	mails[WORLD_MAILS] = NULL;
	for (int i = 0; i < WORLD_MAILS; i++)
		g_free(messages[i]);
}

static void shuffle(char **mails)
{
	for (int i = WORLD_MAILS - 1; i > 0; i--) {
		int other = g_test_rand_int_range(0, i + 1);
		char *swapped = mails[i];

		mails[i] = mails[other];
		mails[other] = swapped;
	}
}

static char *tell_world(char **mails)
{
	g_autofree char *results = NULL;
	Fixture fixture;
	char *dump;

	fixture_init(&fixture, "memory", NULL);
	results = fixture_steps(&fixture, (const char *const *)mails);
	dump = fixture_dump(&fixture);
	fixture_clear(&fixture);
	return dump;
}

static void test_world(void)
{
	for (int world = 0; world < WORLDS; world++) {
		char *mails[WORLD_MAILS + 1];
		g_autofree char *wanted = NULL, *first = NULL;

		make_world(mails);
		wanted = tell_world(mails);
		first = g_strjoinv("\n  ", mails);
		for (int i = 0; i < SHUFFLES; i++) {
			g_autofree char *got = NULL, *order = NULL, *row = NULL;

			shuffle(mails);
			got = tell_world(mails);
			order = g_strjoinv("\n  ", mails);
			row = g_strconcat("told first:\n  ", first, "\nand then:\n  ",
					  order, NULL);
			assert_text(row, wanted, got);
		}
		for (int i = 0; i < WORLD_MAILS; i++)
			g_free(mails[i]);
	}
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
	g_test_add_func("/store/order/worlds", test_world);
	return g_test_run();
}
