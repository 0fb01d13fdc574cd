/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The MTA's side of a milter under load: sends mail as Postfix does, and measures the
 * answers. See README.md, "How fast".
 */
#include <stdio.h>
#include <stdlib.h>

#include "load.h"

typedef struct {
	int connections, letters, total, warming, fields, body, recipients;
	int outbound, replies, strangers, contacts, first, seed, pid;
	double rate;
	char *socket, *folder;
	gboolean json, csv;
} Options;

static Options options = {
	.connections = 20,
	.letters = 10,
	.total = 20000,
	.fields = 15,
	.body = 2048,
	.recipients = 1,
	.outbound = 50,
	.replies = 40,
	.contacts = 100000,
	.seed = 1,
};

static const GOptionEntry entries[] = {
	{"socket", 's', 0, G_OPTION_ARG_STRING, &options.socket,
	 "the milter's: unix:PATH or inet:PORT@HOST", "SOCKET"},
	{"pid", 'p', 0, G_OPTION_ARG_INT, &options.pid,
	 "the milter's process, to tell its CPU time, disk writes and memory", "PID"},
	{"connections", 'c', 0, G_OPTION_ARG_INT, &options.connections,
	 "sessions at once (20)", "N"},
	{"messages", 'm', 0, G_OPTION_ARG_INT, &options.letters,
	 "messages of one session (10)", "N"},
	{"total", 'n', 0, G_OPTION_ARG_INT, &options.total, "messages in all (20000)", "N"},
	{"warming", 'w', 0, G_OPTION_ARG_INT, &options.warming,
	 "messages sent before these, and not measured", "N"},
	{"rate", 'r', 0, G_OPTION_ARG_DOUBLE, &options.rate,
	 "messages a second, each in a session of its own; latency counts from the moment "
	 "when a message was due",
	 "N"},
	{"fields", 0, 0, G_OPTION_ARG_INT, &options.fields, "header fields (15)", "N"},
	{"body", 0, 0, G_OPTION_ARG_INT, &options.body, "octets of a body (2048)", "N"},
	{"recipients", 0, 0, G_OPTION_ARG_INT, &options.recipients,
	 "recipients of an outbound message (1, at most 5)", "N"},
	{"outbound", 0, 0, G_OPTION_ARG_INT, &options.outbound,
	 "percent of the sessions that submit mail to contacts (50)", "N"},
	{"replies", 0, 0, G_OPTION_ARG_INT, &options.replies,
	 "percent of the messages that answer outbound ones (40)", "N"},
	{"strangers", 0, 0, G_OPTION_ARG_INT, &options.strangers,
	 "percent of the messages that come from nobody known (0)", "N"},
	{"contacts", 0, 0, G_OPTION_ARG_INT, &options.contacts,
	 "number of contacts (100000)", "N"},
	{"first", 0, 0, G_OPTION_ARG_INT, &options.first,
	 "number of the first message: another one for each run on the same store", "N"},
	{"seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "of what is drawn", "N"},
	{"folder", 0, 0, G_OPTION_ARG_FILENAME, &options.folder,
	 "send the message files in it, in turn", "FOLDER"},
	{"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "the result as JSON", NULL},
	{"csv", 0, 0, G_OPTION_ARG_NONE, &options.csv,
	 "print the contacts for `leadctl import`, and send nothing", NULL},
	{NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
};

static void complain(const char *text)
{
	fprintf(stderr, "mta-load: %s\n", text);
	exit(2);
}

static void check_options(void)
{
	if (options.socket == NULL && !options.csv)
		complain("--socket is missing");
	if (options.connections < 1 || options.letters < 1 || options.total < 1 ||
	    options.contacts < 1 || options.rate < 0)
		complain("these must be positive: connections, messages, total, contacts");
	if (options.recipients < 1 || options.recipients > PERSONS_MAX)
		complain("--recipients is 1 to 5");
	if (options.fields < 1 || options.body < 0 || options.warming < 0 ||
	    options.first < 0)
		complain("a number is too small");
	if (options.outbound < 0 || options.replies < 0 || options.strangers < 0 ||
	    options.outbound + options.replies + options.strangers > 100)
		complain("--outbound, --replies and --strangers are more than 100 percent");
}

static void print_contacts(void)
{
	puts("email,name,stage");
	for (int i = 0; i < options.contacts; i++) {
		g_autofree char *address = letter_contact_address((unsigned long)i);

		printf("%s,Jo Lead,lead\n", address);
	}
}

static TrafficPlan traffic_plan(void)
{
	return (TrafficPlan){
		.outbound = (unsigned)options.outbound,
		.replies = (unsigned)options.replies,
		.strangers = (unsigned)options.strangers,
		.contacts = (unsigned long)options.contacts,
		.first = (unsigned long)options.first,
		.seed = (guint32)options.seed,
		.shape = {.fields = (unsigned)options.fields,
			  .recipients = (unsigned)options.recipients,
			  .body_octets = (size_t)options.body},
		.folder = options.folder,
	};
}

/* With a rate there are as many sessions as it takes, within what one process may open. */
static LoadPlan load_plan(void)
{
	bool rated = options.rate > 0;

	return (LoadPlan){
		.socket = options.socket,
		.pid = options.pid,
		.connections = rated ? 500 : (unsigned)options.connections,
		.letters = rated ? 1 : (unsigned)options.letters,
		.total = (unsigned long)options.total,
		.warming = (unsigned long)options.warming,
		.rate = options.rate,
	};
}

static void run(void)
{
	TrafficPlan plan = traffic_plan();
	LoadPlan load = load_plan();
	Mta *agreed = script_negotiate(options.socket);
	Traffic *traffic = traffic_new(&plan, agreed);
	Tally tally;
	TallySum sum;

	mta_free(agreed);
	tally_init(&tally);
	load_run(&load, traffic, &tally);
	sum = tally_sum(&tally);
	if (options.json)
		tally_print_json(&sum);
	else
		tally_print_table(&sum);
	tally_clear(&tally);
	traffic_free(traffic);
}

int main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context =
		g_option_context_new("- load a milter as an MTA does");
	g_autoptr(GError) error = NULL;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error))
		complain(error->message);
	check_options();
	if (options.csv)
		print_contacts();
	else
		run();
	return EXIT_SUCCESS;
}
