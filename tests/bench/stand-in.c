/* SPDX-License-Identifier: BSD-2-Clause */
#include "stand-in.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

sfsistat stand_in_negotiate(SMFICTX *context, unsigned long actions_offered,
			    unsigned long protocol_offered, unsigned long f2,
			    unsigned long f3, unsigned long *actions,
			    unsigned long *protocol, unsigned long *f2_out,
			    unsigned long *f3_out)
{
	static const unsigned long wanted = SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL |
					    SMFIP_NR_RCPT | SMFIP_NR_DATA | SMFIP_NR_HDR |
					    SMFIP_NR_EOH | SMFIP_NOUNKNOWN | SMFIP_NOBODY;

	(void)context;
	(void)actions_offered;
	(void)f2;
	(void)f3;
	*actions = 0;
	*protocol = wanted & protocol_offered;
	*f2_out = *f3_out = 0;
	return SMFIS_CONTINUE;
}

static void go_to_background(void)
{
	pid_t child = fork();

	if (child < 0) {
		perror("fork");
		exit(EXIT_FAILURE);
	}
	if (child > 0) {
		printf("%ld\n", (long)child);
		exit(EXIT_SUCCESS);
	}
	/* Whoever reads the pid waits for the end of the output. */
	if (freopen("/dev/null", "w", stdout) == NULL)
		exit(EXIT_FAILURE);
}

int stand_in_run(char *socket, struct smfiDesc description, bool (*begin)(void))
{
	if (smfi_setconn(socket) != MI_SUCCESS ||
	    smfi_register(description) != MI_SUCCESS ||
	    smfi_opensocket(true) != MI_SUCCESS) {
		fprintf(stderr, "%s: cannot listen at %s\n", description.xxfi_name, socket);
		return EXIT_FAILURE;
	}
	go_to_background();
	if (begin != NULL && !begin())
		return EXIT_FAILURE;
	return smfi_main() == MI_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
