/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs a command so many times, its output dropped, and prints medians: milliseconds from
 * its start to its end, milliseconds of processor time, and the kilobytes that it had at
 * most. Exits with what the command did; 0 and 1 (nothing found) go on.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIMES_MAX = 1000, FIGURES = 3 };

static double ms_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double ms_of(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void run_child(char **command)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	dup2(nowhere, STDOUT_FILENO);
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

/* The exit status. */
static int run(char **command, double *figures_out)
{
	double start = ms_now();
	struct rusage used;
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		run_child(command);
	if (child < 0 || wait4(child, &status, 0, &used) != child) {
		perror("took");
		exit(127);
	}
	figures_out[0] = ms_now() - start;
	figures_out[1] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
	figures_out[2] = (double)used.ru_maxrss;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int compare(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static double median(double *list, int count)
{
	qsort(list, (size_t)count, sizeof *list, compare);
	return (list[(count - 1) / 2] + list[count / 2]) / 2;
}

int main(int argc, char **argv)
{
	static double figures[FIGURES][TIMES_MAX];
	int times = argc > 2 ? atoi(argv[1]) : 0;

	if (times < 1 || times > TIMES_MAX) {
		fputs("usage: took TIMES COMMAND...\n", stderr);
		return 2;
	}
	for (int i = 0; i < times; i++) {
		double one[FIGURES];
		int status = run(argv + 2, one);

		if (status > 1)
			return status;
		for (int figure = 0; figure < FIGURES; figure++)
			figures[figure][i] = one[figure];
	}
	printf("%.2f %.2f %.0f\n", median(figures[0], times), median(figures[1], times),
	       median(figures[2], times));
	return 0;
}
