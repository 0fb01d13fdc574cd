/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "daemonize.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lead/error.h"

static int parent = -1; /* pipe on which the parent waits */

static G_NORETURN void wait_for_child(int child)
{
	char byte;
	ssize_t got;

	do
		got = read(child, &byte, 1);
	while (got < 0 && errno == EINTR);
	_exit(got == 1 ? EXIT_SUCCESS : EXIT_FAILURE);
}

bool daemonize_begin(GError **error)
{
	int ends[2];
	pid_t child = -1;

	if (pipe2(ends, O_CLOEXEC) == 0)
		child = fork();
	if (child < 0) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_PERMANENT,
			    "cannot go into the background: %s", g_strerror(errno));
		return false;
	}
	if (child > 0) {
		close(ends[1]);
		wait_for_child(ends[0]);
	}
	close(ends[0]);
	parent = ends[1];
	setsid();
	return true;
}

static void let_go_of_terminal(bool keep_stderr)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nothing < 0)
		return;
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	if (!keep_stderr)
		dup2(nothing, STDERR_FILENO);
	close(nothing);
}

void daemonize_end(bool keep_stderr)
{
	if (parent < 0)
		return;
	let_go_of_terminal(keep_stderr);
	(void)!chdir("/");
	(void)!write(parent, "", 1);
	close(parent);
	parent = -1;
}
