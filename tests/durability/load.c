/* SPDX-License-Identifier: BSD-2-Clause */
#include "load.h"

#include <pthread.h>

#include "../protocol/mail.h"

/* A rep and a lead, each with a connection. */
typedef struct {
	Load *load;
	unsigned number;
	pthread_t thread;
	Mta *rep, *lead;
	double slowest; /* s */
	unsigned refused;
} Pair;

struct Load {
	Ledger *ledger;
	char *name;
	bool enough; /* atomic */
	unsigned count;
	Pair pairs[];
};

/* What an answer took, and what it was. */
static char note_answer(Pair *pair, char answer, int64_t began)
{
	double took = (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC;

	pair->slowest = MAX(pair->slowest, took);
	pair->refused += answer != 'c' && answer != MTA_HUNG_UP;
	return answer;
}

static bool send_outreach(Pair *pair, const char *id, const char *lead)
{
	int64_t began = g_get_monotonic_time();

	if (note_answer(pair, mail_outreach(pair->rep, id, lead), began) != 'c')
		return false;
	ledger_add(pair->load->ledger, g_strconcat(id, "@ours.example", NULL),
		   g_strdup(lead), false);
	return true;
}

static bool send_reply(Pair *pair, const char *id, const char *lead, const char *outreach)
{
	int64_t began = g_get_monotonic_time();

	if (note_answer(pair, mail_reply(pair->lead, id, lead, outreach), began) != 'c')
		return false;
	ledger_add(pair->load->ledger, g_strconcat(id, "@customer.example", NULL),
		   g_strdup(lead), true);
	return true;
}

/* False when there is nobody to talk to any more. Every third outreach comes twice, every
 * fourth reply too. */
static bool exchange(Pair *pair, unsigned round)
{
	g_autofree char *who =
		g_strdup_printf("%s-%u-%u", pair->load->name, pair->number, round);
	g_autofree char *out = g_strconcat("out-", who, NULL);
	g_autofree char *in = g_strconcat("in-", who, NULL);
	g_autofree char *lead = g_strconcat(who, "@customer.example", NULL);

	if (!send_outreach(pair, out, lead))
		return pair->refused > 0;
	if (round % 3 == 0)
		mail_outreach(pair->rep, out, lead);
	if (!send_reply(pair, in, lead, out))
		return pair->refused > 0;
	if (round % 4 == 0)
		mail_reply(pair->lead, in, lead, out);
	return true;
}

static void *converse(void *user)
{
	Pair *pair = user;
	Load *load = pair->load;

	for (unsigned round = 0; !__atomic_load_n(&load->enough, __ATOMIC_RELAXED); round++)
		if (!exchange(pair, round))
			break;
	ledger_writers(load->ledger, -1);
	return NULL;
}

Load *load_start(Daemon *daemon, Ledger *ledger, const char *name, unsigned pairs)
{
	Load *load = g_malloc0(sizeof *load + pairs * sizeof(Pair));

	load->ledger = ledger;
	load->name = g_strdup(name);
	load->count = pairs;
	for (unsigned i = 0; i < pairs; i++)
		load->pairs[i] = (Pair){.load = load,
					.number = i,
					.rep = mail_submission_session(daemon),
					.lead = mail_mx_session(daemon)};
	ledger_writers(ledger, (int)pairs);
	for (unsigned i = 0; i < pairs; i++)
		g_assert_cmpint(pthread_create(&load->pairs[i].thread, NULL, converse,
					       &load->pairs[i]),
				==, 0);
	return load;
}

void load_stop(Load *load)
{
	__atomic_store_n(&load->enough, true, __ATOMIC_RELAXED);
}

void load_end(Load *load, double *slowest_out, unsigned *refused_out)
{
	*slowest_out = 0;
	*refused_out = 0;
	for (unsigned i = 0; i < load->count; i++) {
		Pair *pair = &load->pairs[i];

		pthread_join(pair->thread, NULL);
		mail_end_session(pair->rep);
		mail_end_session(pair->lead);
		*slowest_out = MAX(*slowest_out, pair->slowest);
		*refused_out += pair->refused;
	}
	g_free(load->name);
	g_free(load);
}
