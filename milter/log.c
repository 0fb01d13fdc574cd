/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "lead/safe-text.h"
#include "log.h"

static int log_target = LOG_TARGET_STDERR; /* atomic, as the next */
static int log_level = LEVEL_INFO;

static const struct {
	int priority;
	const char *mark;
} levels[] = {
	[LEVEL_ERROR] = {LOG_ERR, "error: "},
	[LEVEL_WARNING] = {LOG_WARNING, "warning: "},
	[LEVEL_INFO] = {LOG_INFO, ""},
	[LEVEL_DEBUG] = {LOG_DEBUG, ""},
};

/* LOG_PERROR lets libmilter's lines, which know nothing but syslog, be read there too. */
void log_open(LogTarget target, LogLevel level)
{
	openlog("leadmilter", LOG_PID | (target == LOG_TARGET_STDERR ? LOG_PERROR : 0),
		LOG_MAIL);
	g_atomic_int_set(&log_target, (int)target);
	g_atomic_int_set(&log_level, (int)level);
}

bool log_wants(LogLevel level)
{
	return (int)level <= g_atomic_int_get(&log_level);
}

/* One write(2) a line, so that lines of several threads do not mix. */
static void write_stderr(LogLevel level, const char *text)
{
	g_autofree char *line =
		g_strconcat("leadmilter: ", levels[level].mark, text, "\n", NULL);
	ssize_t written = write(STDERR_FILENO, line, strlen(line));

	(void)written; /* there is nowhere to complain */
}

static void write_text(LogLevel level, const char *text)
{
	if (g_atomic_int_get(&log_target) == LOG_TARGET_SYSLOG)
		syslog(levels[level].priority, "%s%s", levels[level].mark, text);
	else
		write_stderr(level, text);
}

void log_write(LogLevel level, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	if (!log_wants(level))
		return;
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	write_text(level, text);
}

void log_write_lines(LogLevel level, const char *prefix, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (*lines[i] != '\0')
			log_write(level, "%s%s", prefix, lines[i]);
}

void log_write_rated(LogRate *rate, LogLevel level, const char *format, ...)
{
	int64_t now = g_get_monotonic_time();
	int64_t quiet_until = __atomic_load_n(&rate->quiet_until, __ATOMIC_RELAXED);
	g_autofree char *text = NULL;
	unsigned held_back;
	va_list arguments;

	if (now < quiet_until ||
	    !__atomic_compare_exchange_n(&rate->quiet_until, &quiet_until,
					 now + INT64_C(10) * G_USEC_PER_SEC, false, __ATOMIC_RELAXED,
					 __ATOMIC_RELAXED)) {
		__atomic_fetch_add(&rate->held_back, 1, __ATOMIC_RELAXED);
		return;
	}
	held_back = __atomic_exchange_n(&rate->held_back, 0, __ATOMIC_RELAXED);
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (held_back > 0)
		log_write(level, "%s (and %u like it before)", text, held_back);
	else
		log_write(level, "%s", text);
}

void log_line_add(GString *line, const char *key, const char *value)
{
	g_autofree char *safe = NULL;

	if (value == NULL)
		return;
	safe = safe_text_log(value);
	g_string_append_printf(line, " %s=%s", key, safe);
}

void log_line_add_number(GString *line, const char *key, int64_t value)
{
	g_string_append_printf(line, " %s=%" G_GINT64_FORMAT, key, value);
}
