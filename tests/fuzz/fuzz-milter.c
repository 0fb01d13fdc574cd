/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The daemon's callbacks, in any order and with any arguments, over a store in memory.
 * A line of the input is a call: its first octet says which (see the table below), the
 * rest is the argument, in which CR stands for a line feed.
 */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <syslog.h>

#include "fuzz.h"
#include "lead/body.h"
#include "lead/words.h"
#include "milter/callbacks.h"
#include "milter/inflight.h"
#include "milter/live-settings.h"
#include "milter/log.h"
#include "milter/message.h"
#include "mta.h"

enum { SESSIONS = 2 };

static Settings *usual, *narrow;

/* ---- the log: one clean line a call, whatever strangers write ---- */

G_GNUC_PRINTF(1, 0)
static void check_line(const char *format, va_list arguments)
{
	g_autofree char *line = g_strdup_vprintf(format, arguments);

	fuzz_law_utf8(line);
	for (const char *at = line; *at != '\0'; at++)
		fuzz_law(!g_ascii_iscntrl(*at));
}

/* They take the place of libc's; the second is what a fortified build calls. */
void syslog(int priority, const char *format, ...)
{
	va_list arguments;

	(void)priority;
	va_start(arguments, format);
	check_line(format, arguments);
	va_end(arguments);
}

void __syslog_chk(int priority, int flag, const char *format, ...) G_GNUC_PRINTF(3, 4);
void __syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list arguments;

	(void)priority;
	(void)flag;
	va_start(arguments, format);
	check_line(format, arguments);
	va_end(arguments);
}

/* ---- the calls ---- */

typedef struct {
	SMFICTX *contexts[SESSIONS];
	size_t current;
} World;

/* The MTA is told to go on, or not to wait: never to refuse, to drop or to skip. */
static void goes_on(sfsistat answer)
{
	fuzz_law(answer == SMFIS_CONTINUE || answer == SMFIS_NOREPLY);
}

static SMFICTX *context_of(World *world)
{
	return world->contexts[world->current];
}

static void call_negotiate(World *world, char *argument)
{
	unsigned long actions = 0x1ff,
		      protocol = strlen(argument) % 2 == 0 ? 0x1fffff : 0x7f;
	unsigned long wanted_actions = 0, wanted_protocol = 0, f2 = 0, f3 = 0;
	sfsistat answer =
		mta_callbacks.xxfi_negotiate(context_of(world), actions, protocol, 0, 0,
					     &wanted_actions, &wanted_protocol, &f2, &f3);

	/* SMFIS_REJECT says that this session does without us: there are too many */
	fuzz_law(answer == SMFIS_CONTINUE || answer == SMFIS_REJECT);
	fuzz_law((wanted_actions & ~(unsigned long)SMFIF_SETSYMLIST) == 0);
	fuzz_law((wanted_protocol & ~protocol) == 0);
}

static void call_connect(World *world, char *argument)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr_un local = {.sun_family = AF_UNIX};
	struct sockaddr *address = NULL;

	if (inet_pton(AF_INET, argument, &v4.sin_addr) == 1)
		address = (struct sockaddr *)&v4;
	else if (inet_pton(AF_INET6, argument, &v6.sin6_addr) == 1)
		address = (struct sockaddr *)&v6;
	else if (*argument != '\0')
		address = (struct sockaddr *)&local;
	goes_on(mta_callbacks.xxfi_connect(context_of(world), argument, address));
}

static void call_helo(World *world, char *argument)
{
	goes_on(mta_callbacks.xxfi_helo(context_of(world), argument));
}

static void call_mail(World *world, char *argument)
{
	char *arguments[] = {argument, NULL};

	goes_on(mta_callbacks.xxfi_envfrom(context_of(world), arguments));
}

static void call_rcpt(World *world, char *argument)
{
	char *arguments[] = {argument, NULL};

	goes_on(mta_callbacks.xxfi_envrcpt(context_of(world), arguments));
}

static void call_data(World *world, char *argument G_GNUC_UNUSED)
{
	goes_on(mta_callbacks.xxfi_data(context_of(world)));
}

/* "Name:body" */
static void call_header(World *world, char *argument)
{
	char *colon = strchr(argument, ':'), *body = colon != NULL ? colon + 1 : argument;

	if (colon != NULL)
		*colon = '\0';
	goes_on(mta_callbacks.xxfi_header(context_of(world), argument, body));
}

static void call_end_of_header(World *world, char *argument G_GNUC_UNUSED)
{
	goes_on(mta_callbacks.xxfi_eoh(context_of(world)));
}

