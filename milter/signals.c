/* SPDX-License-Identifier: BSD-2-Clause */
#include "signals.h"

#include <signal.h>
#include <stddef.h>

#include "live-settings.h"
#include "log.h"
#include "shutdown.h"

static sigset_t ours;

void signals_block(void)
{
	sigemptyset(&ours);
	sigaddset(&ours, SIGHUP);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &ours, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* Not the C library's, but libmilter's signal thread ends up here, and stays. */
int sigwait(const sigset_t *restrict set, int *restrict signal_out)
{
	(void)set;
	(void)signal_out;
	for (;;) {
		switch (sigwaitinfo(&ours, NULL)) {
		case SIGHUP:
			log_write(LEVEL_INFO,
				  "SIGHUP changes nothing; SIGUSR1 reloads the settings");
			break;
		case SIGUSR1:
			live_settings_reload();
			break;
		case SIGTERM:
		case SIGINT:
			shutdown_begin();
			break;
		}
	}
}
