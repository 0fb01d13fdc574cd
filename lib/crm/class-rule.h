/* SPDX-License-Identifier: BSD-2-Clause */
/* The classifier's rules: what a row of the table (class-rules.c) is made of. */
#ifndef LEAD_CRM_CLASS_RULE_H
#define LEAD_CRM_CLASS_RULE_H

#include "lead/classify.h"
#include "reading.h"

typedef enum {
	STRENGTH_STRONG,  /* decides alone */
	STRENGTH_WEAK,	  /* asks for a second one, of another group */
	STRENGTH_RESTORE, /* takes back the weak signs of its group */
	STRENGTH_NOTE,	  /* is told, and decides nothing */
} Strength;

/* Signs of one group have one cause and count once. */
typedef enum {
	GROUP_NONE,
	GROUP_SUBJECT,
	GROUP_TEXT,
	GROUP_NOTICE, /* ... and how it goes on */
	GROUP_PROCEDURE,
	GROUP_AUTOMATION,
	GROUP_THREAD,
	GROUP_PATH,
	GROUP_SYSTEM,	 /* a program of the host handed it over */
	GROUP_ADDRESSEE, /* it names no recipient */
	GROUP_REPORT,
	GROUP_DESK, /* a help desk or a program as author */
	GROUP_HASTE,
	GROUP_REPETITION,
	GROUP_EXCHANGE,
	GROUP_EXCHANGE_ABSENCE,
	GROUP_LIST,
	GROUP_ALL, /* for RESTORE: every group */
} SignGroup;

typedef struct ClassRule ClassRule;
struct ClassRule {
	const char *name; /* kept as evidence: an interface */
	MessageClass class;
	Strength strength;
	SignGroup group;

	/* Exactly one of the two. message: what the message alone says; *text_out (owned by
	 * the caller) may be set to what made it fire. context: what the history says. */
	bool (*message)(const ClassRule *rule, const Reading *reading, char **text_out);
	bool (*context)(const ClassContext *context, const GArray *signs);

	FieldId field;	      /* for the predicates on fields */
	const char *words;    /* "a|b": what the field must say, folded */
	bool says_absence;    /* makes an automatic reply an out-of-office */
	bool weak_if_answers; /* a STRONG row is WEAK on an answer to our mail */
	bool suffices;	      /* a WEAK row that needs no second one */
};

extern const ClassRule class_rules[];

/* The strongest row of that class among signs is STRONG. */
bool signs_have_strong(const GArray *signs, MessageClass class);
bool signs_have_rule(const GArray *signs, const char *name);

/* ---- predicates; each is described in the table by what it takes ---- */

/* sign-field.c: rule->field is there; says one of words at its start, at a word's end;
 * holds one of them; is there and says neither no, false, 0 nor off. */
