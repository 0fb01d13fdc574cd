/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages from files: an mbox (mboxo, mboxrd), a Maildir, a folder of message files, one
 * message file, or standard input. Each message is handed over as bytes and split like
 * the MTA would have; its envelope comes from trace fields, and from nothing else.
 */
#ifndef LEAD_MESSAGE_SOURCE_H
#define LEAD_MESSAGE_SOURCE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lead/envelope.h"
#include "lead/header-section.h"
#include "lead/settings.h"

enum {
	SOURCE_MESSAGE_MAX = 64 * 1024 * 1024, /* octets handed over; the rest is passed by */
};

typedef struct {
	const char *name; /* "PATH", or "PATH:12" for the twelfth of several of an mbox */
	const char *bytes; /* the message, without an mbox line; borrowed for the call */
	size_t length;
	int64_t at; /* of the mbox line, else the file's own; s UTC, 0 unknown. For
		     * envelope_from_section() where the message has no date */
	size_t done, total; /* octets read and in all, for progress; total 0: unknown */
} SourceMessage;

/* Called per message; false stops. A file that cannot be read is reported with bytes
 * NULL and error set, and the rest goes on. */
typedef bool (*SourceVisit)(const SourceMessage *message, const GError *error, void *user);

/* Visits every message of path: "-" is standard input; a folder is walked in order of
 * name, of a Maildir cur and new with its sub-folders, else every file whose name does not
 * begin with a dot. An empty file holds no message. false if path itself is not there or
 * not readable (NOT_FOUND, PERMANENT), or visit stopped it (then without an error). */
bool message_source_visit(const char *path, SourceVisit visit, void *user, GError **error);

/* The envelope of an archived message: reverse-path from Return-Path where there is one,
 * recipients from Delivered-To, X-Original-To, Envelope-To, else To, Cc and Bcc; arrival
 * from the uppermost Received, else Date, else fallback_at. */
void envelope_from_section(const HeaderSection *section, const Settings *settings,
			   int64_t fallback_at, Envelope *envelope_out);

#endif