static void call_body(World *world, char *argument)
{
	size_t length = strlen(argument);
	g_autofree unsigned char *exact = g_memdup2(argument, length);

	goes_on(mta_callbacks.xxfi_body(context_of(world), exact, length));
}

/* The store is there: nothing to put the MTA off for. */
static void call_end_of_message(World *world, char *argument G_GNUC_UNUSED)
{
	fuzz_law(mta_callbacks.xxfi_eom(context_of(world)) == SMFIS_CONTINUE);
}

static void call_abort(World *world, char *argument G_GNUC_UNUSED)
{
	goes_on(mta_callbacks.xxfi_abort(context_of(world)));
}

static void call_close(World *world, char *argument G_GNUC_UNUSED)
{
	SMFICTX *context = context_of(world);

	goes_on(mta_callbacks.xxfi_close(context));
	fuzz_law(smfi_getpriv(context) == NULL);
}

static void call_unknown(World *world, char *argument)
{
	goes_on(mta_callbacks.xxfi_unknown(context_of(world), argument));
}

/* "name=value" */
static void set_macro(World *world, char *argument)
{
	char *equals = strchr(argument, '=');

	if (equals == NULL)
		return;
	*equals = '\0';
	mta_macro_set(context_of(world), argument, equals + 1);
}

static void change_session(World *world, char *argument G_GNUC_UNUSED)
{
	world->current = (world->current + 1) % SESSIONS;
}

/* A reload: sessions keep what they began with. */
static void change_settings(World *world G_GNUC_UNUSED, char *argument)
{
	live_settings_set(settings_ref(*argument == '\0' ? usual : narrow));
}

static const struct {
	char letter;
	void (*call)(World *world, char *argument);
} calls[] = {
	{'N', call_negotiate},	    {'C', call_connect},       {'H', call_helo},
	{'M', call_mail},	    {'R', call_rcpt},	       {'D', call_data},
	{'F', call_header},	    {'E', call_end_of_header}, {'B', call_body},
	{'Z', call_end_of_message}, {'A', call_abort},	       {'Q', call_close},
	{'U', call_unknown},	    {'m', set_macro},	       {'s', change_session},
	{'l', change_settings},
};

static void call_line(World *world, const char *line)
{
	g_autofree char *argument = NULL;

	if (*line == '\0')
		return;
	argument = g_strdup(line + 1);
	g_strdelimit(argument, "\r", '\n');
	for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
		if (calls[i].letter == *line)
			calls[i].call(world, argument);
}

/* ---- the target ---- */

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	static const char text[] = "[mail]\nlocal_domains = ours.example\n"
				   "trusted_authserv_ids = mx.ours.example\n"
				   "[store]\nuri = memory:\non_failure = accept\n"
				   "timeout = 8s\n[log]\nlevel = debug\naddresses = yes\n";
	static const char more[] = "[milter]\nmax_sessions = 1\nread_body = no\n"
				   "[limits]\nrecipients = 1\nheader_fields = 16\n"
				   "[contacts]\nauto_create = sales\n"
				   "sales_addresses = sales@ours.example\n"
				   "[privacy]\nsnippet = 20\n";
	g_autofree char *both = g_strconcat(text, more, NULL);
	g_autoptr(GError) error = NULL;

	body_init();
	words_init();
	inflight_init();
	log_open(LOG_TARGET_SYSLOG, LEVEL_DEBUG);
	usual = settings_load_text(text, "usual", &error);
	if (usual != NULL)
		narrow = settings_load_text(both, "narrow", &error);
	if (narrow == NULL)
		g_error("%s", error->message);
	fuzz_law(callbacks_register());
	return 0;
}

static void run(World *world, char *const *lines)
{
	for (; *lines != NULL; lines++)
		call_line(world, *lines);
	for (world->current = 0; world->current < SESSIONS; world->current++) {
		call_close(world, NULL);
		mta_context_free(context_of(world));
	}
}

/* All sessions are over, so one more is not too many: none was forgotten. */
static void check_sessions_are_over(void)
{
	World world = {{mta_context_new()}, 0};
	char nobody[] = "";

	live_settings_set(settings_ref(narrow));
	call_connect(&world, nobody);
	fuzz_law(smfi_getpriv(context_of(&world)) != NULL);
	call_close(&world, nobody);
	mta_context_free(context_of(&world));
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	World world = {{mta_context_new(), mta_context_new()}, 0};
	g_autofree char *text = fuzz_text(octets, length);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	Recorder *recorder = recorder_new(usual, NULL, NULL, NULL);

	fuzz_law(recorder != NULL);
	message_set_recorder(recorder);
	live_settings_set(settings_ref(usual));
	run(&world, lines);
	check_sessions_are_over();
	recorder_free(recorder);
	return 0;
}
