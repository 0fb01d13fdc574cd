/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "lead/msg-id.h"
#include "story-words.h"
#include "story.h"

int64_t story_day(int64_t day)
{
	return INT64_C(1700000000) + day * 24 * 60 * 60;
}

int64_t story_digest(const char *text)
{
	return text != NULL ? digest_of_texts(text, NULL) : 0;
}

Settings *story_settings(const char *lines)
{
	g_autofree char *text = g_strconcat("[mail]\nlocal_domains = ours.example\n",
					    lines != NULL ? lines : "", NULL);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_load_text(text, "story", &error);

	g_assert_no_error(error);
	return settings;
}

static AddrSpec *address_of(const char *text)
{
	AddrSpec *address = addr_spec_parse(text, "+");

	if (address == NULL)
		g_error("no address: '%s'", text);
	return address;
}

static Direction direction_of(StoryWords *words)
{
	for (Direction direction = DIRECTION_TRANSIT; direction <= DIRECTION_OUTBOUND;
	     direction++) {
		static const char *const names[] = {"transit", "internal", "in", "out"};

		if (story_words_flag(words, names[direction]))
			return direction;
	}
	g_error("no direction in '%s'", words->text);
}

static void add_recipients(MessageSummary *summary, char **addresses, PartyRole role,
			   bool in_envelope)
{
	for (char **text = addresses; *text != NULL && **text != '\0'; text++) {
		bool ours = g_str_has_suffix(*text, "@ours.example");
		SummaryRecipient recipient = {.address = address_of(*text), .role = role};

		if (summary->direction == DIRECTION_OUTBOUND)
			recipient.direction =
				ours ? DIRECTION_INTERNAL : DIRECTION_OUTBOUND;
		else
			recipient.direction = ours ? DIRECTION_INBOUND : DIRECTION_TRANSIT;
		if (!in_envelope)
			recipient.direction = DIRECTION_TRANSIT;
		g_array_append_val(summary->recipients, recipient);
	}
}

