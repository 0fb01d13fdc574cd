/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * second-milter SOCKET: another filter beside ours, of the kind that refuses mail. A field
 * "X-Second:" says what it does at the end of the message: reject, tempfail or discard; a
 * recipient whose address begins with "unwanted@" is refused. Stays in the foreground.
 */
#include <libmilter/mfapi.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const struct {
	const char *word;
	sfsistat answer;
} verdicts[] = {
	{"reject", SMFIS_REJECT},
	{"tempfail", SMFIS_TEMPFAIL},
	{"discard", SMFIS_DISCARD},
};

static sfsistat on_mail(SMFICTX *context, char **arguments)
{
	(void)arguments;
	smfi_setpriv(context, NULL);
	return SMFIS_CONTINUE;
}

static sfsistat on_rcpt(SMFICTX *context, char **arguments)
{
	(void)context;
	return strncasecmp(arguments[0], "<unwanted@", 10) == 0 ? SMFIS_REJECT
								: SMFIS_CONTINUE;
}

/* The context keeps the number of the verdict's row, from 1. */
static sfsistat on_header(SMFICTX *context, char *name, char *body)
{
	if (strcasecmp(name, "X-Second") != 0)
		return SMFIS_CONTINUE;
	for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
		if (strstr(body, verdicts[i].word) != NULL)
			smfi_setpriv(context, (void *)(uintptr_t)(i + 1));
	}
	return SMFIS_CONTINUE;
}

static sfsistat on_end_of_message(SMFICTX *context)
{
	uintptr_t row = (uintptr_t)smfi_getpriv(context);

	smfi_setpriv(context, NULL);
	return row == 0 ? SMFIS_CONTINUE : verdicts[row - 1].answer;
}

static sfsistat on_close(SMFICTX *context)
{
	smfi_setpriv(context, NULL);
	return SMFIS_CONTINUE;
}

int main(int argc, char **argv)
{
	static char name[] = "second-milter";
	struct smfiDesc description = {
		.xxfi_name = name,
		.xxfi_version = SMFI_VERSION,
		.xxfi_envfrom = on_mail,
		.xxfi_envrcpt = on_rcpt,
		.xxfi_header = on_header,
		.xxfi_eom = on_end_of_message,
		.xxfi_close = on_close,
	};

	if (argc != 2) {
		fprintf(stderr, "usage: second-milter SOCKET\n");
		return 2;
	}
	umask(0);
	if (smfi_setconn(argv[1]) != MI_SUCCESS || smfi_register(description) != MI_SUCCESS)
		return 1;
	return smfi_main() == MI_SUCCESS ? 0 : 1;
}
