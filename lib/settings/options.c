/* SPDX-License-Identifier: BSD-2-Clause */
/* The option table. To add an option: a member in lead/settings.h, a row here, `make
 * sample`, a paragraph in leadmilter.conf(5). */
#include "option.h"

#include <string.h>

/* The offset of a member, and a warning from the compiler if it is not of that type. */
#define MEMBER(type, member)                                                               \
	(offsetof(Settings, member) +                                                      \
	 0 * sizeof((type *)NULL == &((Settings *)NULL)->member))
#define STRING(member) .type = OPTION_STRING, .offset = MEMBER(char *, member)
#define WORDS(member) .type = OPTION_WORDS, .offset = MEMBER(char **, member)
#define BOOL(member) .type = OPTION_BOOL, .offset = MEMBER(bool, member)
#define NUMBER(kind, member, least, most)                                                  \
	.type = OPTION_##kind, .offset = MEMBER(int64_t, member), .min = (least),          \
	.max = (most)
#define ENUM(member, names)                                                                \
	.type = OPTION_ENUM, .offset = offsetof(Settings, member), .choices = (names)

#define KB INT64_C(1024)
#define MB (1024 * KB)
#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)

static const char *const failure_names[] = {"spool", "accept", "tempfail", NULL};
static const char *const spool_failure_names[] = {"accept", "tempfail", NULL};
static const char *const create_names[] = {"sent", "sales", "none", NULL};
static const char *const promotion_names[] = {"auto", "suggest", "criteria", NULL};
static const char *const level_names[] = {"error", "warning", "info", "debug", NULL};
static const char *const target_names[] = {"syslog", "stderr", NULL};

