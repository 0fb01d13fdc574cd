/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the file to a snapshot. GKeyFile reads sections and lines; its own value syntax
 * (escapes, ';' lists) is not ours, so only raw values are taken from it.
 */
#include "option.h"

#include <string.h>

#include "lead/error.h"
#include "lead/nearest.h"

void settings_add_fault(GString *faults, const char *file, const Option *option,
			const char *value, const char *text)
{
	g_string_append_printf(faults, "%s%s: [%s] %s", faults->len > 0 ? "\n" : "", file,
			       option->section, option->name);
	if (value != NULL)
		g_string_append_printf(faults, " = %s", value);
	g_string_append_printf(faults, ": %s", text);
}

static void add_unknown(GString *faults, const char *file, const char *what,
			const char *nearest)
{
	g_string_append_printf(faults, "%s%s: unknown %s", faults->len > 0 ? "\n" : "",
			       file, what);
	if (nearest != NULL)
		g_string_append_printf(faults, "; did you mean %s?", nearest);
}

static void refuse_section(GString *faults, const char *file, const char *section)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *what = g_strdup_printf("section [%s]", section);
	g_autofree char *hint = NULL;
	const char *nearest;

	for (size_t i = 0; i < option_count; i++)
		g_ptr_array_add(names, (void *)(uintptr_t)option_table[i].section);
	nearest = nearest_word(section, (const char *const *)names->pdata, names->len);
	if (nearest != NULL)
		hint = g_strdup_printf("[%s]", nearest);
	add_unknown(faults, file, what, hint);
}

/* The same name in another section is the likelier mistake; then a misspelt one here. */
static char *option_hint(const char *section, const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < option_count; i++) {
		const Option *option = &option_table[i];

		if (strcmp(option->name, name) == 0)
			return g_strdup_printf("[%s] %s", option->section, option->name);
		if (strcmp(option->section, section) == 0)
			g_ptr_array_add(names, (void *)(uintptr_t)option->name);
	}
	return g_strdup(nearest_word(name, (const char *const *)names->pdata, names->len));
}

static void refuse_option(GString *faults, const char *file, const char *section,
			  const char *name)
{
	g_autofree char *hint = option_hint(section, name);
	g_autofree char *what = g_strdup_printf("option [%s] %s", section, name);

	add_unknown(faults, file, what, hint);
}

static void read_option(GKeyFile *keys, const Option *option, const char *file,
			Settings *settings, GString *faults)
{
	g_autofree char *value =
		g_key_file_get_value(keys, option->section, option->name, NULL);
	g_autoptr(GError) error = NULL;

	g_strstrip(value);
	if (!option_parse(option, value, settings, &error))
		settings_add_fault(faults, file, option, value, error->message);
}

static bool section_is_known(const char *section)
{
	for (size_t i = 0; i < option_count; i++) {
		if (strcmp(option_table[i].section, section) == 0)
			return true;
	}
	return false;
}

static void read_section(GKeyFile *keys, const char *section, const char *file,
			 Settings *settings, GString *faults)
{
	g_auto(GStrv) names = g_key_file_get_keys(keys, section, NULL, NULL);

	if (!section_is_known(section)) {
		refuse_section(faults, file, section);
		return;
	}
	for (char **name = names; name != NULL && *name != NULL; name++) {
		const Option *option = option_find(section, *name);

		if (option != NULL)
			read_option(keys, option, file, settings, faults);
		else
			refuse_option(faults, file, section, *name);
	}
}

static void read_defaults(Settings *settings, GString *faults)
{
	for (size_t i = 0; i < option_count; i++) {
		g_autoptr(GError) error = NULL;

		if (!option_parse(&option_table[i], option_table[i].preset, settings,
				  &error))
			settings_add_fault(faults, "(default)", &option_table[i],
					   option_table[i].preset, error->message);
	}
}

static Settings *settings_blank(void)
{
	Settings *settings = g_new0(Settings, 1);

	settings->references_held = 1;
	return settings;
}

Settings *settings_new_default(void)
{
	g_autoptr(GString) faults = g_string_new(NULL);
	Settings *settings = settings_blank();

	read_defaults(settings, faults);
	settings_derive(settings, "(default)", faults);
	if (faults->len > 0) /* a wrong row in our own table */
		g_error("%s", faults->str);
	return settings;
}

static GKeyFile *key_file_read(const char *text, const char *name, GError **error)
{
	g_autoptr(GKeyFile) keys = g_key_file_new();
	g_autoptr(GError) reason = NULL;

	if (!g_utf8_validate(text, -1, NULL)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "%s: not valid UTF-8",
			    name);
		return NULL;
	}
	/* Without the flag "uri[de] = ..." would be dropped without a word. */
	if (!g_key_file_load_from_data(keys, text, strlen(text),
				       G_KEY_FILE_KEEP_TRANSLATIONS, &reason)) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID, "%s: %s", name,
			    reason->message);
		return NULL;
	}
	return g_steal_pointer(&keys);
}

Settings *settings_load_text(const char *text, const char *name, GError **error)
{
	g_autoptr(GKeyFile) keys =
		*text == '\0' ? g_key_file_new() : key_file_read(text, name, error);
	g_autoptr(GString) faults = g_string_new(NULL);
	g_autoptr(Settings) settings = NULL;
	g_auto(GStrv) sections = NULL;

	if (keys == NULL)
		return NULL;
	settings = settings_blank();
	settings->file = g_strdup(name);
	read_defaults(settings, faults);
	sections = g_key_file_get_groups(keys, NULL);
	for (char **section = sections; *section != NULL; section++)
		read_section(keys, *section, name, settings, faults);
	settings_derive(settings, name, faults);
	if (faults->len > 0) {
		g_set_error_literal(error, LEAD_ERROR, LEAD_ERROR_INVALID, faults->str);
		return NULL;
	}
	return g_steal_pointer(&settings);
}

Settings *settings_load(const char *file, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) reason = NULL;
	size_t length = 0;

	if (!g_file_get_contents(file, &text, &length, &reason)) {
		bool absent = g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT);

		g_set_error(error, LEAD_ERROR,
			    absent ? LEAD_ERROR_NOT_FOUND : LEAD_ERROR_PERMANENT,
			    "cannot read settings: %s", reason->message);
		return NULL;
	}
	if (strlen(text) != length) {
		g_set_error(error, LEAD_ERROR, LEAD_ERROR_INVALID,
			    "%s: holds a NUL octet: not a settings file", file);
		return NULL;
	}
	return settings_load_text(text, file, error);
}
