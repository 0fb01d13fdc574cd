/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "phrases.h"
#include "report-parts.h"

typedef struct {
	unsigned class, subject, detail; /* RFC 3463 2; class 0: none */
} StatusCode;

enum { ANY = 1000 }; /* of a row: every detail, every subject */

/* What a code settles by itself. All other 5.x.x say too little: senders use 5.0.0 and
 * 5.4.1 for unknown users as well as for routing faults and policy. */
static const struct {
	StatusCode code;
	BounceKind kind;
} settled[] = {
	{{5, 1, 1}, BOUNCE_HARD},   /* bad destination mailbox */
	{{5, 1, 2}, BOUNCE_HARD},   /* bad destination system */
	{{5, 1, 3}, BOUNCE_HARD},   /* bad destination mailbox syntax */
	{{5, 1, 6}, BOUNCE_HARD},   /* mailbox has moved */
	{{5, 1, 10}, BOUNCE_HARD},  /* null MX (RFC 7505); unknown at Exchange */
	{{5, 2, 1}, BOUNCE_HARD},   /* mailbox disabled */
	{{5, 2, 2}, BOUNCE_SOFT},   /* mailbox full */
	{{5, 3, 4}, BOUNCE_SOFT},   /* message too big */
	{{5, 7, ANY}, BOUNCE_SOFT}, /* policy */
	{{4, ANY, ANY}, BOUNCE_SOFT},
};

/* RFC 3464 2.3.3; "failed" goes by its status. */
static const struct {
	const char *action;
	BounceKind kind;
} actions[] = {
	{"delivered", BOUNCE_SUCCESS},
	{"relayed", BOUNCE_SUCCESS},
	{"expanded", BOUNCE_SUCCESS},
	{"delayed", BOUNCE_DELAYED},
};

/* In order of weight. */
typedef struct {
	PhraseListId list;
	BounceKind kind;
} Wording;

static const Wording wordings[] = {
	{PHRASES_TEXT_SOFT_SURE, BOUNCE_SOFT}, {PHRASES_TEXT_HARD_SURE, BOUNCE_HARD},
	{PHRASES_TEXT_HARD, BOUNCE_HARD},      {PHRASES_TEXT_SOFT, BOUNCE_SOFT},
	{PHRASES_TEXT_HARD_WEAK, BOUNCE_HARD},
};

/* ---- status codes ---- */

static bool number_read(const char **at, unsigned *number_out)
{
	unsigned digits = 0;

	for (*number_out = 0; g_ascii_isdigit(**at) && digits < 3; digits++)
		*number_out = *number_out * 10 + (unsigned)(*(*at)++ - '0');
	return digits > 0 && !g_ascii_isdigit(**at);
}

/* status-code = class "." subject "." detail; class 2, 4, 5 (RFC 3463 2). */
static bool code_read(const char *at, StatusCode *code_out)
{
	StatusCode code;

	if (strchr("245", *at) == NULL || at[0] == '\0' || at[1] != '.')
		return false;
	code.class = (unsigned)(*at - '0');
	at += 2;
	if (!number_read(&at, &code.subject) || *at++ != '.' ||
	    !number_read(&at, &code.detail))
		return false;
	if (*at == '.' && g_ascii_isdigit(at[1])) /* a network address */
		return false;
	*code_out = code;
	return true;
}

/* Status fields of real reports: also "5 1 1", "511". */
static StatusCode code_of_field(const char *field)
{
	StatusCode code = {0, 0, 0};
	unsigned digits[3], n = 0;

	while (g_ascii_isspace(*field))
		field++;
	if (code_read(field, &code))
		return code;
	for (; n < 3 && g_ascii_isdigit(*field); field++) {
		digits[n++] = (unsigned)(*field - '0');
		if (n < 3 && (field[1] == ' ' || field[1] == '-'))
			field++;
	}
	if (n == 3 && !g_ascii_isdigit(*field) && strchr("245", (char)('0' + digits[0])))
		return (StatusCode){digits[0], digits[1], digits[2]};
	return code;
}

static StatusCode code_in_text(const char *text)
{
	StatusCode code = {0, 0, 0};

	for (const char *at = text; *at != '\0'; at++) {
		bool apart = at == text || strchr(" \t\n\r#(<[:;-,\"", at[-1]) != NULL;

		if (apart && code_read(at, &code))
			break;
	}
	return code;
}

static char *code_text(StatusCode code)
{
	if (code.class == 0)
		return NULL;
	return g_strdup_printf("%u.%u.%u", code.class, code.subject, code.detail);
}

char *bounce_status_read(const char *field)
{
	return code_text(code_of_field(field));
}

char *bounce_status_find(const char *text)
{
	return code_text(code_in_text(text));
}

/* ---- kinds ---- */

static BounceKind kind_of_code(StatusCode code)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(settled); i++) {
		StatusCode row = settled[i].code;

		if (row.class == code.class &&
		    (row.subject == ANY || row.subject == code.subject) &&
		    (row.detail == ANY || row.detail == code.detail))
			return settled[i].kind;
	}
	return BOUNCE_NONE;
}

static const Wording *wording_of(const char *text)
{
	g_autofree char *folded = phrases_fold(text, strlen(text), REPORT_TEXT_MAX);

	for (unsigned i = 0; i < G_N_ELEMENTS(wordings); i++) {
		if (phrases_within(wordings[i].list, folded) != NULL)
			return &wordings[i];
	}
	return NULL;
}

/* A code that settles the kind, but for two things that real servers say behind it: that
 * the mailbox is full (after 5.1.1), and that there is none (after 5.7.1). */
static bool wording_overrules(const Wording *wording, StatusCode code)
{
	if (wording->list == PHRASES_TEXT_SOFT_SURE)
		return kind_of_code(code) == BOUNCE_HARD;
	return wording->list == PHRASES_TEXT_HARD_SURE && code.class == 5 &&
	       code.subject == 7;
}

static BounceKind kind_of_action(const char *action)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(actions); i++) {
		size_t length = strlen(actions[i].action);

		if (g_ascii_strncasecmp(action, actions[i].action, length) == 0)
			return actions[i].kind;
	}
	return BOUNCE_NONE;
}

bool bounce_status_settles(const char *status)
{
	return status != NULL && kind_of_code(code_of_field(status)) != BOUNCE_NONE;
}

static BounceKind kind_of_failure(StatusCode code, const char *text, bool *by_text_out)
{
	const Wording *wording = text ? wording_of(text) : NULL;
	BounceKind kind = kind_of_code(code);

	*by_text_out = false;
	if (kind == BOUNCE_NONE && text != NULL) { /* the text may quote a better one */
		code = code_in_text(text);
		kind = kind_of_code(code);
		*by_text_out = kind != BOUNCE_NONE;
	}
	if (wording != NULL && (kind == BOUNCE_NONE || wording_overrules(wording, code))) {
		*by_text_out = true;
		return wording->kind;
	}
	return kind != BOUNCE_NONE ? kind : BOUNCE_SOFT;
}

BounceKind bounce_settle(const char *action, const char *status, const char *text,
			 bool *by_text_out)
{
	StatusCode code = status ? code_of_field(status) : (StatusCode){0, 0, 0};
	BounceKind kind = action ? kind_of_action(action) : BOUNCE_NONE;

	*by_text_out = false;
	if (kind != BOUNCE_NONE)
		return kind;
	if (action == NULL && code.class == 2)
		return BOUNCE_SUCCESS;
	return kind_of_failure(code, text, by_text_out);
}

BounceKind bounce_kind(const char *action, const char *status, const char *text)
{
	bool by_text;

	return bounce_settle(action, status, text, &by_text);
}
