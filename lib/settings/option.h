/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One option of the settings file: the row that says all about it. Private to
 * lib/settings; the table is static and immutable.
 */
#ifndef LEAD_SETTINGS_OPTION_H
#define LEAD_SETTINGS_OPTION_H

#include "lead/settings.h"

typedef enum {
	OPTION_STRING,	 /* char * */
	OPTION_WORDS,	 /* char **: words separated by blanks, NULL-terminated */
	OPTION_BOOL,	 /* bool */
	OPTION_INTEGER,	 /* int64_t */
	OPTION_SIZE,	 /* int64_t octets: 4096, 64K, 1M */
	OPTION_DURATION, /* int64_t milliseconds: 500ms, 5s, 2m, 1h; bare: seconds */
	OPTION_MODE,	 /* int64_t, octal in the file */
	OPTION_ENUM,	 /* an enumeration counted from 0 in the order of choices */
} OptionType;

typedef struct {
	const char *section;
	const char *name;
	const char *preset; /* the default, in file syntax */
	OptionType type;
	size_t offset;	  /* of the member in Settings */
	int64_t min, max; /* of the four number types, in the unit of the member */
	const char *const *choices; /* of an enumeration, NULL-terminated */
	/* Judges a string, or each word of a list: NULL, or what it should have been. */
	const char *(*check)(const char *word);
	bool needs_restart; /* a reload cannot bring it into force */
	const char *summary;
} Option;

extern const Option option_table[];
extern const size_t option_count;

const Option *option_find(const char *section, const char *name); /* or NULL */
const char *option_type_name(OptionType type);

/* Reads text (valid UTF-8, stripped) into the member. The error's text begins behind the
 * option's name: what is wrong, and what would be right. */
bool option_parse(const Option *option, const char *text, Settings *settings,
		  GError **error);
/* The member in file syntax. Caller frees. */
char *option_format(const Option *option, const Settings *settings);

const char *option_check_socket(const char *word);
const char *option_check_uri(const char *word);
const char *option_check_domain(const char *word);
const char *option_check_network(const char *word);
const char *option_check_port(const char *word);
const char *option_check_address(const char *word);
const char *option_check_party(const char *word);
const char *option_check_field(const char *word);
const char *option_check_separator(const char *word);

/* Fills the members that no row fills, and judges what needs several options; appends
 * one line per fault to faults. */
void settings_derive(Settings *settings, const char *file, GString *faults);
void settings_add_fault(GString *faults, const char *file, const Option *option,
			const char *value, const char *text);

#endif
