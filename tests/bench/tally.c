/* SPDX-License-Identifier: BSD-2-Clause */
#include "tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t clock_us(clockid_t clock)
{
	struct timespec now;

	if (clock_gettime(clock, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* The number behind "NAME:" in a file of /proc/PID. */
static int64_t proc_number(pid_t pid, const char *file, const char *name)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/%s", (int)pid, file);
	g_autofree char *mark = g_strconcat("\n", name, ":", NULL);
	g_autofree char *text = NULL;
	const char *found;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return 0;
	found = strstr(text, mark);
	return found != NULL ? strtoll(found + strlen(mark), NULL, 10) : 0;
}

ProcessUse process_use(pid_t pid)
{
	ProcessUse use = {0};
	clockid_t clock;

	/* In ns, and with the threads that have ended; /proc/PID/stat counts in 10 ms. */
	if (pid == 0 || clock_getcpuclockid(pid, &clock) != 0)
		return use;
	use.cpu_us = clock_us(clock);
	use.written = proc_number(pid, "io", "write_bytes");
	use.resident_kb = proc_number(pid, "status", "VmRSS");
	use.peak_kb = proc_number(pid, "status", "VmHWM");
	return use;
}

void tally_init(Tally *tally)
{
	*tally = (Tally){.latencies = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
}

void tally_clear(Tally *tally)
{
	g_array_unref(tally->latencies);
}

void tally_begin(Tally *tally, pid_t pid)
{
	g_array_set_size(tally->latencies, 0);
	tally->refused = 0;
	tally->before = process_use(pid);
	tally->own_cpu_us = -clock_us(CLOCK_PROCESS_CPUTIME_ID);
	tally->began = g_get_monotonic_time();
}

void tally_note(Tally *tally, int64_t latency_us, bool accepted)
{
	uint32_t latency = (uint32_t)CLAMP(latency_us, 0, G_MAXUINT32);

	g_array_append_val(tally->latencies, latency);
	tally->refused += !accepted;
}

void tally_end(Tally *tally, pid_t pid)
{
	tally->ended = g_get_monotonic_time();
	tally->after = process_use(pid);
	tally->own_cpu_us += clock_us(CLOCK_PROCESS_CPUTIME_ID);
}

static int compare_numbers(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

/* The smallest latency that so many of a hundred do not pass. */
static uint32_t percentile(const GArray *sorted, unsigned percent)
{
	size_t rank = ((size_t)sorted->len * percent + 99) / 100;

	return sorted->len == 0 ? 0 : g_array_index(sorted, uint32_t, MAX(rank, 1) - 1);
}

TallySum tally_sum(Tally *tally)
{
	double messages = MAX(tally->latencies->len, 1);
	double seconds = (double)(tally->ended - tally->began) / G_USEC_PER_SEC;

	g_array_sort(tally->latencies, compare_numbers);
	return (TallySum){
		.messages = tally->latencies->len,
		.refused = tally->refused,
		.seconds = seconds,
		.per_second = tally->latencies->len / seconds,
		.cpu_us = (double)(tally->after.cpu_us - tally->before.cpu_us) / messages,
		.written =
			(double)(tally->after.written - tally->before.written) / messages,
		.own_cpu_us = (double)tally->own_cpu_us / messages,
		.p50 = percentile(tally->latencies, 50),
		.p95 = percentile(tally->latencies, 95),
		.p99 = percentile(tally->latencies, 99),
		.max = percentile(tally->latencies, 100),
		.resident_kb = tally->after.resident_kb,
		.peak_kb = tally->after.peak_kb,
	};
}

void tally_print_table(const TallySum *sum)
{
	printf("messages        %10" G_GUINT64_FORMAT "  in %.2f s\n", sum->messages,
	       sum->seconds);
	printf("refused         %10" G_GUINT64_FORMAT "\n", sum->refused);
	printf("messages/s      %10.0f\n", sum->per_second);
	printf("latency us      %10u  p50\n", sum->p50);
	printf("                %10u  p95\n", sum->p95);
	printf("                %10u  p99\n", sum->p99);
	printf("                %10u  max\n", sum->max);
	printf("CPU us/message  %10.1f  the milter\n", sum->cpu_us);
	printf("                %10.1f  this program\n", sum->own_cpu_us);
	printf("octets/message  %10.0f  to the disk\n", sum->written);
	printf("memory KB       %10" G_GINT64_FORMAT "  peak %" G_GINT64_FORMAT "\n",
	       sum->resident_kb, sum->peak_kb);
}

void tally_print_json(const TallySum *sum)
{
	printf("{\"messages\":%" G_GUINT64_FORMAT ",\"refused\":%" G_GUINT64_FORMAT
	       ",\"seconds\":%.3f,\"per_second\":%.1f,\"p50_us\":%u,\"p95_us\":%u,"
	       "\"p99_us\":%u,\"max_us\":%u,\"cpu_us\":%.2f,\"own_cpu_us\":%.2f,"
	       "\"written\":%.0f,\"resident_kb\":%" G_GINT64_FORMAT
	       ",\"peak_kb\":%" G_GINT64_FORMAT "}\n",
	       sum->messages, sum->refused, sum->seconds, sum->per_second, sum->p50,
	       sum->p95, sum->p99, sum->max, sum->cpu_us, sum->own_cpu_us, sum->written,
	       sum->resident_kb, sum->peak_kb);
}
