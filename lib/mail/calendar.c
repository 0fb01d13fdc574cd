/* SPDX-License-Identifier: BSD-2-Clause */
#include "lead/calendar.h"

#include <glib.h>
#include <libical/ical.h>
#include <stdbool.h>
#include <string.h>

enum { OPEN_MAX = 8 }; /* components that a cut object may have left open */

static const char *const names[] = {
	[CALENDAR_OTHER] = "other",
	[CALENDAR_REQUEST] = "request",
	[CALENDAR_COUNTER] = "counter",
	[CALENDAR_CANCEL] = "cancel",
	[CALENDAR_REPLY] = "reply",
	[CALENDAR_REPLY_ACCEPTED] = "accepted",
	[CALENDAR_REPLY_TENTATIVE] = "tentative",
	[CALENDAR_REPLY_DECLINED] = "declined",
};

const char *calendar_kind_name(CalendarKind kind)
{
	return kind < G_N_ELEMENTS(names) ? names[kind] : NULL;
}

static CalendarKind kind_of_answer(icalparameter_partstat answer)
{
	switch (answer) {
	case ICAL_PARTSTAT_ACCEPTED:
		return CALENDAR_REPLY_ACCEPTED;
	case ICAL_PARTSTAT_TENTATIVE:
		return CALENDAR_REPLY_TENTATIVE;
	case ICAL_PARTSTAT_DECLINED:
		return CALENDAR_REPLY_DECLINED;
	default:
		return CALENDAR_REPLY;
	}
}

/* RFC 5546 3.2.3: a REPLY holds one ATTENDEE, who answers with PARTSTAT. */
static CalendarKind answer_of(icalcomponent *calendar)
{
	icalcomponent *event =
		icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);

	for (; event != NULL;
	     event = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
		icalproperty *attendee =
			icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
		icalparameter *answer =
			attendee ? icalproperty_get_first_parameter(attendee,
								    ICAL_PARTSTAT_PARAMETER)
				 : NULL;

		if (answer != NULL)
			return kind_of_answer(icalparameter_get_partstat(answer));
	}
	return CALENDAR_REPLY;
}

static CalendarKind kind_of_method(icalproperty_method method)
{
	switch (method) {
	case ICAL_METHOD_REQUEST:
		return CALENDAR_REQUEST;
	case ICAL_METHOD_COUNTER:
		return CALENDAR_COUNTER;
	case ICAL_METHOD_CANCEL:
		return CALENDAR_CANCEL;
	case ICAL_METHOD_REPLY:
		return CALENDAR_REPLY;
	default:
		return CALENDAR_OTHER;
	}
}

static CalendarKind kind_of(icalcomponent *calendar)
{
	CalendarKind kind = kind_of_method(icalcomponent_get_method(calendar));

	return kind == CALENDAR_REPLY ? answer_of(calendar) : kind;
}

CalendarKind calendar_kind_from_method(const char *method)
{
	return kind_of_method(icalproperty_string_to_method(method));
}

typedef struct {
	const char *at, *end;
} LineSource;

/* As fgets(): libical asks for the text piece by piece. */
static char *line_next(char *line, size_t size, void *source)
{
	LineSource *self = source;
	size_t length = 0;

	while (self->at < self->end && length + 1 < size) {
		char c = *self->at++;

		line[length++] = c != '\0' ? c : ' ';
		if (c == '\n')
			break;
	}
	line[length] = '\0';
	return length > 0 ? line : NULL;
}

static bool is_property(const char *line, const char *name)
{
	size_t length = strlen(name);

	return g_ascii_strncasecmp(line, name, length) == 0 &&
	       (line[length] == ':' || line[length] == ';');
}

/* The depth behind line; false for an END that ends nothing, about which libical would
 * write to standard error. */
static bool depth_follow(unsigned *depth, const char *line)
{
	if (is_property(line, "BEGIN"))
		(*depth)++;
	else if (is_property(line, "END"))
		return (*depth)-- > 0;
	return true;
}

/* The first object; of a text that was cut, what there is of it. */
static icalcomponent *first_object(LineSource *source)
{
	icalparser *parser = icalparser_new();
	icalcomponent *object = NULL;
	unsigned depth = 0;
	char end[] = "END:VCALENDAR";
	char *line;

	icalparser_set_gen_data(parser, source);
	while (object == NULL && (line = icalparser_get_line(parser, line_next)) != NULL) {
		if (depth_follow(&depth, line))
			object = icalparser_add_line(parser, line);
		else
			depth = 0;
		icalmemory_free_buffer(line);
	}
	for (unsigned open = MIN(depth, OPEN_MAX); object == NULL && open > 0; open--)
		object = icalparser_add_line(parser, end);
	icalparser_free(parser);
	return object;
}

CalendarKind calendar_parse(const char *text, size_t length)
{
	LineSource source = {text, text + length};
	icalcomponent *object = first_object(&source);
	CalendarKind kind = CALENDAR_OTHER;

	if (object == NULL)
		return kind;
	if (icalcomponent_isa(object) == ICAL_VCALENDAR_COMPONENT)
		kind = kind_of(object);
	icalcomponent_free(object);
	return kind;
}
