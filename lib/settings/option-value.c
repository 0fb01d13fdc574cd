/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of options: from file syntax into the member, and back. */
#include "option.h"

#include <string.h>

#include "lead/error.h"

typedef struct {
	const char *suffix;
	int64_t factor;
} Unit;

/* In the order in which a value is written: the largest that divides it. The bare number
 * comes last, except that a bare duration means seconds. */
static const Unit size_units[] = {{"M", INT64_C(1024) * 1024}, {"K", 1024}, {"", 1}, {NULL, 0}};
static const Unit duration_units[] = {{"h", INT64_C(3600) * 1000}, {"m", INT64_C(60) * 1000}, {"s", 1000},
				      {"ms", 1},	  {"", 1000},	    {NULL, 0}};
static const Unit plain_units[] = {{"", 1}, {NULL, 0}};

static const Unit *units_of(OptionType type)
{
	return type == OPTION_SIZE	 ? size_units
	       : type == OPTION_DURATION ? duration_units
					 : plain_units;
}

static void *member(const Option *option, Settings *settings)
{
	return (char *)settings + option->offset;
}

static const void *member_read(const Option *option, const Settings *settings)
{
	return (const char *)settings + option->offset;
}

/* A number in the member's unit as a person would write it. */
static char *number_text(const Option *option, int64_t value)
{
	const Unit *unit = units_of(option->type);

	if (option->type == OPTION_MODE)
		return g_strdup_printf("%04" G_GINT64_MODIFIER "o", (guint64)value);
	while (value % unit->factor != 0 || (value == 0 && unit->factor > 1))
		unit++;
	return g_strdup_printf("%" G_GINT64_FORMAT "%s", value / unit->factor,
			       unit->suffix);
}

static bool refuse_number(const Option *option, GError **error)
{
	static const char *const wanted[] = {
		[OPTION_INTEGER] = "a whole number",
		[OPTION_SIZE] = "octets such as 4096, 64K or 1M",
		[OPTION_DURATION] = "a duration such as 500ms, 5s, 2m or 1h",
		[OPTION_MODE] = "an octal mode such as 0660",
	};
	g_autofree char *least = number_text(option, option->min);
	g_autofree char *most = number_text(option, option->max);

	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "must be %s, from %s to %s",
		    wanted[option->type], least, most);
	return false;
}

/* number = 1*12DIGIT [ blanks unit ]: twelve digits and the largest unit fit 64 bits. */
static bool parse_number(const Option *option, const char *text, int64_t *value_out)
{
	enum { DIGITS_MAX = 12 };
	int base = option->type == OPTION_MODE ? 8 : 10;
	const char *end = text;
	int64_t value = 0;

	for (; g_ascii_isdigit(*end) && *end - '0' < base; end++) {
		if (end - text >= DIGITS_MAX)
			return false;
		value = value * base + (*end - '0');
	}
	if (end == text)
		return false;
	while (*end == ' ')
		end++;
	for (const Unit *unit = units_of(option->type); unit->suffix != NULL; unit++) {
		if (g_ascii_strcasecmp(unit->suffix, end) == 0) {
			*value_out = value * unit->factor;
			return true;
		}
	}
	return false;
}

static bool set_number(const Option *option, const char *text, int64_t *member_out,
		       GError **error)
{
	int64_t value;

	if (!parse_number(option, text, &value) || value < option->min ||
	    value > option->max)
		return refuse_number(option, error);
	*member_out = value;
	return true;
}

static bool set_bool(const char *text, bool *member_out, GError **error)
{
	static const char *const words[] = {"no",  "yes", "false", "true",
					    "off", "on",  "0",	   "1"};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (g_ascii_strcasecmp(words[i], text) == 0) {
			*member_out = i % 2 == 1;
			return true;
		}
	}
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "must be yes or no");
	return false;
}

static bool set_enum(const Option *option, const char *text, int *member_out,
		     GError **error)
{
	g_autofree char *known = NULL;

	for (int i = 0; option->choices[i] != NULL; i++) {
		if (g_ascii_strcasecmp(option->choices[i], text) == 0) {
			*member_out = i;
			return true;
		}
	}
	known = g_strjoinv(", ", (char **)(uintptr_t)option->choices);
	g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "must be one of %s", known);
	return false;
}

static bool set_string(const Option *option, const char *text, char **member_out,
		       GError **error)
{
	const char *wanted = option->check != NULL ? option->check(text) : NULL;

	if (wanted != NULL) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "must be %s", wanted);
		return false;
	}
	g_free(*member_out);
	*member_out = g_strdup(text);
	return true;
}

static bool set_words(const Option *option, const char *text, char ***member_out,
		      GError **error)
{
	g_auto(GStrv) pieces = g_strsplit_set(text, " \t", -1);
	g_autoptr(GStrvBuilder) words = g_strv_builder_new();

	for (char **piece = pieces; *piece != NULL; piece++) {
		const char *wanted;

		if (**piece == '\0')
			continue;
		wanted = option->check != NULL ? option->check(*piece) : NULL;
		if (wanted != NULL) {
			g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
				    "'%s' must be %s", *piece, wanted);
			return false;
		}
		g_strv_builder_add(words, *piece);
	}
	g_strfreev(*member_out);
	*member_out = g_strv_builder_end(words);
	return true;
}

bool option_parse(const Option *option, const char *text, Settings *settings,
		  GError **error)
{
	void *place = member(option, settings);

	switch (option->type) {
	case OPTION_STRING:
		return set_string(option, text, place, error);
	case OPTION_WORDS:
		return set_words(option, text, place, error);
	case OPTION_BOOL:
		return set_bool(text, place, error);
	case OPTION_ENUM:
		return set_enum(option, text, place, error);
	case OPTION_INTEGER:
	case OPTION_SIZE:
	case OPTION_DURATION:
	case OPTION_MODE:
		break;
	}
	return set_number(option, text, place, error);
}

char *option_format(const Option *option, const Settings *settings)
{
	const void *place = member_read(option, settings);

	switch (option->type) {
	case OPTION_STRING:
		return g_strdup(*(char *const *)place);
	case OPTION_WORDS:
		return g_strjoinv(" ", *(char **const *)place);
	case OPTION_BOOL:
		return g_strdup(*(const bool *)place ? "yes" : "no");
	case OPTION_ENUM:
		return g_strdup(option->choices[*(const int *)place]);
	case OPTION_INTEGER:
	case OPTION_SIZE:
	case OPTION_DURATION:
	case OPTION_MODE:
		break;
	}
	return number_text(option, *(const int64_t *)place);
}
