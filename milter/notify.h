/* SPDX-License-Identifier: BSD-2-Clause */
/* Tells the service manager (sd_notify(3)) what we are doing; nothing without systemd. */
#ifndef LEADMILTER_NOTIFY_H
#define LEADMILTER_NOTIFY_H

void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);

#endif
