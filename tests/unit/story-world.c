/* SPDX-License-Identifier: BSD-2-Clause */
/* What a store would load for a summary, from a world in words. */
#include <stdlib.h>
#include <string.h>

#include "lead/msg-id.h"
#include "story-words.h"
#include "story.h"

typedef struct {
	ContactState *state;
	char **addresses;
	bool bad;
} WorldContact;

typedef struct {
	GArray *contacts; /* of WorldContact */
	GPtrArray
		*sent; /* of OutboundMessage *, owned; a cached one still has recipients */
	char *blocked;
	GPtrArray *left_out; /* of char *: addresses */
	const MessageSummary *summary;
	History *history;
} World;

static int64_t contact_of(const World *world, const char *address, AddressMatch *match_out)
{
	g_autoptr(AddrSpec) spec = addr_spec_parse(address, "+");
	int64_t exact = 0, base = 0;
	unsigned bases = 0;

	for (unsigned i = 0; i < world->contacts->len; i++) {
		WorldContact *contact = &g_array_index(world->contacts, WorldContact, i);

		for (char **text = contact->addresses; *text != NULL; text++) {
			g_autoptr(AddrSpec) own = addr_spec_parse(*text, "+");

			if (strcmp(own->canonical, spec->canonical) == 0)
				exact = contact->state->id;
			else if (strcmp(own->base, spec->base) != 0)
				continue;
			bases += base != contact->state->id;
			base = contact->state->id;
		}
	}
	*match_out = exact != 0	  ? ADDRESS_EXACT
		     : bases > 1  ? ADDRESS_AMBIGUOUS
		     : bases == 1 ? ADDRESS_BASE
				  : ADDRESS_UNKNOWN;
	return exact != 0 ? exact : bases == 1 ? base : 0;
}

static void read_contact(World *world, StoryWords *words)
{
	ContactState *state = contact_state_new();
	WorldContact contact = {.state = state};
	const char *stage = story_words_value(words, "stage");
	int64_t demoted = story_words_number(words, "demoted", 0);

	state->id = atoi(story_words_next(words));
	contact.addresses = g_strsplit(story_words_next(words), ",", -1);
	state->address = g_strdup(contact.addresses[0]);
	state->name = g_strdup(story_words_value(words, "name"));
	if (stage != NULL && !stage_from_name(stage, &state->stage))
		g_error("no stage: '%s'", stage);
	state->demoted_at = demoted != 0 ? story_day(demoted) : 0;
	state->criteria_met = (unsigned)story_words_number(words, "criteria", 0);
	state->locked = story_words_flag(words, "locked");
	state->erased = story_words_flag(words, "erased");
	state->do_not_contact = story_words_flag(words, "unwanted");
	contact.bad = story_words_flag(words, "bad");
	g_array_append_val(world->contacts, contact);
}

static int64_t rep_id(const char *address)
{
	return g_str_has_suffix(address, "@ours.example") ? address[0] : 0;
}

static bool is_left_out(const World *world, const char *canonical)
{
	return g_ptr_array_find_with_equal_func(world->left_out, canonical, g_str_equal,
						NULL);
}

static void add_recipients(const World *world, OutboundMessage *message, char **addresses)
{
	for (char **text = addresses; *text != NULL; text++) {
		AddressMatch match;
		OutboundRecipient recipient = {
			.contact = is_left_out(world, *text)
					   ? 0
					   : contact_of(world, *text, &match),
			.address = g_strdup(*text),
		};

		g_array_append_val(message->recipients, recipient);
	}
}

static void read_sent(World *world, StoryWords *words)
{
	OutboundMessage *message = outbound_message_new();
	g_auto(GStrv) to = story_words_list(words, "to");
	const char *rep = story_words_value(words, "rep");

	message->message = atoi(story_words_next(words));
	message->msg_id = g_strdup(story_words_next(words));
	message->id_digest = story_digest(message->msg_id);
	message->at = story_day(story_words_number(words, "day", 0));
	message->rep_address = g_strdup(rep != NULL ? rep : "rep@ours.example");
	message->rep = rep_id(message->rep_address);
	message->subject_digest = story_digest(story_words_value(words, "subject"));
	message->thread_digest = story_digest(story_words_value(words, "thread"));
	message->external_recipients =
		(unsigned)story_words_number(words, "external", g_strv_length(to));
	message->outreach = !story_words_flag(words, "machine");
	message->cached = story_words_flag(words, "cached");
	add_recipients(world, message, to);
	g_ptr_array_add(world->sent, message);
}