static void read_recipients(StoryWords *words, MessageSummary *summary)
{
	static const struct {
		const char *key;
		PartyRole role;
		bool in_envelope;
	} keys[] = {
		{"to", ROLE_TO, true},
		{"cc", ROLE_CC, true},
		{"bcc", ROLE_BCC, true},
		{"others", ROLE_CC, false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_auto(GStrv) list = story_words_list(words, keys[i].key);

		add_recipients(summary, list, keys[i].role, keys[i].in_envelope);
	}
	summary->recipients_left_out = (size_t)story_words_number(words, "left", 0);
}

static void recipient_free(gpointer recipient)
{
	report_recipient_free(recipient);
}

static BounceKind bounce_of(const char *name)
{
	for (BounceKind kind = BOUNCE_SUCCESS; kind <= BOUNCE_HARD; kind++) {
		if (g_strcmp0(bounce_kind_name(kind), name) == 0)
			return kind;
	}
	return BOUNCE_NONE;
}

static void read_report(StoryWords *words, MessageSummary *summary)
{
	g_auto(GStrv) list = story_words_list(words, "bounced");

	if (list[0] != NULL)
		summary->bounced = g_ptr_array_new_with_free_func(recipient_free);
	for (char **text = list; *text != NULL; text++) {
		g_auto(GStrv) parts = g_strsplit(*text, ":", 3);
		ReportRecipient *recipient = g_new0(ReportRecipient, 1);

		recipient->recipient = parts[0][0] != '\0' ? address_of(parts[0]) : NULL;
		recipient->kind = bounce_of(parts[1]);
		if (g_strv_length(parts) > 2)
			recipient->original = address_of(parts[2]);
		g_ptr_array_add(summary->bounced, recipient);
	}
	summary->returned_id = g_strdup(story_words_value(words, "returned"));
	summary->returned_id_digest = story_digest(summary->returned_id);
}

static void read_thread(StoryWords *words, MessageSummary *summary)
{
	g_auto(GStrv) list = story_words_list(words, "answers");

	for (char **id = list; *id != NULL; id++) {
		SummaryAnswer answer = {.digest = story_digest(*id), .id = g_strdup(*id)};

		g_array_append_val(summary->answers, answer);
	}
	summary->thread_digest = story_digest(story_words_value(words, "thread"));
	summary->subject_digest = story_digest(story_words_value(words, "subject"));
	summary->subject_is_reply = story_words_flag(words, "re");
	summary->subject_is_forward = story_words_flag(words, "fwd");
}

static void read_author(StoryWords *words, MessageSummary *summary)
{
	const char *from = story_words_value(words, "from");
	g_autofree char *date =
		g_strdup_printf("%" G_GINT64_FORMAT, story_words_number(words, "date", 0));

	summary->author = from != NULL ? address_of(from) : NULL;
	summary->author_name = g_strdup(story_words_value(words, "name"));
	summary->login = g_strdup(story_words_value(words, "login"));
	summary->author_from_reply_to = story_words_flag(words, "stand-in");
	summary->many_authors = story_words_flag(words, "many");
	summary->spoof_suspect = story_words_flag(words, "spoof");
	summary->message_id = g_strdup(story_words_value(words, "id"));
	summary->id_digest = story_digest(summary->message_id);
	summary->twin_digest = digest_of_texts(from != NULL ? from : "", date, NULL);
}

static AuthVerdict auth_of(const char *name)
{
	for (AuthVerdict verdict = AUTH_UNKNOWN; verdict <= AUTH_PASS; verdict++) {
		if (g_strcmp0(auth_verdict_name(verdict), name) == 0)
			return verdict;
	}
	return AUTH_UNKNOWN;
}

const char *story_calendar_name(CalendarKind kind)
{
	static const char *const names[] = {
		[CALENDAR_NONE] = "none",
		[CALENDAR_OTHER] = "other",
		[CALENDAR_REQUEST] = "request",
		[CALENDAR_COUNTER] = "counter",
		[CALENDAR_CANCEL] = "cancel",
		[CALENDAR_REPLY] = "reply",
		[CALENDAR_REPLY_ACCEPTED] = "accepted",
		[CALENDAR_REPLY_TENTATIVE] = "tentative",
		[CALENDAR_REPLY_DECLINED] = "declined",
	};

	return names[kind];
}

static CalendarKind calendar_of(const char *name)
{
	for (CalendarKind kind = CALENDAR_NONE; kind <= CALENDAR_REPLY_DECLINED; kind++) {
		if (g_strcmp0(story_calendar_name(kind), name) == 0)
			return kind;
	}
	return CALENDAR_NONE;
}

static void read_signs(StoryWords *words, MessageSummary *summary)
{
	g_auto(GStrv) rules = story_words_list(words, "signs");

	for (char **name = rules; *name != NULL; name++) {
		Sign sign = {0};

		if (!class_rule_from_name(*name, &sign.rule))
			g_error("no rule: '%s'", *name);
		g_array_append_val(summary->signs, sign);
	}
}

StoryMessage story_message(const char *text)
{
	StoryWords words = story_words_read(text);
	StoryMessage message = {.summary = summary_new(), .class = CLASS_HUMAN};
	MessageSummary *summary = message.summary;
	const char *class = story_words_value(&words, "class");
	int64_t absent;

	summary->direction = direction_of(&words);
	read_author(&words, summary);
	read_recipients(&words, summary);
	read_report(&words, summary);
	read_thread(&words, summary);
	read_signs(&words, summary);
	summary->auth = auth_of(story_words_value(&words, "auth"));
	summary->calendar = calendar_of(story_words_value(&words, "calendar"));
	summary->at = story_day(story_words_number(&words, "day", 0));
	absent = story_words_number(&words, "absent", 0);
	summary->absent_until = absent != 0 ? story_day(absent) : 0;
	if (class != NULL && !message_class_from_name(class, &message.class))
		g_error("no class: '%s'", class);
	story_words_clear(&words);
	return message;
}

void story_message_clear(StoryMessage *message)
{
	summary_unref(message->summary);
}
