/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include "notify.h"

#include <glib.h>

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#else
#define sd_notify(unset, state) ((void)(state))
#define sd_notifyf(unset, format, time) ((void)(time))
#endif

void notify_ready(void)
{
	sd_notify(0, "READY=1");
}

/* Type=notify-reload wants the time with it. */
void notify_reloading(void)
{
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT,
		   g_get_monotonic_time());
}

void notify_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}
