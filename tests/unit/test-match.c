/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/words.h"
#include "story.h"

#define JANE "contact 1 jane@lead.example name=Jane_Doe; "
#define JANE_TWICE "contact 1 jane@lead.example,jd@home.example name=Jane_Doe; "
#define SENT "sent 10 o1 to=jane@lead.example day=-5"
#define FROM_JANE "in from=jane@lead.example to=rep@ours.example "

static const struct {
	const char *name, *world, *message, *wanted;
} rows[] = {
	/* clang-format off */

	/* who */
	{ "nobody", "", FROM_JANE, "none" },
	{ "contact without outreach", JANE, FROM_JANE, "contact 1" },
	{ "another of her addresses", JANE_TWICE SENT,
	  "in from=jd@home.example to=rep@ours.example answers=o1", "self 1 reference 10 in" },
	{ "base form", JANE SENT, "in from=jane+crm@lead.example to=rep@ours.example answers=o1",
	  "self 1 reference 10 in" },
	{ "base form of two contacts",
	  "contact 1 jane+a@lead.example; contact 2 jane+b@lead.example; "
	  "sent 10 o1 to=jane+a@lead.example",
	  FROM_JANE "answers=o1", "ambiguous 1 reference 10 in" },
	{ "base form of two contacts, no outreach",
	  "contact 1 jane+a@lead.example; contact 2 jane+b@lead.example",
	  FROM_JANE, "ambiguous" },
	{ "erased contact", "contact 1 jane@lead.example erased; " SENT,
	  FROM_JANE "answers=o1", "none reference 10 in" },
	{ "no author", JANE SENT, "in to=rep@ours.example answers=o1", "none" },
	{ "outbound", JANE SENT, "out from=rep@ours.example to=jane@lead.example answers=o1", "none" },

	/* reference */
	{ "reference", JANE SENT, FROM_JANE "answers=o1", "self 1 reference 10 in" },
	{ "reference on the last day", JANE "sent 10 o1 to=jane@lead.example day=-365",
	  FROM_JANE "answers=o1", "self 1 reference 10 in" },
	{ "reference of two years ago", JANE "sent 10 o1 to=jane@lead.example day=-730",
	  FROM_JANE "answers=o1", "self 1 reference 10 old" },
	{ "unknown id", JANE SENT, FROM_JANE "answers=other",
	  "self 1 unthreaded 10 in" },
	{ "the nearest named", JANE SENT "; sent 11 o2 to=jane@lead.example day=-3",
	  FROM_JANE "answers=o1,o2", "self 1 reference 10 in" },
	{ "the second named is known", JANE SENT, FROM_JANE "answers=theirs,o1",
	  "self 1 reference 10 in" },
	{ "the first that went to her",
	  JANE "contact 2 bob@lead.example; sent 11 o2 to=bob@lead.example; " SENT,
	  FROM_JANE "answers=o2,o1", "self 1 reference 10 in" },
	{ "an old id before a recent one",
	  JANE "sent 9 o0 to=jane@lead.example day=-700; " SENT,
	  FROM_JANE "answers=o0,o1", "self 1 reference 10 in" },
	{ "a machine wrote it", JANE SENT " machine", FROM_JANE "answers=o1", "contact 1" },
	{ "a later id proves itself", JANE "sent 10 o1 to=jane@lead.example day=1",
	  FROM_JANE "answers=o1", "self 1 reference 10 in" },
	{ "cached", JANE SENT " cached", FROM_JANE "answers=o1", "self 1 reference 0 in" },
	{ "cached for somebody else", JANE "sent 10 o1 to=bob@lead.example cached",
	  FROM_JANE "answers=o1", "contact 1" },
	{ "recorded rather than cached", JANE SENT " cached; sent 11 o1 to=jane@lead.example",
	  FROM_JANE "answers=o1", "self 1 reference 11 in" },

	/* thread-index */
	{ "thread-index", JANE SENT " thread=t", FROM_JANE "thread=t", "self 1 thread-index 10 in" },
	{ "another thread", JANE SENT " thread=t", FROM_JANE "thread=u",
	  "self 1 unthreaded 10 in" },
	{ "thread-index too old", JANE "sent 10 o1 to=jane@lead.example day=-181 thread=t",
	  FROM_JANE "thread=t", "self 1 thread-index 10 old" },
	{ "thread-index of her own first mail", JANE "sent 10 o1 to=jane@lead.example day=1 thread=t",
	  FROM_JANE "thread=t", "contact 1" },
	{ "newest of the thread", JANE SENT " thread=t; sent 11 o2 to=jane@lead.example day=-2 thread=t",
	  FROM_JANE "thread=t", "self 1 thread-index 11 in" },
	{ "thread-index of a machine", JANE SENT " thread=t machine", FROM_JANE "thread=t", "contact 1" },
	{ "reference before thread-index",
	  JANE SENT " thread=t; sent 11 o2 to=jane@lead.example day=-2 thread=t",
	  FROM_JANE "thread=t answers=o1", "self 1 reference 10 in" },
	{ "recent thread rather than an old id",
	  JANE "sent 9 o0 to=jane@lead.example day=-700; " SENT " thread=t",
	  FROM_JANE "thread=t answers=o0", "self 1 thread-index 10 in" },

	/* subject */
	{ "subject", JANE SENT " subject=offer", FROM_JANE "subject=offer re", "self 1 subject 10 in" },
	{ "subject without reply prefix", JANE SENT " subject=offer", FROM_JANE "subject=offer",
	  "self 1 unthreaded 10 in" },
	{ "generic subject", JANE SENT, FROM_JANE "re", "self 1 unthreaded 10 in" },
	{ "another subject", JANE SENT " subject=offer", FROM_JANE "subject=visit re",
	  "self 1 unthreaded 10 in" },
	{ "subject to another rep", JANE SENT " subject=offer",
	  "in from=jane@lead.example to=boss@ours.example subject=offer re", "contact 1" },
	{ "subject, rep among others", JANE SENT " subject=offer",
	  "in from=jane@lead.example to=boss@ours.example,rep@ours.example subject=offer re",
	  "self 1 subject 10 in" },
	{ "subject, subaddress of the rep", JANE SENT " subject=offer",
	  "in from=jane@lead.example to=boss@ours.example,rep+crm@ours.example subject=offer re",
	  "self 1 subject 10 in" },
	{ "two candidates", JANE SENT " subject=offer; sent 11 o2 to=jane@lead.example day=-2 subject=offer",
	  FROM_JANE "subject=offer re", "self 1 unthreaded 11 in" },
	{ "two candidates, one too old",
	  JANE "sent 9 o0 to=jane@lead.example day=-31 subject=offer; " SENT " subject=offer",
	  FROM_JANE "subject=offer re", "self 1 subject 10 in" },
	{ "one candidate, too old", JANE "sent 10 o1 to=jane@lead.example day=-31 subject=offer",
	  FROM_JANE "subject=offer re", "self 1 subject 10 old" },
	{ "two candidates, both too old",
	  JANE "sent 10 o1 to=jane@lead.example day=-40 subject=offer; "
	       "sent 11 o2 to=jane@lead.example day=-35 subject=offer",
	  FROM_JANE "subject=offer re", "self 1 unthreaded 11 in" },
	{ "subject of what came later", JANE "sent 10 o1 to=jane@lead.example day=1 subject=offer",
	  FROM_JANE "subject=offer re", "contact 1" },
	{ "an old id before a recent subject",
	  JANE "sent 9 o0 to=jane@lead.example day=-700; " SENT " subject=offer",
	  FROM_JANE "answers=o0 subject=offer re", "self 1 subject 10 in" },

	/* unthreaded */
	{ "unthreaded", JANE SENT, FROM_JANE, "self 1 unthreaded 10 in" },
	{ "unthreaded on the last day", JANE "sent 10 o1 to=jane@lead.example day=-90", FROM_JANE,
	  "self 1 unthreaded 10 in" },
	{ "unthreaded too late", JANE "sent 10 o1 to=jane@lead.example day=-91", FROM_JANE, "contact 1" },
	{ "unthreaded to another rep", JANE SENT,
	  "in from=jane@lead.example to=boss@ours.example", "contact 1" },
	{ "an old id before unthreaded", JANE "sent 9 o0 to=jane@lead.example day=-700; " SENT,
	  FROM_JANE "answers=o0", "self 1 reference 9 old" },

	/* other people */
	{ "contact answers what went to another",
	  JANE "contact 2 bob@other.example; sent 10 o1 to=bob@other.example",
	  FROM_JANE "answers=o1", "contact 1 reference 10 in" },
	{ "contact answers what went to a colleague",
	  JANE "contact 2 bob@lead.example; sent 10 o1 to=bob@lead.example",
	  FROM_JANE "answers=o1", "colleague 1 reference 10 in" },
	{ "other address, same name", JANE SENT,
	  "in from=j.d@home.example name=Doe,_Jane to=rep@ours.example answers=o1",
	  "other-address 1 reference 10 in" },
	{ "other address, name in another case", JANE SENT,
	  "in from=j.d@home.example name=JANE_DOE to=rep@ours.example answers=o1",
	  "other-address 1 reference 10 in" },
	{ "other address, same local part", "contact 1 jane.doe@lead.example; sent 10 o1 to=jane.doe@lead.example",
	  "in from=jane-doe+x@home.example to=rep@ours.example answers=o1",
	  "other-address 1 reference 10 in" },
	{ "other address in the same company", JANE SENT,
	  "in from=j.d@mail.lead.example name=Jane_Doe to=rep@ours.example answers=o1",
	  "other-address 1 reference 10 in" },
	{ "other address by thread-index", JANE SENT " thread=t",
	  "in from=jane@home.example to=rep@ours.example thread=t", "other-address 1 thread-index 10 in" },
	{ "no other address by subject", JANE SENT " subject=offer",
	  "in from=jane@home.example to=rep@ours.example subject=offer re", "none" },
	{ "other address, several recipients",
	  JANE "contact 2 bob@lead.example; sent 10 o1 to=bob@lead.example,jane@lead.example",
	  "in from=jane@home.example to=rep@ours.example answers=o1", "stranger 1 reference 10 in" },
	{ "resembles two recipients",
	  JANE "contact 2 jane@b.example; sent 10 o1 to=jane@b.example,jane@lead.example",
	  "in from=jane@home.example to=rep@ours.example answers=o1", "stranger 2 reference 10 in" },
	{ "role addresses resemble nobody", "contact 1 info@lead.example; sent 10 o1 to=info@lead.example",
	  "in from=info@home.example to=rep@ours.example answers=o1", "stranger 1 reference 10 in" },
	{ "colleague", JANE SENT,
	  "in from=bob@lead.example to=rep@ours.example answers=o1", "colleague 1 reference 10 in" },
	{ "colleague in a sub-domain", JANE SENT,
	  "in from=bob@mail.lead.example to=rep@ours.example answers=o1", "colleague 1 reference 10 in" },
	{ "free mail makes no colleagues",
	  "contact 1 jane@gmail.com; sent 10 o1 to=jane@gmail.com",
	  "in from=bob@gmail.com to=rep@ours.example answers=o1", "stranger 1 reference 10 in" },
	{ "public suffix makes no colleagues",
	  "contact 1 jane@a.co.uk; sent 10 o1 to=jane@a.co.uk",
	  "in from=bob@b.co.uk to=rep@ours.example answers=o1", "stranger 1 reference 10 in" },
	{ "stranger", JANE SENT,
	  "in from=bob@other.example to=rep@ours.example answers=o1", "stranger 1 reference 10 in" },
	{ "recipient that is no contact", JANE "sent 10 o1 to=jane@lead.example,bob@lead.example",
	  "in from=bob@lead.example to=rep@ours.example answers=o1", "none reference 10 in" },
	{ "recipient whom only the cache knows", JANE SENT "; sent 11 o1 to=bob@lead.example cached",
	  "in from=bob@lead.example to=rep@ours.example answers=o1", "none reference 0 in" },
	{ "outreach to nobody known", "sent 10 o1 to=jane@lead.example",
	  "in from=bob@lead.example to=rep@ours.example answers=o1", "none reference 10 in" },
	/* clang-format on */
};

