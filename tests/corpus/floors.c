/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/floors.h"

#include <stdio.h>
#include <string.h>

#include "tests/corpus/verdict.h"

typedef enum { NOT_ASKED, RIGHT, WRONG } Answer;

static Answer answer(bool wrong)
{
	return wrong ? WRONG : RIGHT;
}

static bool label_is(const Verdict *verdict, const char *label)
{
	return strcmp(verdict->row->label, label) == 0;
}

static bool is_labelled_bounce(const Verdict *verdict)
{
	return g_str_has_prefix(verdict->row->label, "bounce-");
}

static bool note_says(const Verdict *verdict, const char *words)
{
	return strstr(verdict->row->note, words) != NULL;
}

/* Files that have From, Date, Subject and Message-ID, and no other field: they test
 * recognition by text alone, and are counted apart. */
static bool is_bare(const Verdict *verdict)
{
	return note_says(verdict, "few headers (pipermail");
}

static bool is_automatic(const Verdict *verdict)
{
	static const char *const labels[] = {"auto-reply", "arf", "calendar",
					     "challenge",  "mdn", "machine-other"};

	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
		if (label_is(verdict, labels[i]))
			return true;
	}
	return is_labelled_bounce(verdict);
}

static Answer automatic_not_human(const Verdict *verdict)
{
	if (!is_automatic(verdict) || is_bare(verdict))
		return NOT_ASKED;
	return answer(verdict->class == CLASS_HUMAN);
}

static Answer bare_automatic_not_human(const Verdict *verdict)
{
	if (!is_automatic(verdict) || !is_bare(verdict))
		return NOT_ASKED;
	return answer(verdict->class == CLASS_HUMAN);
}

/* What a person says (no, leave me alone, she has left) is still a person's. */
static Answer person_not_automatic(const Verdict *verdict)
{
	if (!label_is(verdict, "reply") && !label_is(verdict, "human"))
		return NOT_ASKED;
	return answer(verdict->class != CLASS_HUMAN && verdict->class != CLASS_DECLINED &&
		      verdict->class != CLASS_OPT_OUT &&
		      verdict->class != CLASS_LEFT_COMPANY);
}

static Answer bounce_is_bounce(const Verdict *verdict)
{
	if (!is_labelled_bounce(verdict) || is_bare(verdict))
		return NOT_ASKED;
	return answer(verdict->class != CLASS_BOUNCE);
}

static Answer bounce_is_hard_or_soft(const Verdict *verdict)
{
	bool hard = label_is(verdict, "bounce-hard");

	if ((!hard && !label_is(verdict, "bounce-soft")) || is_bare(verdict) ||
	    note_says(verdict, "not clear-cut") || note_says(verdict, "mixed wording"))
		return NOT_ASKED;
	if (hard)
		return answer(verdict->bounce != BOUNCE_HARD);
	return answer(verdict->bounce != BOUNCE_SOFT && verdict->bounce != BOUNCE_DELAYED);
}

static bool is_labelled_list(const Verdict *verdict)
{
	return label_is(verdict, "list") || label_is(verdict, "bulk");
}

static Answer list_not_human(const Verdict *verdict)
{
	if (!is_labelled_list(verdict))
		return NOT_ASKED;
	return answer(verdict->class == CLASS_HUMAN);
}

/* Doubtful is not right, but nothing comes of it by itself. */
static Answer list_not_suspect(const Verdict *verdict)
{
	if (!is_labelled_list(verdict))
		return NOT_ASKED;
	return answer(verdict->class == CLASS_HUMAN || verdict->class == CLASS_SUSPECT);
}

static const struct {
	const char *name;
	Answer (*ask)(const Verdict *verdict);
	double most_wrong; /* per cent */
} floors[] = {
	{"automatic mail is not human", automatic_not_human, 0},
	{"automatic mail that has the basic four fields alone is not human",
	 bare_automatic_not_human, 0},
	{"people's mail is not automatic", person_not_automatic, 0},
	{"bounces are bounces", bounce_is_bounce, 0.24},
	{"bounces are told hard from soft", bounce_is_hard_or_soft, 2.19},
	{"list and bulk mail is not human", list_not_human, 0.59},
	{"list and bulk mail is neither human nor doubtful", list_not_suspect, 0.91},
};

size_t floors_count(void)
{
	return G_N_ELEMENTS(floors);
}

static void ask_all(size_t floor, const GArray *verdicts, unsigned *wrong_out,
		    unsigned *all_out)
{
	*wrong_out = *all_out = 0;
	for (guint i = 0; i < verdicts->len; i++) {
		const Verdict *verdict = &g_array_index(verdicts, Verdict, i);
		Answer got = verdict->read ? floors[floor].ask(verdict) : NOT_ASKED;

		if (got == NOT_ASKED)
			continue;
		(*all_out)++;
		if (got != WRONG)
			continue;
		*wrong_out += !verdict->excepted;
		verdict_print(verdict, verdict->excepted ? "#   excepted: " : "#   ");
	}
}

bool floor_check(size_t floor, const GArray *verdicts, size_t number)
{
	unsigned wrong, all;
	double share;
	bool holds;

	printf("# %s:\n", floors[floor].name);
	ask_all(floor, verdicts, &wrong, &all);
	share = all == 0 ? 0 : 100.0 * wrong / all;
	holds = share <= floors[floor].most_wrong;
	printf("%s %zu - %s: %u of %u are wrong (%.2f %%), at most %.2f %%\n",
	       holds ? "ok" : "not ok", number, floors[floor].name, wrong, all, share,
	       floors[floor].most_wrong);
	return holds;
}
