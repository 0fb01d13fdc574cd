/* SPDX-License-Identifier: BSD-2-Clause */
#include "random-history.h"

enum {
	PEOPLE = 5,
	EVENTS = 18,
	FIRST_DAY = -300,
	LAST_DAY = 300,
	WINDOW_DAYS = 365,
	COPY_DAYS = 40,
	ABSENT_DAYS = 11, /* day 0 would be none; the days of events are even */
	NOBODY = -1,
};

static const char *const people[PEOPLE] = {
	/* in the order of their addresses */
	"ann@else.example", "bob@third.example",  "jane@lead.example",
	"joe@lead.example", "zoe@fourth.example",
};

typedef enum { OUTREACH, REPLY, OPT_OUT, ABSENCE, BOUNCE } Kind;
typedef enum { DIRECT, LISTED_TOO, LISTED_ALONE } Way;

/* No two events have a day in common, nor has an event with a late copy. */
typedef struct {
	Kind kind;
	int day;
	unsigned recipients; /* a bit for each of the people: of OUTREACH all, of REPLY
			      * who else got it */
	int person;	     /* who wrote, or whose address bounced */
	int answers[2];	     /* events it names, the nearest first; or NOBODY */
	bool forged;	     /* authentication failed */
	Way way; /* of what a person wrote: a list brought a copy, or all of it */
} Event;

struct RandomHistory {
	Event events[EVENTS];
	GPtrArray *steps;
};

/* ---- making it up ---- */

static int below(GRand *random, int end)
{
	return g_rand_int_range(random, 0, end);
}

static bool one_in(GRand *random, int sides)
{
	return below(random, sides) == 0;
}

/* An outreach of those so far, of any date; NOBODY if there is none. */
static int any_outreach(const RandomHistory *self, int count, GRand *random)
{
	int outreach[EVENTS], found = 0;

	for (int i = 0; i < count; i++) {
		if (self->events[i].kind == OUTREACH)
			outreach[found++] = i;
	}
	return found == 0 ? NOBODY : outreach[below(random, found)];
}

/* Mostly somebody who was asked. */
static int any_person(const Event *outreach, GRand *random)
{
	int person = below(random, PEOPLE);

	for (int i = 0; !one_in(random, 5) && i < PEOPLE; i++) {
		if (outreach->recipients & 1u << (person + i) % PEOPLE)
			return (person + i) % PEOPLE;
	}
	return person;
}

static void make_outreach(Event *event, GRand *random)
{
	event->kind = OUTREACH;
	event->recipients = 1u << below(random, PEOPLE);
	if (one_in(random, 2))
		event->recipients |= 1u << below(random, PEOPLE);
}

static void make_answer(RandomHistory *self, int number, GRand *random)
{
	static const Kind kinds[] = {REPLY, REPLY, REPLY, REPLY, OPT_OUT, ABSENCE, BOUNCE};
	Event *event = &self->events[number];

	event->kind = kinds[below(random, G_N_ELEMENTS(kinds))];
	event->answers[0] = any_outreach(self, number, random);
	event->person = any_person(&self->events[event->answers[0]], random);
	if (event->kind == REPLY && one_in(random, 3))
		event->answers[1] = any_outreach(self, number, random);
	if (event->kind == REPLY && one_in(random, 3))
		event->recipients = 1u << below(random, PEOPLE);
	event->recipients &= ~(1u << event->person);
	event->forged = event->kind != BOUNCE && one_in(random, 6);
	if ((event->kind == REPLY || event->kind == OPT_OUT) && one_in(random, 3))
		event->way = one_in(random, 3) ? LISTED_ALONE : LISTED_TOO;
}

/* Days from FIRST_DAY to LAST_DAY, all different and even. */
static void deal_days(RandomHistory *self, GRand *random)
{
	bool taken[(LAST_DAY - FIRST_DAY) / 2] = {false};

	for (int i = 0; i < EVENTS; i++) {
		int day = below(random, G_N_ELEMENTS(taken));

		while (taken[day])
			day = (day + 1) % (int)G_N_ELEMENTS(taken);
		taken[day] = true;
		self->events[i].day = FIRST_DAY + 2 * day;
	}
}

/* ---- telling it ---- */

static void append_people(GString *step, const char *word, unsigned recipients)
{
	g_string_append(step, word);
	for (int i = 0; i < PEOPLE; i++) {
		if (recipients & 1u << i)
			g_string_append_printf(step, "%s%s",
					       recipients & ((1u << i) - 1) ? "," : "",
					       people[i]);
	}
}

static void append_answers(GString *step, const Event *event, bool listed)
{
	g_string_append_printf(step, " answers=e%d", event->answers[0]);
	if (event->answers[1] != NOBODY && event->answers[1] != event->answers[0])
		g_string_append_printf(step, ",e%d", event->answers[1]);
	if (event->forged || listed)
		g_string_append(step, " auth=fail");
}