static void test_rows(void)
{
	g_autoptr(Settings) settings = story_settings(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		StoryMessage message = story_message(rows[i].message);
		g_autoptr(History) history = story_history(rows[i].world, message.summary);
		g_autofree char *got = NULL;
		Match found;

		match(message.summary, history, settings, &found);
		got = story_match(&found);
		if (g_strcmp0(got, rows[i].wanted) != 0) {
			g_test_message("%s: wanted '%s', got '%s'", rows[i].name,
				       rows[i].wanted, got);
			g_test_fail();
		}
		story_message_clear(&message);
	}
}

static void test_tiers(void)
{
	static const struct {
		Tier tier;
		const char *name;
		int days;
	} tiers[] = {
		{TIER_REFERENCE, "reference", 365},
		{TIER_THREAD_INDEX, "thread-index", 180},
		{TIER_SUBJECT, "subject", 30},
		{TIER_UNTHREADED, "unthreaded", 90},
	};
	Tier tier;

	for (size_t i = 0; i < G_N_ELEMENTS(tiers); i++) {
		g_assert_cmpstr(tier_name(tiers[i].tier), ==, tiers[i].name);
		g_assert_true(tier_from_name(tiers[i].name, &tier));
		g_assert_cmpint(tier, ==, tiers[i].tier);
		g_assert_cmpint(tier_window_seconds(tier), ==, tiers[i].days * 86400);
	}
	g_assert_null(tier_name(TIER_NONE));
	g_assert_false(tier_from_name("hunch", &tier));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	g_test_add_func("/match/rows", test_rows);
	g_test_add_func("/match/tiers", test_tiers);
	return g_test_run();
}