static void read_seen(World *world, StoryWords *words)
{
	RecordedMessage *message = recorded_message_new();
	const char *by = story_words_value(words, "by");
	g_auto(GStrv) has = story_words_list(words, "has");
	g_autofree char *date =
		g_strdup_printf("%" G_GINT64_FORMAT, story_words_number(words, "date", 0));

	message->direction =
		story_words_flag(words, "out") ? DIRECTION_OUTBOUND : DIRECTION_INBOUND;
	story_words_flag(words, "in");
	message->message = atoi(story_words_next(words));
	message->twin_digest = digest_of_texts(by, date, NULL);
	message->same_author = world->summary->author != NULL &&
			       strcmp(world->summary->author->canonical, by) == 0;
	for (char **id = has; *id != NULL; id++) {
		int64_t contact = atoi(*id);

		g_array_append_val(message->contacts, contact);
	}
	if (story_digest(story_words_next(words)) == world->summary->id_digest)
		g_ptr_array_add(world->history->recorded, message);
	else
		recorded_message_free(message);
}

static void read_blocked(World *world, StoryWords *words)
{
	g_free(world->blocked);
	world->blocked = g_strdup(story_words_next(words));
}

static void read_left_out(World *world, StoryWords *words)
{
	g_ptr_array_add(world->left_out, g_strdup(story_words_next(words)));
}

static void read_sentence(World *world, const char *text)
{
	static const struct {
		const char *word;
		void (*read)(World *, StoryWords *);
	} sentences[] = {
		{"contact", read_contact}, {"sent", read_sent},		{"seen", read_seen},
		{"blocked", read_blocked}, {"left-out", read_left_out},
	};
	StoryWords words = story_words_read(text);

	for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++) {
		if (story_words_flag(&words, sentences[i].word))
			sentences[i].read(world, &words);
	}
	world->history->recent_messages += (unsigned)story_words_number(&words, "busy", 0);
	world->history->newcomers += (unsigned)story_words_number(&words, "newcomers", 0);
	world->history->dropped_by |= story_words_flag(&words, "dropped");
	world->history->repeated_body |= story_words_flag(&words, "repeated");
	story_words_clear(&words);
}

static AddressHit hit_of(const World *world, const AddrSpec *address)
{
	AddressHit hit = {0};

	if (address == NULL || addr_spec_is_null(address))
		return hit;
	if (is_left_out(world, address->canonical))
		return (AddressHit){.left_out = true};
	hit.contact = contact_of(world, address->canonical, &hit.match);
	hit.address_id = hit.contact * 10;
	for (unsigned i = 0; i < world->contacts->len; i++) {
		WorldContact *contact = &g_array_index(world->contacts, WorldContact, i);

		hit.bad |= contact->state->id == hit.contact && contact->bad;
	}
	hit.blocked = g_strcmp0(world->blocked, address->canonical) == 0;
	return hit;
}

/* A private copy, because several lists of a history own the same message. */
static OutboundMessage *outbound_copy(const World *world, const OutboundMessage *message)
{
	OutboundMessage *copy = outbound_message_new();
	GArray *recipients = copy->recipients;

	*copy = *message;
	copy->recipients = recipients;
	copy->rep_address = g_strdup(message->rep_address);
	copy->msg_id = g_strdup(message->msg_id);
	for (unsigned i = 0; !message->cached && i < message->recipients->len; i++) {
		OutboundRecipient recipient =
			g_array_index(message->recipients, OutboundRecipient, i);
		const ContactState *contact =
			history_contact(world->history, recipient.contact);

		recipient.address = g_strdup(recipient.address);
		recipient.name = contact != NULL ? g_strdup(contact->name) : NULL;
		g_array_append_val(copy->recipients, recipient);
	}
	if (message->cached) {
		g_clear_pointer(&copy->msg_id, g_free);
		g_clear_pointer(&copy->rep_address, g_free);
		copy->message = 0;
		copy->outreach = false;
	}
	return copy;
}

