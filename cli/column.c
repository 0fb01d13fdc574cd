/* SPDX-License-Identifier: BSD-2-Clause */
#include "column.h"

#include "date.h"
#include "lead/safe-text.h"

static char *list_text(const char *const *list)
{
	if (list == NULL || *list == NULL)
		return NULL;
	return g_strjoinv(", ", (char **)(uintptr_t)list);
}

static char *text_copy(const char *text)
{
	return text != NULL && *text != '\0' ? g_strdup(text) : NULL;
}

char *column_text(const Column *column, const void *row)
{
	const void *member = (const char *)row + column->offset;

	switch (column->type) {
	case CELL_TEXT:
	case CELL_WORDS:
	case CELL_OBJECT:
		return text_copy(*(const char *const *)member);
	case CELL_INTEGER:
		return g_strdup_printf("%" G_GINT64_FORMAT, *(const int64_t *)member);
	case CELL_ID:
		if (*(const int64_t *)member == 0)
			return NULL;
		return g_strdup_printf("%" G_GINT64_FORMAT, *(const int64_t *)member);
	case CELL_COUNT:
		if (*(const int64_t *)member < 0)
			return NULL;
		return g_strdup_printf("%" G_GINT64_FORMAT, *(const int64_t *)member);
	case CELL_REAL:
		return g_strdup_printf("%.3f", *(const double *)member);
	case CELL_FLAG:
		return *(const bool *)member ? g_strdup("yes") : NULL;
	case CELL_TIME:
		return date_text(*(const int64_t *)member);
	case CELL_WORD:
		return text_copy(column->word(member));
	case CELL_LIST:
		return list_text(*(const char *const *const *)member);
	case CELL_ROWS:
	case CELL_RECORD:
		break;
	}
	return NULL;
}

char *column_line(const Column *column, const void *row)
{
	g_autofree char *text = column_text(column, row);

	return text != NULL ? safe_text_line(text) : g_strdup("");
}

char *column_csv(const Column *column, const void *row)
{
	g_autofree char *text = column_text(column, row);

	if (text == NULL)
		return g_strdup("");
	/* our own numbers begin with '-' as numbers do; words of strangers must not */
	if (column->type == CELL_INTEGER || column->type == CELL_REAL)
		return g_steal_pointer(&text);
	return safe_text_csv(text);
}

const char *column_colour(const Column *column, const void *row)
{
	if (column->colour == NULL)
		return NULL;
	return column->colour((const char *)row + column->offset);
}
