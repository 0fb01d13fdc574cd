/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Histories made up by chance end as a model of them says, in either backend, whatever the
 * order of the mail, whether each message comes by itself or some at once out of a spool or
 * an archive, and when all of it is told once more, and once more. The seed is printed;
 * LEAD_SEED sets another.
 */
#include <stdlib.h>
#include <string.h>

#include "lead/spool.h"
#include "lead/words.h"
#include "random-history.h"
#include "store-fixture.h"

enum { HISTORIES = 120, ORDERS = 3, DURABLE_EACH = 6, DEFAULT_SEED = 20261122 };

typedef struct {
	const RandomHistory *history;
	GRand *random;
	guint32 seed;
	unsigned number;
	char *wanted, *promotions, *dump; /* dump: of the first telling */
} Trial;

static GPtrArray *shuffled(const GPtrArray *steps, GRand *random)
{
	GPtrArray *order = g_ptr_array_new();

	for (guint i = 0; i < steps->len; i++)
		g_ptr_array_insert(order, g_rand_int_range(random, 0, (gint32)i + 1),
				   steps->pdata[i]);
	return order;
}

static char *describe(const Trial *trial, const GPtrArray *order, const char *what)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, "seed %u, history %u: %s", trial->seed, trial->number,
			       what);
	for (guint i = 0; i < order->len; i++)
		g_string_append_printf(text, "\n  %s", (const char *)order->pdata[i]);
	return g_string_free(text, FALSE);
}

static void check(const Trial *trial, const GPtrArray *order, const char *what,
		  const char *wanted, const char *got)
{
	g_autofree char *row = NULL;

	if (strcmp(wanted, got) == 0)
		return;
	row = describe(trial, order, what);
	assert_text(row, wanted, got);
}

static void tell(Fixture *fixture, const GPtrArray *order)
{
	for (guint i = 0; i < order->len; i++)
		g_free(fixture_step(fixture, order->pdata[i]));
}

/* As it comes out of a spool, which wants a rule that the words of a step do not give. */
static MessageSummary *respooled(const char *step)
{
	g_autoptr(MessageSummary) summary = fixture_summary(step);
	g_autoptr(GBytes) record = NULL;
	MessageSummary *copy;

	summary->direction_rule = "a rule";
	record = summary_encode(summary);
	copy = summary_decode(g_bytes_get_data(record, NULL), g_bytes_get_size(record),
			      "+");
	g_assert_nonnull(copy);
	copy->direction_rule = NULL;
	return copy;
}

/* Several in one transaction each time. */
static void tell_many(Fixture *fixture, const GPtrArray *order, GRand *random)
{
	enum { MOST = 7 };

	for (guint from = 0, many; from < order->len; from += many) {
		MessageSummary *summaries[MOST];
		RecordResult results[MOST];
		g_autoptr(GError) error = NULL;

		many = (guint)g_rand_int_range(random, 1, MOST + 1);
		many = MIN(many, order->len - from);
		for (guint i = 0; i < many; i++)
			summaries[i] = respooled(order->pdata[from + i]);
		store_record_many(fixture->store, summaries, many, fixture->settings,
				  results, &error);
		g_assert_no_error(error);
		for (guint i = 0; i < many; i++)
			summary_unref(summaries[i]);
	}
}

static bool take_promotion(const HistoryRow *row, void *lines)
{
	if (row->to == STAGE_PROSPECT)
		g_ptr_array_add(lines, g_strdup_printf("%s %s %s\n", row->address,
						       row->message_id, row->outreach_id));
	return true;
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *promotions_of(Fixture *fixture)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;

	store_visit_history(fixture->store, 0, 0, take_promotion, lines, &error);
	g_assert_no_error(error);
	g_ptr_array_sort(lines, compare_lines);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("", (char **)lines->pdata);
}

static void check_state(Trial *trial, Fixture *fixture, const GPtrArray *order,
			const char *what)
{
	g_autofree char *contacts = fixture_contacts(fixture),
			*promotions = promotions_of(fixture), *dump = fixture_dump(fixture);

	check(trial, order, what, trial->wanted, contacts);
	check(trial, order, what, trial->promotions, promotions);
	if (trial->dump == NULL)
		trial->dump = g_strdup(dump);
	check(trial, order, what, trial->dump, dump);
}

static void try_order(Trial *trial, const char *backend, bool in_batches)
{
	const GPtrArray *steps = random_history_steps(trial->history);
	g_autoptr(GPtrArray) order = shuffled(steps, trial->random);
	g_autoptr(GPtrArray) again = shuffled(steps, trial->random);
	g_autoptr(GPtrArray) at_last = shuffled(steps, trial->random);
	Fixture fixture;

	fixture_init(&fixture, backend, NULL);
	if (in_batches)
		tell_many(&fixture, order, trial->random);
	else
		tell(&fixture, order);
	check_state(trial, &fixture, order, backend);
	tell_many(&fixture, again, trial->random);
	check_state(trial, &fixture, order, "the same, replayed in another order");
	tell(&fixture, at_last);
	check_state(trial, &fixture, order, "the same, told again in a third order");
	fixture_clear(&fixture);
}

static void try_history(guint32 seed, unsigned number)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(seed + number);
	g_autoptr(RandomHistory) history = random_history_new(random);
	Trial trial = {history, random, seed, number, NULL, NULL, NULL};

	trial.wanted = random_history_contacts(history);
	trial.promotions = random_history_promotions(history);
	for (int i = 0; i < ORDERS; i++)
		try_order(&trial, "memory", i % 2 == 1);
	if (number % DURABLE_EACH == 0)
		try_order(&trial, "sqlite", number % (2 * DURABLE_EACH) == 0);
	g_free(trial.wanted);
	g_free(trial.promotions);
	g_free(trial.dump);
}

static void test_histories(void)
{
	const char *text = g_getenv("LEAD_SEED");
	guint32 seed =
		text != NULL ? (guint32)g_ascii_strtoull(text, NULL, 10) : DEFAULT_SEED;

	g_test_message("LEAD_SEED=%u", seed);
	for (unsigned number = 0; number < HISTORIES; number++)
		try_history(seed, number);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	g_test_add_func("/store/histories", test_histories);
	return g_test_run();
}