/* clang-format off */
const Option option_table[] = {
	{"milter", "socket", "unix:/run/leadmilter/leadmilter.sock", STRING(socket),
	 .check = option_check_socket, .needs_restart = true,
	 .summary = "where the MTA reaches the daemon: unix:PATH, inet:PORT@HOST, inet6:PORT@HOST"},
	{"milter", "user", "leadmilter", STRING(user), .needs_restart = true,
	 .summary = "user to run as when started by root; empty keeps the user"},
	{"milter", "socket_group", "", STRING(socket_group), .needs_restart = true,
	 .summary = "group of a unix socket; empty keeps the user's"},
	{"milter", "socket_mode", "0660", NUMBER(MODE, socket_mode, 0, 0777),
	 .needs_restart = true, .summary = "permissions of a unix socket, octal"},
	{"milter", "foreground", "no", BOOL(foreground), .needs_restart = true,
	 .summary = "stay in the foreground"},
	{"milter", "read_body", "yes", BOOL(read_body),
	 .summary = "ask the MTA for the first [limits] body_octets of each body"},
	{"milter", "read_ahead", "yes", BOOL(read_ahead), .needs_restart = true,
	 .summary = "take all that the MTA has sent in one system call, and keep threads with connections"},
	{"milter", "allow_public_listen", "no", BOOL(allow_public_listen),
	 .needs_restart = true,
	 .summary = "allow a socket inet:PORT without a host, open to every interface"},
	{"milter", "drain_timeout", "10s", NUMBER(DURATION, drain_timeout_ms, 0, 60 * MINUTE),
	 .summary = "how long running mail transactions may take to end at shutdown"},
	{"milter", "max_sessions", "0", NUMBER(INTEGER, max_sessions, 0, 100000),
	 .summary = "sessions at once; mail of further ones passes unrecorded; 0 is no limit"},
	{"milter", "max_descriptors", "65536", NUMBER(INTEGER, max_descriptors, 128, 1048576),
	 .needs_restart = true,
	 .summary = "file descriptors to have, as far as the system allows; a session takes one"},

	{"mail", "local_domains", "", WORDS(local_domains), .check = option_check_domain,
	 .summary = "our domains; .example.com means the sub-domains of example.com"},
	{"mail", "internal_networks", "127.0.0.0/8 ::1", WORDS(internal_networks),
	 .check = option_check_network,
	 .summary = "clients that are local: addresses and networks in CIDR notation"},
	{"mail", "submission_daemons", "ORIGINATING MSA MSP MSP-v4 MSP-v6",
	 WORDS(submission_daemons),
	 .summary = "values of the macro {daemon_name} that mean submission"},
	{"mail", "submission_ports", "587 465", WORDS(submission_ports),
	 .check = option_check_port,
	 .summary = "values of the macro {daemon_port} that mean submission"},
	{"mail", "trusted_authserv_ids", "", WORDS(trusted_authserv_ids),
	 .summary = "authserv-ids whose Authentication-Results are believed"},
	{"mail", "subaddress_separator", "+", STRING(subaddress_separator),
	 .check = option_check_separator,
	 .summary = "characters that begin the subaddress in a local part; empty for none"},
	{"mail", "spam_headers", "X-Spam-Flag X-Spam X-Rspamd-Action", WORDS(spam_headers),
	 .check = option_check_field,
	 .summary = "fields that carry the verdict of the spam filter that ran before us"},
	{"mail", "human_senders", "", WORDS(human_senders), .check = option_check_party,
	 .summary = "addresses and domains that weak signs never make automatic"},
	{"mail", "own_lists", "", WORDS(own_lists),
	 .summary = "List-Ids of our own lists and groups: no sign of list mail"},

	{"limits", "header_octets", "256K", NUMBER(SIZE, header_octets, 4 * KB, 16 * MB),
	 .summary = "octets kept of one header section"},
	{"limits", "header_fields", "1000", NUMBER(INTEGER, header_fields, 16, 100000),
	 .summary = "fields kept of one header section"},
	{"limits", "field_octets", "32K", NUMBER(SIZE, field_octets, KB, MB),
	 .summary = "octets kept of one field; longer ones are cut"},
	{"limits", "recipients", "1000", NUMBER(INTEGER, recipients, 1, 100000),
	 .summary = "envelope recipients kept of one message; further ones are counted"},
	{"limits", "addresses_per_field", "500", NUMBER(INTEGER, addresses_per_field, 1, 10000),
	 .summary = "addresses read from one field"},
	{"limits", "references", "32", NUMBER(INTEGER, references, 1, 256),
	 .summary = "message identifiers read from In-Reply-To and References"},
	{"limits", "body_octets", "64K", NUMBER(SIZE, body_octets, 0, 16 * MB),
	 .summary = "octets of a body that the rules look at"},
	{"limits", "mime_depth", "20", NUMBER(INTEGER, mime_depth, 1, 100),
	 .summary = "nesting of MIME parts that is followed"},

	{"store", "uri", "sqlite:/var/lib/leadmilter/lead.db", STRING(store_uri),
	 .check = option_check_uri, .needs_restart = true,
	 .summary = "the database: sqlite:PATH, or memory: for a trial"},
	{"store", "group", "", STRING(store_group), .needs_restart = true,
	 .summary = "group that may read the database with leadctl; the daemon's user must be in it; empty is nobody"},
	{"store", "timeout", "5s", NUMBER(DURATION, store_timeout_ms, 1, 8 * SECOND),
	 .summary = "time budget of one message at the store; at most 8s, as Sendmail waits 10s"},
	{"store", "on_failure", "spool", ENUM(on_failure, failure_names),
	 .summary = "when the store is away: spool the record, accept the mail unrecorded, or tempfail it"},
	{"store", "on_spool_failure", "accept", ENUM(on_spool_failure, spool_failure_names),
	 .summary = "when the record cannot be spooled either: accept the mail unrecorded, or tempfail it"},
	{"store", "spool", "", STRING(spool), .needs_restart = true,
	 .summary = "folder of the spool; empty is the folder spool beside the database"},

	{"contacts", "auto_create", "sent", ENUM(auto_create, create_names),
	 .summary = "who becomes a lead: recipients of outreach (sent), also writers to sales_addresses (sales), nobody (none)"},
	{"contacts", "sales_addresses", "", WORDS(sales_addresses),
	 .check = option_check_address,
	 .summary = "our addresses whose human writers become leads"},
	{"contacts", "max_new_by_strangers", "200",
	 NUMBER(INTEGER, max_new_by_strangers, 0, 1000000),
	 .summary = "contacts a day that mail to sales_addresses may make; further writers stay unknown; 0 is no limit"},
	{"contacts", "max_new_by_rep", "0", NUMBER(INTEGER, max_new_by_rep, 0, 1000000),
	 .summary = "contacts a day that the outreach of one rep may make; further recipients stay unknown; 0 is no limit"},
	{"contacts", "max_recipients", "25", NUMBER(INTEGER, max_recipients, 1, 10000),
	 .summary = "external recipients above which mail makes no contacts, and only a reference promotes"},

	{"promotion", "mode", "auto", ENUM(promotion_mode, promotion_names),
	 .summary = "what a reply to outreach does: promote, suggest, or promote when criteria_min is met"},
	{"promotion", "criteria_min", "2", NUMBER(INTEGER, criteria_min, 0, 4),
	 .summary = "qualification fields (budget, authority, need, time) that mode = criteria asks for"},
	{"promotion", "never_promote", "", WORDS(never_promote), .check = option_check_party,
	 .summary = "addresses and domains that mail never promotes"},

	{"privacy", "store_subject", "yes", BOOL(store_subject),
	 .summary = "keep the subject of recorded mail"},
	{"privacy", "snippet", "0", NUMBER(INTEGER, snippet, 0, 1000),
	 .summary = "characters of the author's own text to keep; 0 keeps none"},

	{"log", "level", "info", ENUM(log_level, level_names),
	 .summary = "least weighty line to log: error, warning, info, debug"},
	{"log", "target", "syslog", ENUM(log_target, target_names),
	 .summary = "where to log: syslog or stderr"},
	{"log", "addresses", "yes", BOOL(log_addresses),
	 .summary = "name addresses in the log"},
};
/* clang-format on */

const size_t option_count = G_N_ELEMENTS(option_table);

const Option *option_find(const char *section, const char *name)
{
	for (size_t i = 0; i < option_count; i++) {
		if (strcmp(option_table[i].section, section) == 0 &&
		    strcmp(option_table[i].name, name) == 0)
			return &option_table[i];
	}
	return NULL;
}

const char *option_type_name(OptionType type)
{
	static const char *const names[] = {
		[OPTION_STRING] = "string",   [OPTION_WORDS] = "words",
		[OPTION_BOOL] = "bool",	      [OPTION_INTEGER] = "integer",
		[OPTION_SIZE] = "size",	      [OPTION_DURATION] = "duration",
		[OPTION_MODE] = "octal mode", [OPTION_ENUM] = "choice",
	};
	return names[type];
}