static bool went_to_author(const World *world, const OutboundMessage *message)
{
	const AddrSpec *author = world->summary->author;

	for (unsigned i = 0; author != NULL && i < message->recipients->len; i++) {
		OutboundRecipient *recipient =
			&g_array_index(message->recipients, OutboundRecipient, i);

		if ((recipient->contact != 0 &&
		     recipient->contact == world->history->author.contact) ||
		    strcmp(recipient->address, author->canonical) == 0)
			return true;
	}
	return false;
}

static void load_named(const World *world, int64_t digest)
{
	for (unsigned i = 0; digest != 0 && i < world->sent->len; i++) {
		OutboundMessage *message = world->sent->pdata[i];

		if (message->id_digest == digest &&
		    (!message->cached || went_to_author(world, message)))
			g_ptr_array_add(world->history->answered,
					outbound_copy(world, message));
	}
}

static int newest_first(const void *a, const void *b)
{
	const OutboundMessage *const *first = a, *const *second = b;

	return ((*first)->at < (*second)->at) - ((*first)->at > (*second)->at);
}

static void load_outbound(World *world)
{
	const MessageSummary *summary = world->summary;
	History *history = world->history;

	for (unsigned i = 0; i < summary->answers->len; i++)
		load_named(world, g_array_index(summary->answers, SummaryAnswer, i).digest);
	load_named(world, summary->returned_id_digest);
	for (unsigned i = 0; i < world->sent->len; i++) {
		OutboundMessage *message = world->sent->pdata[i];

		if (message->cached)
			continue;
		if (message->thread_digest != 0 &&
		    message->thread_digest == summary->thread_digest)
			g_ptr_array_add(history->threads, outbound_copy(world, message));
		if (message->outreach && history->author.contact != 0 &&
		    went_to_author(world, message) &&
		    summary->at - message->at <= story_day(365) - story_day(0))
			g_ptr_array_add(history->outreach, outbound_copy(world, message));
	}
	g_ptr_array_sort(history->outreach, newest_first);
}

static void load_addresses(World *world)
{
	History *history = world->history;

	history->author = hit_of(world, world->summary->author);
	for (unsigned i = 0; i < world->summary->recipients->len; i++) {
		const SummaryRecipient *recipient =
			&g_array_index(world->summary->recipients, SummaryRecipient, i);
		AddressHit hit = hit_of(world, recipient->address);

		g_array_append_val(history->recipients, hit);
		if (history->rep == 0)
			history->rep = rep_id(recipient->address->canonical);
	}
	for (unsigned i = 0; i < world->contacts->len; i++)
		g_ptr_array_add(history->contacts,
				g_array_index(world->contacts, WorldContact, i).state);
}

static void outbound_destroy(gpointer message)
{
	outbound_message_free(message);
}

static void contact_clear(gpointer contact)
{
	g_strfreev(((WorldContact *)contact)->addresses);
}

History *story_history(const char *text, const MessageSummary *summary)
{
	g_auto(GStrv) sentences = g_strsplit(text != NULL ? text : "", ";", -1);
	World world = {
		.contacts = g_array_new(FALSE, FALSE, sizeof(WorldContact)),
		.sent = g_ptr_array_new_with_free_func(outbound_destroy),
		.left_out = g_ptr_array_new_with_free_func(g_free),
		.summary = summary,
		.history = history_new(),
	};

	g_array_set_clear_func(world.contacts, contact_clear);
	for (char **sentence = sentences; *sentence != NULL; sentence++)
		read_sentence(&world, *sentence);
	load_addresses(&world);
	load_outbound(&world);
	g_array_unref(world.contacts);
	g_ptr_array_unref(world.sent);
	g_ptr_array_unref(world.left_out);
	g_free(world.blocked);
	return world.history;
}