/* A list's copy: its fields, and a signature that does not hold any more. */
static void append_signs(GString *step, const Event *event, bool listed)
{
	const char *signs[] = {listed ? "list-id" : NULL,
			       event->kind == OPT_OUT ? "stop-text" : NULL};

	if (signs[0] != NULL || signs[1] != NULL)
		g_string_append_printf(step, " signs=%s%s%s",
				       signs[0] != NULL ? signs[0] : "",
				       signs[0] != NULL && signs[1] != NULL ? "," : "",
				       signs[1] != NULL ? signs[1] : "");
}

static void append_by_kind(GString *step, const Event *event, bool listed)
{
	const char *person = people[event->person];

	switch (event->kind) {
	case ABSENCE:
		g_string_append_printf(step, " signs=auto-submitted-vacation absent=%d",
				       event->day + ABSENT_DAYS);
		break;
	case BOUNCE:
		g_string_append_printf(
			step, " signs=delivery-report bounced=%s:hard returned=e%d", person,
			event->answers[0]);
		break;
	default:
		append_signs(step, event, listed);
		break;
	}
	if (event->kind != BOUNCE)
		append_answers(step, event, listed);
	if (event->recipients != 0)
		append_people(step, " others=", event->recipients);
}

static char *tell_inbound(const Event *event, int number, const char *rep, int day,
			  bool listed)
{
	GString *step = g_string_new(NULL);

	g_string_append_printf(step, "in from=%s to=%s id=e%d day=%d",
			       event->kind == BOUNCE ? "mailer-daemon@mx.example"
						     : people[event->person],
			       rep, number, day);
	append_by_kind(step, event, listed);
	return g_string_free(step, FALSE);
}

static char *tell_outbound(unsigned recipients, int number, int day)
{
	GString *step = g_string_new("out from=rep@ours.example");

	append_people(step, " to=", recipients);
	g_string_append_printf(step, " id=e%d day=%d", number, day);
	return g_string_free(step, FALSE);
}

/* A copy may come with the first, or behind other mail: the first counts. */
static int copy_day(const Event *event, GRand *random)
{
	return one_in(random, 2) ? event->day
				 : event->day + 1 + 2 * below(random, COPY_DAYS / 2);
}

static void tell_copy(RandomHistory *self, int number, const char *rep, int day,
		      bool listed)
{
	g_ptr_array_add(self->steps,
			tell_inbound(&self->events[number], number, rep, day, listed));
}

/* The first of the two that differ by the way may be either. */
static void tell_inbound_copies(RandomHistory *self, int number, GRand *random)
{
	const Event *event = &self->events[number];
	bool listed_first = event->way == LISTED_ALONE ||
			    (event->way == LISTED_TOO && one_in(random, 2));

	tell_copy(self, number, "rep@ours.example", event->day, listed_first);
	if (event->way == LISTED_TOO)
		tell_copy(self, number, "three@ours.example", copy_day(event, random),
			  !listed_first);
	if (one_in(random, 3))
		tell_copy(self, number, "two@ours.example", copy_day(event, random),
			  event->way == LISTED_ALONE);
}

static void tell_copies(RandomHistory *self, int number, GRand *random)
{
	const Event *event = &self->events[number];
	int later = copy_day(event, random);

	if (event->kind != OUTREACH) {
		tell_inbound_copies(self, number, random);
		return;
	}
	if (one_in(random, 2)) {
		unsigned first = event->recipients & -event->recipients;

		g_ptr_array_add(self->steps, tell_outbound(first, number, event->day));
		g_ptr_array_add(self->steps,
				tell_outbound(event->recipients, number, later));
		return;
	}
	g_ptr_array_add(self->steps, tell_outbound(event->recipients, number, event->day));
}

RandomHistory *random_history_new(GRand *random)
{
	RandomHistory *self = g_new0(RandomHistory, 1);

	self->steps = g_ptr_array_new_with_free_func(g_free);
	deal_days(self, random);
	for (int i = 0; i < EVENTS; i++) {
		self->events[i].person = NOBODY;
		self->events[i].answers[0] = self->events[i].answers[1] = NOBODY;
		if (i == 0 || one_in(random, 3))
			make_outreach(&self->events[i], random);
		else
			make_answer(self, i, random);
		tell_copies(self, i, random);
	}
	return self;
}

void random_history_free(RandomHistory *history)
{
	g_ptr_array_unref(history->steps);
	g_free(history);
}

const GPtrArray *random_history_steps(const RandomHistory *history)
{
	return history->steps;
}

/* ---- the model ---- */

static bool went_to(const Event *event, int person)
{
	return event->kind == OUTREACH && (event->recipients & 1u << person) != 0;
}

