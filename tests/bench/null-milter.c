/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A milter that does nothing: the least that libmilter costs.
 *
 *	null-milter -s SOCKET         negotiates like a filter that only records
 *	null-milter -s SOCKET -f      asks for every step and answers each, as most do
 *	null-milter -s SOCKET -b      as the first, and takes the body, without a reply
 *	null-milter -s SOCKET -k      as the first, and skips the body at its first piece
 */
#include <stdio.h>
#include <unistd.h>

#include "stand-in.h"

static sfsistat step_answer = SMFIS_NOREPLY, body_answer = SMFIS_NOREPLY;

static sfsistat on_connect(SMFICTX *context, char *host, _SOCK_ADDR *address)
{
	(void)context;
	(void)host;
	(void)address;
	return step_answer;
}

static sfsistat on_helo(SMFICTX *context, char *name)
{
	(void)context;
	(void)name;
	return step_answer;
}

static sfsistat on_path(SMFICTX *context, char **arguments)
{
	(void)context;
	(void)arguments;
	return step_answer;
}

static sfsistat on_header(SMFICTX *context, char *name, char *body)
{
	(void)context;
	(void)name;
	(void)body;
	return step_answer;
}

static sfsistat on_step(SMFICTX *context)
{
	(void)context;
	return step_answer;
}

static sfsistat on_body(SMFICTX *context, unsigned char *octets, size_t length)
{
	(void)context;
	(void)octets;
	(void)length;
	return body_answer;
}

static sfsistat on_end(SMFICTX *context)
{
	(void)context;
	return SMFIS_CONTINUE;
}

static sfsistat negotiate_body(SMFICTX *context, unsigned long actions_offered,
			       unsigned long protocol_offered, unsigned long f2,
			       unsigned long f3, unsigned long *actions,
			       unsigned long *protocol, unsigned long *f2_out,
			       unsigned long *f3_out)
{
	sfsistat answer = stand_in_negotiate(context, actions_offered, protocol_offered, f2,
					     f3, actions, protocol, f2_out, f3_out);

	*protocol &= ~SMFIP_NOBODY;
	*protocol |= SMFIP_NR_BODY & protocol_offered;
	return answer;
}

static sfsistat negotiate_skip(SMFICTX *context, unsigned long actions_offered,
			       unsigned long protocol_offered, unsigned long f2,
			       unsigned long f3, unsigned long *actions,
			       unsigned long *protocol, unsigned long *f2_out,
			       unsigned long *f3_out)
{
	sfsistat answer = stand_in_negotiate(context, actions_offered, protocol_offered, f2,
					     f3, actions, protocol, f2_out, f3_out);

	*protocol &= ~SMFIP_NOBODY;
	*protocol |= SMFIP_SKIP & protocol_offered;
	return answer;
}

static int usage(void)
{
	fputs("usage: null-milter -s SOCKET [-f | -b | -k]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static char name[] = "null-milter";
	struct smfiDesc description = {
		.xxfi_name = name,
		.xxfi_version = SMFI_VERSION,
		.xxfi_connect = on_connect,
		.xxfi_helo = on_helo,
		.xxfi_envfrom = on_path,
		.xxfi_envrcpt = on_path,
		.xxfi_data = on_step,
		.xxfi_header = on_header,
		.xxfi_eoh = on_step,
		.xxfi_body = on_body,
		.xxfi_eom = on_end,
		.xxfi_abort = on_end,
		.xxfi_close = on_end,
		.xxfi_negotiate = stand_in_negotiate,
	};
	char *socket = NULL;
	int option;

	while ((option = getopt(argc, argv, "s:fbk")) != -1) {
		if (option == 's') {
			socket = optarg;
		} else if (option == 'f') {
			description.xxfi_negotiate = NULL;
			step_answer = body_answer = SMFIS_CONTINUE;
		} else if (option == 'b') {
			description.xxfi_negotiate = negotiate_body;
		} else if (option == 'k') {
			description.xxfi_negotiate = negotiate_skip;
			body_answer = SMFIS_SKIP;
		} else {
			return usage();
		}
	}
	if (socket == NULL || optind < argc)
		return usage();
	return stand_in_run(socket, description, NULL);
}
