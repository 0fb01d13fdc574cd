/* SPDX-License-Identifier: BSD-2-Clause */
/* Character references of HTML, as far as mail programs write them. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "html-text.h"

enum { NAME_MAX_OCTETS = 10, NUMBER_MAX_OCTETS = 9 };

/* U+00A0 to U+00FF. */
/* clang-format off */
static const char *const latin1[] = {
	"nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",
	"uml",    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",
	"deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot",
	"cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest",
	"Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil",
	"Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
	"ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
	"Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",
	"agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
	"egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
	"eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
	"oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};
/* clang-format on */

/* clang-format off */
static const struct {
	const char *name;
	gunichar character;
} others[] = {
	{"amp", '&'},      {"lt", '<'},        {"gt", '>'},        {"quot", '"'},
	{"apos", '\''},    {"ndash", 0x2013},  {"mdash", 0x2014},  {"lsquo", 0x2018},
	{"rsquo", 0x2019}, {"sbquo", 0x201a},  {"ldquo", 0x201c},  {"rdquo", 0x201d},
	{"bdquo", 0x201e}, {"hellip", 0x2026}, {"bull", 0x2022},   {"euro", 0x20ac},
	{"trade", 0x2122}, {"ensp", 0x2002},   {"emsp", 0x2003},   {"thinsp", 0x2009},
	{"zwnj", 0x200c},  {"zwj", 0x200d},    {"lsaquo", 0x2039}, {"rsaquo", 0x203a},
	{"OElig", 0x152},  {"oelig", 0x153},   {"Scaron", 0x160},  {"scaron", 0x161},
	{"Yuml", 0x178},   {"rarr", 0x2192},   {"larr", 0x2190},
};
/* clang-format on */

/* Numbers 128 to 159 mean windows-1252, as browsers read them. */
/* clang-format off */
static const gunichar windows[] = {
	0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
	0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
	0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};
/* clang-format on */

static gunichar named(const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(others); i++) {
		if (strcmp(others[i].name, name) == 0)
			return others[i].character;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(latin1); i++) {
		if (strcmp(latin1[i], name) == 0)
			return 0xa0 + i;
	}
	return 0;
}

static gunichar numbered(const char *digits)
{
	bool is_hex = *digits == 'x' || *digits == 'X';
	char *rest;
	gulong number = strtoul(digits + is_hex, &rest, is_hex ? 16 : 10);

	if (rest == digits + is_hex || *rest != '\0')
		return 0;
	if (number >= 128 && number < 128 + G_N_ELEMENTS(windows))
		return windows[number - 128];
	return number <= 0x10ffff && g_unichar_validate((gunichar)number) ? (gunichar)number
									  : 0;
}

size_t html_reference_read(const char *at, const char *end, gunichar *character_out)
{
	bool is_number = end - at > 1 && at[1] == '#';
	size_t limit = is_number ? NUMBER_MAX_OCTETS : NAME_MAX_OCTETS;
	size_t begin = is_number ? 2 : 1, length = begin;
	char name[16];

	while (at + length < end && length - begin < limit && g_ascii_isalnum(at[length]))
		length++;
	if (length == begin)
		return 0;
	memcpy(name, at + begin, length - begin);
	name[length - begin] = '\0';
	*character_out = is_number ? numbered(name) : named(name);
	if (*character_out == 0)
		return 0;
	return at + length < end && at[length] == ';' ? length + 1 : length;
}
