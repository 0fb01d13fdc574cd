/* SPDX-License-Identifier: BSD-2-Clause */
#include "facts-thread.h"

#include <string.h>

#include "lead/msg-id.h"

typedef void (*IdParse)(GPtrArray *list, const char *field, size_t limit);

/* In the order of their weight. */
static const struct {
	FieldId field;
	AnswerSource source;
	IdParse parse;
} sources[] = {
	{FIELD_IN_REPLY_TO, ANSWER_IN_REPLY_TO, msg_id_list_parse},
	{FIELD_REFERENCES, ANSWER_REFERENCES, msg_id_list_parse_backwards},
	{FIELD_X_MICROSOFT_ORIGINAL_MESSAGE_ID, ANSWER_VENDOR, msg_id_list_parse},
	{FIELD_X_GOOGLE_ORIGINAL_MESSAGE_ID, ANSWER_VENDOR, msg_id_list_parse},
	{FIELD_X_MS_EXCHANGE_PARENT_MESSAGE_ID, ANSWER_VENDOR, msg_id_list_parse},
	{FIELD_ORIGINAL_MESSAGE_ID, ANSWER_VENDOR, msg_id_list_parse},
};

static void answer_clear(gpointer answer)
{
	AnswerId *self = answer;

	g_free(self->id);
}

/* ids holds what was seen so far, so that a parser appends what is new only. It owns
 * nothing: each identifier goes over to the answers. */
static void answers_read_field(const FactsOptions *options, size_t row, GPtrArray *ids,
			       MessageFacts *facts)
{
	const char *field;

	for (size_t at = 0;
	     (field = header_section_get(facts->section, sources[row].field, at)) != NULL;
	     at++) {
		guint start = ids->len;

		sources[row].parse(ids, field, options->references + 1);
		for (guint i = start; i < ids->len; i++) {
			AnswerId answer = {ids->pdata[i], sources[row].source};

			g_array_append_val(facts->answers, answer);
		}
	}
}

static void answers_read(const FactsOptions *options, MessageFacts *facts)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	char none[] = "";

	/* a message that names itself answers nothing by that */
	g_ptr_array_add(ids, facts->message_id != NULL ? facts->message_id : none);
	for (size_t row = 0; row < G_N_ELEMENTS(sources); row++)
		answers_read_field(options, row, ids, facts);
}

/*
 * Thread-Index: base64 of a header of 22 octets (five of a time stamp, 16 of a GUID) that
 * all messages of a conversation share, and five more for each answer.
 */
static void thread_index_read(MessageFacts *facts)
{
	enum { ENCODED_MAX = 64 }; /* 22 octets want 32, and some folding */
	const char *field = header_section_get(facts->section, FIELD_THREAD_INDEX, 0);
	guchar octets[ENCODED_MAX];
	gint state = 0;
	guint save = 0;

	if (field == NULL ||
	    g_base64_decode_step(field, strnlen(field, ENCODED_MAX), octets, &state,
				 &save) < THREAD_INDEX_ROOT_OCTETS)
		return;
	memcpy(facts->thread_index_root, octets, THREAD_INDEX_ROOT_OCTETS);
	facts->has_thread_index = true;
}

void facts_read_thread(const FactsOptions *options, MessageFacts *facts)
{
	const char *field = header_section_get(facts->section, FIELD_MESSAGE_ID, 0);

	if (field != NULL)
		facts->message_id = msg_id_parse(field);
	facts->answers = g_array_new(FALSE, FALSE, sizeof(AnswerId));
	g_array_set_clear_func(facts->answers, answer_clear);
	answers_read(options, facts);
	thread_index_read(facts);
}