/* The first outreach to him; NULL if he is no contact. */
static const Event *origin_of(const RandomHistory *self, int person)
{
	const Event *first = NULL;

	for (int i = 0; i < EVENTS; i++) {
		const Event *event = &self->events[i];

		if (went_to(event, person) && (first == NULL || event->day < first->day))
			first = event;
	}
	return first;
}

/* A contact by the time of the event; what that names is there, whatever the clocks say. */
static bool is_contact_at(const RandomHistory *self, const Event *event, int person)
{
	const Event *origin = origin_of(self, person);
	int known = event->day;

	for (int i = 0; i < 2; i++) {
		if (event->answers[i] != NOBODY)
			known = MAX(known, self->events[event->answers[i]].day);
	}
	return origin != NULL && origin->day <= known;
}

static bool is_heard(const RandomHistory *self, const Event *event, Kind kind, int person)
{
	return event->kind == kind && event->person == person && !event->forged &&
	       event->way != LISTED_ALONE && is_contact_at(self, event, person);
}

/* Only of mail that he got. */
static bool has_bounced(const RandomHistory *self, const Event *event, int person)
{
	return event->kind == BOUNCE && event->person == person &&
	       went_to(&self->events[event->answers[0]], person);
}

static bool has_opted_out(const RandomHistory *self, int person, int until)
{
	for (int i = 0; i < EVENTS; i++) {
		if (is_heard(self, &self->events[i], OPT_OUT, person) &&
		    self->events[i].day < until)
			return true;
	}
	return false;
}

/* What the reply answers: the first it names that went to him and is not too old. */
static int answered_by(const RandomHistory *self, const Event *reply)
{
	for (int i = 0; i < 2; i++) {
		int named = reply->answers[i];

		if (named != NOBODY && went_to(&self->events[named], reply->person) &&
		    reply->day - self->events[named].day <= WINDOW_DAYS)
			return named;
	}
	return NOBODY;
}

/* The reply that makes him a prospect; NOBODY if none does. */
static int promotion_of(const RandomHistory *self, int person)
{
	int first = NOBODY;

	for (int i = 0; i < EVENTS; i++) {
		const Event *event = &self->events[i];

		if (is_heard(self, event, REPLY, person) &&
		    answered_by(self, event) != NOBODY &&
		    !has_opted_out(self, person, event->day) &&
		    (first == NOBODY || event->day < self->events[first].day))
			first = i;
	}
	return first;
}

static bool takes_part(const RandomHistory *self, const Event *event, int person)
{
	switch (event->kind) {
	case OUTREACH:
		return went_to(event, person);
	case BOUNCE:
		return has_bounced(self, event, person);
	default:
		/* A list's reader is not whom it was written to. */
		return (event->person == person ||
			(event->way != LISTED_ALONE && event->recipients & 1u << person)) &&
		       is_contact_at(self, event, person);
	}
}

static unsigned count_interactions(const RandomHistory *self, int person)
{
	unsigned count = 0;

	for (int i = 0; i < EVENTS; i++)
		count += takes_part(self, &self->events[i], person);
	return count;
}

/* The last that says something of the address is right. */
static bool is_address_bad(const RandomHistory *self, int person)
{
	const Event *last = NULL;

	for (int i = 0; i < EVENTS; i++) {
		const Event *event = &self->events[i];

		if ((has_bounced(self, event, person) ||
		     is_heard(self, event, REPLY, person)) &&
		    (last == NULL || event->day > last->day))
			last = event;
	}
	return last != NULL && last->kind == BOUNCE;
}

static bool was_absent(const RandomHistory *self, int person)
{
	for (int i = 0; i < EVENTS; i++) {
		if (is_heard(self, &self->events[i], ABSENCE, person))
			return true;
	}
	return false;
}

char *random_history_contacts(const RandomHistory *self)
{
	GString *text = g_string_new(NULL);

	for (int person = 0; person < PEOPLE; person++) {
		if (origin_of(self, person) == NULL)
			continue;
		g_string_append_printf(
			text, "%s %s %u%s%s%s\n", people[person],
			promotion_of(self, person) != NOBODY ? "prospect" : "lead",
			count_interactions(self, person),
			is_address_bad(self, person) ? " bad" : "",
			has_opted_out(self, person, G_MAXINT) ? " unwanted" : "",
			was_absent(self, person) ? " absent" : "");
	}
	return g_string_free(text, FALSE);
}

char *random_history_promotions(const RandomHistory *self)
{
	GString *text = g_string_new(NULL);

	for (int person = 0; person < PEOPLE; person++) {
		int reply = promotion_of(self, person);

		if (reply != NOBODY)
			g_string_append_printf(text, "%s e%d e%d\n", people[person], reply,
					       answered_by(self, &self->events[reply]));
	}
	return g_string_free(text, FALSE);
}
