/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/report.h"

#include <string.h>

#include "report-parts.h"

static void recipient_free(gpointer recipient)
{
	report_recipient_free(recipient);
}

void report_init(Report *report)
{
	memset(report, 0, sizeof *report);
	report->recipients = g_ptr_array_new_with_free_func(recipient_free);
}

void report_clear(Report *report)
{
	g_clear_pointer(&report->recipients, g_ptr_array_unref);
	g_free(report->feedback_type);
	g_free(report->original_id);
	g_free(report->original_author);
	memset(report, 0, sizeof *report);
}

void report_recipient_free(ReportRecipient *recipient)
{
	if (recipient == NULL)
		return;
	addr_spec_free(recipient->recipient);
	addr_spec_free(recipient->original);
	g_free(recipient->status);
	g_free(recipient);
}

const char *bounce_kind_name(BounceKind kind)
{
	switch (kind) {
	case BOUNCE_SUCCESS:
		return "success";
	case BOUNCE_DELAYED:
		return "delayed";
	case BOUNCE_SOFT:
		return "soft";
	case BOUNCE_HARD:
		return "hard";
	case BOUNCE_NONE:
		break;
	}
	return NULL;
}

const char *disposition_name(Disposition disposition)
{
	switch (disposition) {
	case DISPOSITION_DISPLAYED:
		return "displayed";
	case DISPOSITION_DELETED:
		return "deleted";
	case DISPOSITION_REFUSED:
		return "refused";
	case DISPOSITION_OTHER:
		return "other";
	case DISPOSITION_NONE:
		break;
	}
	return NULL;
}