bool field_is_present(const ClassRule *rule, const Reading *reading, char **text_out);
bool field_says(const ClassRule *rule, const Reading *reading, char **text_out);
bool field_holds(const ClassRule *rule, const Reading *reading, char **text_out);
bool field_affirms(const ClassRule *rule, const Reading *reading, char **text_out);
bool foreign_mailer(const ClassRule *rule, const Reading *reading, char **text_out);
bool x_loop_is_ours(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-auto.c: Auto-Submitted and its home-made twin */
bool auto_submitted_no(const ClassRule *rule, const Reading *reading, char **text_out);
bool auto_submitted_generated(const ClassRule *rule, const Reading *reading,
			      char **text_out);
bool auto_submitted_notified(const ClassRule *rule, const Reading *reading,
			     char **text_out);
bool auto_submitted_replied(const ClassRule *rule, const Reading *reading, char **text_out);
bool auto_submitted_vacation(const ClassRule *rule, const Reading *reading,
			     char **text_out);
bool generated_absence(const ClassRule *rule, const Reading *reading, char **text_out);
bool x_auto_submitted(const ClassRule *rule, const Reading *reading, char **text_out);
bool exchange_absence(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-report.c */
bool report_is_delivery(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_is_delivery_by_text(const ClassRule *rule, const Reading *reading,
				char **text_out);
bool report_names_failed(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_by_subject(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_by_robot(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_wording_alone(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_subject_alone(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_type_is(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_is_complaint(const ClassRule *rule, const Reading *reading, char **text_out);
bool report_is_other_feedback(const ClassRule *rule, const Reading *reading,
			      char **text_out);
bool report_is_disposition(const ClassRule *rule, const Reading *reading, char **text_out);
bool calendar_asks_or_answers(const ClassRule *rule, const Reading *reading,
			      char **text_out);
bool calendar_is_other(const ClassRule *rule, const Reading *reading, char **text_out);
bool calendar_by_exchange(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-origin.c: author, recipients */
bool author_is_daemon(const ClassRule *rule, const Reading *reading, char **text_out);
bool author_is_robot(const ClassRule *rule, const Reading *reading, char **text_out);
bool author_is_no_reply(const ClassRule *rule, const Reading *reading, char **text_out);
bool author_is_own_no_reply(const ClassRule *rule, const Reading *reading, char **text_out);
bool author_is_no_reply_unasked(const ClassRule *rule, const Reading *reading,
				char **text_out);
bool author_is_service_unasked(const ClassRule *rule, const Reading *reading,
			       char **text_out);
bool author_is_role(const ClassRule *rule, const Reading *reading, char **text_out);
bool author_is_missing(const ClassRule *rule, const Reading *reading, char **text_out);
bool author_is_exempt(const ClassRule *rule, const Reading *reading, char **text_out);
bool list_is_ours(const ClassRule *rule, const Reading *reading, char **text_out);
bool recipient_unsubscribes(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-path.c: reverse-path, first hop, service, hidden recipients */
bool reverse_path_is_null(const ClassRule *rule, const Reading *reading, char **text_out);
bool reverse_path_bounces(const ClassRule *rule, const Reading *reading, char **text_out);
bool path_begins_at_system(const ClassRule *rule, const Reading *reading, char **text_out);
bool path_through_service(const ClassRule *rule, const Reading *reading, char **text_out);
bool recipients_are_hidden(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-list.c */
/* The same as field_is_present() and field_says(), on mail through a list of others. */
bool foreign_list_field(const ClassRule *rule, const Reading *reading, char **text_out);
bool foreign_precedence(const ClassRule *rule, const Reading *reading, char **text_out);
bool foreign_precedence_list(const ClassRule *rule, const Reading *reading,
			     char **text_out);
bool list_by_program(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-subject.c */
bool subject_is_automatic(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_is_automatic_alone(const ClassRule *rule, const Reading *reading,
				char **text_out);
bool subject_is_absence(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_answers_automatic(const ClassRule *rule, const Reading *reading,
			       char **text_out);
bool subject_acknowledges(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_is_ticket(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_is_challenge(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_is_notice(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_is_machine(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_lacks_thread(const ClassRule *rule, const Reading *reading, char **text_out);
bool subject_is_stop(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-text.c: the own text */
bool text_is_stop(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_asks_to_stop(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_asks_to_stop_and_more(const ClassRule *rule, const Reading *reading,
				char **text_out);
bool text_says_left(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_declines(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_absence(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_absence_notice(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_receipt(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_desk(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_names_its_address(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_acknowledgement(const ClassRule *rule, const Reading *reading,
			     char **text_out);
bool text_is_automation(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_notice(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_offers_to_leave(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_robot_notice(const ClassRule *rule, const Reading *reading, char **text_out);
bool text_is_missing(const ClassRule *rule, const Reading *reading, char **text_out);

/* sign-context.c */
bool context_own_message(const ClassContext *context, const GArray *signs);
bool context_sender_rate(const ClassContext *context, const GArray *signs);
bool context_automatic_in_haste(const ClassContext *context, const GArray *signs);
bool context_haste(const ClassContext *context, const GArray *signs);
bool context_repeated_body(const ClassContext *context, const GArray *signs);

#endif
