/* SPDX-License-Identifier: BSD-2-Clause */
#include "traffic.h"

#include <string.h>

typedef struct {
	unsigned long number, person;
} Outreach;

struct Traffic {
	TrafficPlan plan;
	GRand *random;
	unsigned long next;
	Script *sessions[2]; /* by outbound */
	Script *letters[LETTER_KINDS];
	GPtrArray *of_folder[2]; /* of Script *, by outbound; empty without a folder */
	size_t turns[2];
	GArray *unanswered; /* of Outreach */
};

/* ---- messages of a folder ---- */

static void add_message(Traffic *self, const Mta *agreed, const char *path)
{
	g_autofree char *problem = NULL;
	g_autoptr(Letter) letter = letter_read(path, &problem);

	if (letter == NULL)
		g_error("%s", problem);
	g_ptr_array_add(self->of_folder[letter->outbound],
			script_of_letter(agreed, letter));
}

static void read_folder(Traffic *self, const Mta *agreed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) folder = g_dir_open(self->plan.folder, 0, &error);
	const char *name;

	if (folder == NULL)
		g_error("%s", error->message);
	while ((name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_build_filename(self->plan.folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			add_message(self, agreed, path);
	}
	if (self->of_folder[false]->len + self->of_folder[true]->len == 0)
		g_error("no message file in '%s'", self->plan.folder);
}

/* ---- life ---- */

Traffic *traffic_new(const TrafficPlan *plan, const Mta *agreed)
{
	Traffic *self = g_new0(Traffic, 1);

	self->plan = *plan;
	self->random = g_rand_new_with_seed(plan->seed);
	self->next = plan->first;
	self->unanswered = g_array_new(FALSE, FALSE, sizeof(Outreach));
	for (unsigned outbound = 0; outbound < 2; outbound++) {
		self->sessions[outbound] = script_of_session(agreed, outbound);
		self->of_folder[outbound] =
			g_ptr_array_new_with_free_func((GDestroyNotify)script_free);
	}
	for (LetterKind kind = 0; kind < LETTER_KINDS; kind++) {
		g_autoptr(Letter) letter = letter_new(kind, &plan->shape);

		self->letters[kind] = script_of_letter(agreed, letter);
	}
	if (plan->folder != NULL)
		read_folder(self, agreed);
	return self;
}

void traffic_free(Traffic *traffic)
{
	for (unsigned outbound = 0; outbound < 2; outbound++) {
		script_free(traffic->sessions[outbound]);
		g_ptr_array_unref(traffic->of_folder[outbound]);
	}
	for (LetterKind kind = 0; kind < LETTER_KINDS; kind++)
		script_free(traffic->letters[kind]);
	g_array_unref(traffic->unanswered);
	g_rand_free(traffic->random);
	g_free(traffic);
}

/* ---- what comes next ---- */

static unsigned draw(Traffic *self, unsigned below)
{
	return (unsigned)g_rand_int_range(self->random, 0, (gint32)below);
}

bool traffic_next_is_outbound(Traffic *traffic)
{
	if (traffic->plan.folder == NULL)
		return draw(traffic, 100) < traffic->plan.outbound;
	if (traffic->of_folder[true]->len == 0 || traffic->of_folder[false]->len == 0)
		return traffic->of_folder[true]->len > 0;
	return draw(traffic,
		    traffic->of_folder[true]->len + traffic->of_folder[false]->len) <
	       traffic->of_folder[true]->len;
}

const Script *traffic_session(const Traffic *traffic, bool outbound)
{
	return traffic->sessions[outbound];
}

/* While there is nothing to answer, a contact writes unasked. */
static LetterKind draw_kind(Traffic *self, bool outbound)
{
	unsigned inbound = 100 - self->plan.outbound, drawn;

	if (outbound)
		return LETTER_OUTREACH;
	drawn = draw(self, MAX(inbound, 1));
	if (drawn < self->plan.strangers)
		return LETTER_STRANGER;
	if (drawn < self->plan.strangers + self->plan.replies && self->unanswered->len > 0)
		return LETTER_REPLY;
	return LETTER_UNASKED;
}

static void take_outreach(Traffic *self, Dispatch *dispatch)
{
	unsigned at = draw(self, self->unanswered->len);
	const Outreach *outreach = &g_array_index(self->unanswered, Outreach, at);

	dispatch->answered = outreach->number;
	dispatch->person = outreach->person;
	g_array_remove_index_fast(self->unanswered, at);
}

static void write_number(guint8 *at, unsigned long number)
{
	for (unsigned i = SLOT_WIDTH; i-- > 0; number /= 10)
		at[i] = (guint8)('0' + number % 10);
}

static unsigned long value_of(const Traffic *self, const Dispatch *dispatch, Slot slot)
{
	if (slot == SLOT_SELF)
		return dispatch->number;
	if (slot == SLOT_ANSWERED)
		return dispatch->answered;
	if (dispatch->kind == LETTER_STRANGER)
		return dispatch->number;
	return (dispatch->person + (slot - SLOT_PERSON)) % self->plan.contacts;
}

static void fill_in(const Traffic *self, const Dispatch *dispatch, GByteArray *buffer)
{
	const GArray *spots = dispatch->script->spots;

	g_byte_array_set_size(buffer, 0);
	g_byte_array_append(buffer, dispatch->script->octets->data,
			    dispatch->script->octets->len);
	for (unsigned i = 0; i < spots->len; i++) {
		const Spot *spot = &g_array_index(spots, Spot, i);

		write_number(buffer->data + spot->at, value_of(self, dispatch, spot->slot));
	}
}

static const Script *next_of_folder(Traffic *self, bool outbound)
{
	const GPtrArray *scripts = self->of_folder[outbound];

	return scripts->pdata[self->turns[outbound]++ % scripts->len];
}

Dispatch traffic_next(Traffic *traffic, bool outbound, GByteArray *buffer)
{
	Dispatch dispatch = {.number = traffic->next++};

	dispatch.kind = draw_kind(traffic, outbound);
	dispatch.person = draw(traffic, (unsigned)traffic->plan.contacts);
	if (dispatch.kind == LETTER_REPLY)
		take_outreach(traffic, &dispatch);
	dispatch.script = traffic->plan.folder != NULL ? next_of_folder(traffic, outbound)
						       : traffic->letters[dispatch.kind];
	fill_in(traffic, &dispatch, buffer);
	return dispatch;
}

void traffic_was_accepted(Traffic *traffic, const Dispatch *dispatch)
{
	Outreach outreach = {dispatch->number, dispatch->person};

	if (dispatch->kind == LETTER_OUTREACH && traffic->plan.folder == NULL)
		g_array_append_val(traffic->unanswered, outreach);
}
