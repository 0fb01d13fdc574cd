/* SPDX-License-Identifier: BSD-2-Clause */
#include "notices.h"

void notices_init(Notices *notices, RecorderNotice notice, void *user)
{
	*notices = (Notices){.notice = notice, .user = user};
	pthread_mutex_init(&notices->lock, NULL);
}

void notices_clear(Notices *notices)
{
	pthread_mutex_destroy(&notices->lock);
}

/* True if there is room for one more; then *omitted_out says how many had none. */
static bool take_room(Notices *notices, unsigned *omitted_out)
{
	int64_t minute = g_get_monotonic_time() / G_TIME_SPAN_MINUTE;
	bool room;

	pthread_mutex_lock(&notices->lock);
	if (minute != notices->minute) {
		notices->minute = minute;
		notices->count = 0;
	}
	room = notices->count < NOTICES_A_MINUTE;
	*omitted_out = notices->omitted;
	notices->count += room;
	notices->omitted = room ? 0 : notices->omitted + 1;
	pthread_mutex_unlock(&notices->lock);
	return room;
}

void notices_tell(Notices *notices, LogLevel level, const char *format, ...)
{
	g_autoptr(GString) text = NULL;
	unsigned omitted;
	va_list arguments;

	if (notices->notice == NULL || !take_room(notices, &omitted))
		return;
	text = g_string_new(NULL);
	va_start(arguments, format);
	g_string_append_vprintf(text, format, arguments);
	va_end(arguments);
	if (omitted > 0)
		g_string_append_printf(text, " (and %u notices left out)", omitted);
	notices->notice(level, text->str, notices->user);
}
