/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/body.h"

#include <libical/ical.h>
#include <string.h>

#include "body-parts.h"
#include "html-text.h"
#include "lead/own-text.h"
#include "phrases.h"
#include "report-parts.h"

enum {
	DIGEST_OCTETS = 8192, /* enough to tell templates apart, and cheap */
};

void body_init(void)
{
	mime_init();
	icalerror_set_errors_are_fatal(false);
}

void body_facts_init(BodyFacts *facts)
{
	memset(facts, 0, sizeof *facts);
	report_init(&facts->report);
}

void body_facts_clear(BodyFacts *facts)
{
	report_clear(&facts->report);
	g_free(facts->own_text);
	memset(facts, 0, sizeof *facts);
}

/* The notice of a report, as a person would read it; "" if there is none. */
static char *notice_text(const BodyReader *self)
{
	const char *text;
	size_t length;

	if (self->text == NULL)
		return g_strdup("");
	text = g_bytes_get_data(self->text, &length);
	return self->text_is_html ? html_to_text(text, length) : g_strndup(text, length);
}

static void report_finish(BodyReader *self, const char *body, size_t length)
{
	Report *report = &self->facts->report;
	g_autofree char *notice = NULL;
	ReportContext context;

	if (self->returned != NULL && report->kind == REPORT_NONE) {
		size_t octets;
		const char *bytes = g_bytes_get_data(self->returned, &octets);

		report_read_feedback_by_field(report, self->section, bytes, octets);
	}
	if (report->kind == REPORT_NONE && !report_by_text_might_be(self->section))
		return;
	notice = notice_text(self);
	context = (ReportContext){
		.section = self->section,
		.notice = notice,
		.notice_length = strlen(notice),
		.returned = self->returned,
		.body = body,
		.body_length = length,
	};
	if (report->kind == REPORT_NONE && !report_read_by_text(report, &context))
		return;
	report_complete(report, &context);
}

static void own_text_finish(BodyReader *self)
{
	const char *text;
	size_t length;

	if (self->text == NULL)
		return;
	text = g_bytes_get_data(self->text, &length);
	self->facts->had_text = true;
	self->facts->own_text = self->text_is_html ? own_text_from_html(text, length)
						   : own_text_from_plain(text, length);
}

/*
 * Multiplied and mixed word by word. SHA-256 of 8 KiB costs more than all rules together,
 * and guards against nobody here: who makes two mails of his own look the same has gained
 * nothing.
 */
static int64_t text_digest(const char *text)
{
	size_t left = strlen(text);
	guint64 digest = left, word;

	for (; left > 0; text += MIN(left, sizeof word), left -= MIN(left, sizeof word)) {
		word = 0;
		memcpy(&word, text, MIN(left, sizeof word));
		digest = (digest ^ GUINT64_FROM_LE(word)) *
			 G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
		digest ^= digest >> 32;
	}
	digest &= G_MAXINT64;
	return digest != 0 ? (int64_t)digest : 1;
}

static int64_t digest_of(const char *bytes, size_t length)
{
	g_autofree char *folded = phrases_fold(bytes, length, DIGEST_OCTETS);

	return text_digest(folded);
}

void body_read(const HeaderSection *section, const char *bytes, size_t length,
	       const BodyLimits *limits, BodyFacts *facts_out)
{
	BodyReader self = {.section = section, .facts = facts_out};

	body_facts_init(facts_out);
	length = MIN(length, limits->octets);
	if (length == 0)
		bytes = ""; /* so that no pointer below is NULL */
	mime_walk(section, bytes, length, limits->depth, body_part_visit, &self);
	report_finish(&self, bytes, length);
	own_text_finish(&self);
	if (self.text != NULL)
		bytes = g_bytes_get_data(self.text, &length);
	facts_out->digest = digest_of(bytes, length);
	g_clear_pointer(&self.text, g_bytes_unref);
	g_clear_pointer(&self.returned, g_bytes_unref);
}
