/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include <stdio.h>

#include "column.h"
#include "command.h"
#include "row-writer.h"

typedef struct {
	const char *version;
	int64_t schema;
} Version;

static const Column columns[] = {
	COLUMN(Version, version, "leadctl", CELL_TEXT),
	COLUMN(Version, schema, "schema", CELL_INTEGER),
};
static const Listing listing = LISTING("version", columns);

static ExitCode version_run(Leadctl *leadctl, char *const *arguments G_GNUC_UNUSED)
{
	Version version = {PACKAGE_VERSION, store_schema_version()};

	record_write(leadctl->format, &listing, &version);
	return LEADCTL_DONE;
}

const Command command_version = {
	.name = "version",
	.summary = "the version of the program and of its schema",
	.run = version_run,
};
