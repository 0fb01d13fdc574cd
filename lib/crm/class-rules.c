/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rule table. To add a rule, add a row: its name (kept as evidence, so never change
 * one), the class it speaks for, its strength, and a predicate of class-rule.h with the
 * field and the words it looks at. Order within a class is the order of the evidence.
 */
#include "class-rule.h"

#define STRONG STRENGTH_STRONG, GROUP_NONE
#define WEAK(group) STRENGTH_WEAK, GROUP_##group
#define RESTORE(group) STRENGTH_RESTORE, GROUP_##group
#define NOTE STRENGTH_NOTE, GROUP_NONE
#define FIELD(predicate, id) .message = (predicate), .field = FIELD_##id
#define PRESENT(id) FIELD(field_is_present, id)
#define SAYS(id, what) FIELD(field_says, id), .words = (what)
#define HOLDS(id, what) FIELD(field_holds, id), .words = (what)
#define AFFIRMS(id) FIELD(field_affirms, id), .words = "no|false|0|off"
#define LIST(id) FIELD(foreign_list_field, id)
/* What platforms add to a single person's mail, too. */
#define BULK(id) LIST(id), .weak_if_answers = true
#define SERVICE(id) FIELD(path_through_service, id)
#define ANSWERED_AUTO "auto_reply|auto-reply|autoreply"

/* clang-format off */
const ClassRule class_rules[] = {
	/* ---- it came back to us ---- */
	{"own-message-id", CLASS_OWN_LOOP, STRONG, .context = context_own_message},
	{"x-loop", CLASS_OWN_LOOP, STRONG, FIELD(x_loop_is_ours, X_LOOP), .words = "yes|true"},
	{"sender-rate", CLASS_OWN_LOOP, STRONG, .context = context_sender_rate},

	/* ---- delivery reports: RFC 3464, 6522, 6533, and what came before them ---- */
	{"delivery-report", CLASS_BOUNCE, STRONG, .message = report_is_delivery},
	{"report-type-delivery", CLASS_BOUNCE, STRONG, .message = report_type_is,
	 .words = "delivery-status"},
	{"exchange-ndr", CLASS_BOUNCE, STRONG, PRESENT(X_MS_EXCHANGE_MESSAGE_IS_NDR)},
	{"failed-recipients", CLASS_BOUNCE, STRONG,
	 FIELD(report_names_failed, X_FAILED_RECIPIENTS)},
	{"bounce-text", CLASS_BOUNCE, STRONG, .message = report_is_delivery_by_text},
	{"bounce-subject", CLASS_BOUNCE, STRONG, .message = report_by_subject},
	{"ses-bounce", CLASS_BOUNCE, STRONG, .message = text_is_robot_notice,
	 .words = "{\"notificationtype\":\"bounce\""},
	{"bounce-robot", CLASS_BOUNCE, STRONG, .message = report_by_robot},

	/* ---- feedback reports: RFC 5965 ---- */
	{"feedback-report", CLASS_COMPLAINT, STRONG, .message = report_is_complaint},
	{"ses-complaint", CLASS_COMPLAINT, STRONG, .message = text_is_robot_notice,
	 .words = "{\"notificationtype\":\"complaint\""},
	{"outlook-complaint", CLASS_COMPLAINT, STRONG, .message = subject_is_machine,
	 .words = "complaint about message from"},

	/* ---- disposition notifications: RFC 8098 ---- */
	{"disposition-report", CLASS_RECEIPT, STRONG, .message = report_is_disposition},
	{"receipt-text", CLASS_RECEIPT, STRONG, .message = text_is_receipt},
	{"report-type-disposition", CLASS_RECEIPT, STRONG, .message = report_type_is,
	 .words = "disposition-notification"},

	/* ---- calendar messages: RFC 6047 ---- */
	{"calendar-object", CLASS_CALENDAR, STRONG, .message = calendar_asks_or_answers},
	{"calendar-content-class", CLASS_CALENDAR, STRONG,
	 HOLDS(CONTENT_CLASS, "calendarmessage")},
	{"calendar-exchange", CLASS_CALENDAR, STRONG,
	 FIELD(calendar_by_exchange, X_MS_EXCHANGE_CALENDAR_ORIGINATOR_ID)},
	{"calendar-published", CLASS_CALENDAR, NOTE, .message = calendar_is_other},

	/* ---- the filter that ran before us ---- */
	{"spam-verdict", CLASS_SPAM, STRONG,
	 SAYS(SPAM_VERDICT, "yes|true|spam|reject|add header|rewrite subject|quarantine|discard")},

	/* ---- automatic replies that say absence ---- */
	{"auto-submitted-vacation", CLASS_OUT_OF_OFFICE, STRONG,
	 .message = auto_submitted_vacation, .says_absence = true},
	{"x-apple-vacation", CLASS_OUT_OF_OFFICE, STRONG, SAYS(X_APPLE_ACTION, "vacation"),
	 .says_absence = true},
	{"x-vacation", CLASS_OUT_OF_OFFICE, STRONG, AFFIRMS(X_VACATION), .says_absence = true},
	{"generated-absence", CLASS_OUT_OF_OFFICE, STRONG, .message = generated_absence,
	 .says_absence = true},
	{"absence-subject-confirmed", CLASS_OUT_OF_OFFICE, STRONG,
	 .message = subject_is_absence, .says_absence = true},
	{"exchange-absence", CLASS_OUT_OF_OFFICE, WEAK(EXCHANGE_ABSENCE),
	 FIELD(exchange_absence, X_MS_EXCHANGE_INBOX_RULES_LOOP), .says_absence = true},

	/* ---- automatic replies ---- */
	{"auto-submitted-replied", CLASS_AUTO_REPLY, STRONG, .message = auto_submitted_replied},
	{"x-auto-submitted", CLASS_AUTO_REPLY, STRONG,
	 FIELD(x_auto_submitted, X_AUTO_SUBMITTED)},
	{"null-reverse-path", CLASS_AUTO_REPLY, STRONG, .message = reverse_path_is_null},
	{"x-autoreply", CLASS_AUTO_REPLY, STRONG, AFFIRMS(X_AUTOREPLY)},
	{"x-autorespond", CLASS_AUTO_REPLY, STRONG, AFFIRMS(X_AUTORESPOND)},
	{"x-autoresponder", CLASS_AUTO_REPLY, STRONG, AFFIRMS(X_AUTORESPONDER)},
	{"x-autoresponse", CLASS_AUTO_REPLY, STRONG, AFFIRMS(X_AUTORESPONSE)},
	{"x-autoreply-from", CLASS_AUTO_REPLY, STRONG, PRESENT(X_AUTOREPLY_FROM)},
	{"x-mail-autoreply", CLASS_AUTO_REPLY, STRONG, PRESENT(X_MAIL_AUTOREPLY)},
	{"x-autogenerated-reply", CLASS_AUTO_REPLY, STRONG, SAYS(X_AUTOGENERATED, "reply")},
	{"x-fc-machinegenerated", CLASS_AUTO_REPLY, STRONG,
	 SAYS(X_FC_MACHINEGENERATED, "true|yes")},
	{"x-post-messageclass", CLASS_AUTO_REPLY, STRONG, SAYS(X_POST_MESSAGECLASS, "9")},
	{"x-otrs-loop", CLASS_AUTO_REPLY, STRONG, AFFIRMS(X_OTRS_LOOP)},
	{"delivered-to-autoresponder", CLASS_AUTO_REPLY, STRONG,
	 SAYS(DELIVERED_TO, "autoresponder")},
	{"exchange-agent", CLASS_AUTO_REPLY, STRONG,
	 HOLDS(X_MS_EXCHANGE_GENERATED_MESSAGE_SOURCE, "agent|rule|journal")},
	{"precedence-auto-reply", CLASS_AUTO_REPLY, STRONG, SAYS(PRECEDENCE, ANSWERED_AUTO)},
	{"x-precedence-auto-reply", CLASS_AUTO_REPLY, STRONG, SAYS(X_PRECEDENCE, ANSWERED_AUTO)},
	{"preference-auto-reply", CLASS_AUTO_REPLY, STRONG, SAYS(PREFERENCE, ANSWERED_AUTO)},
	{"automatic-subject-confirmed", CLASS_AUTO_REPLY, STRONG,
	 .message = subject_is_automatic},
	{"automatic-subject-in-haste", CLASS_AUTO_REPLY, STRONG,
	 .context = context_automatic_in_haste},

	/* ---- machines that answer nobody ---- */
	{"auto-submitted-generated", CLASS_MACHINE, STRONG, .message = auto_submitted_generated},
	{"auto-submitted-notified", CLASS_MACHINE, STRONG, .message = auto_submitted_notified},
	{"daemon-author", CLASS_MACHINE, STRONG, .message = author_is_daemon},
	{"robot-author", CLASS_MACHINE, STRONG, .message = author_is_robot},
	{"own-no-reply", CLASS_MACHINE, STRONG, .message = author_is_own_no_reply},
	{"no-reply-unasked", CLASS_MACHINE, STRONG, .message = author_is_no_reply_unasked},
	{"service-unasked", CLASS_MACHINE, STRONG, .message = author_is_service_unasked},
	{"x-servicenow-generated", CLASS_MACHINE, STRONG, AFFIRMS(X_SERVICENOW_GENERATED)},
	{"no-author", CLASS_MACHINE, STRONG, .message = author_is_missing},
	{"feedback-other", CLASS_MACHINE, STRONG, .message = report_is_other_feedback},
	/* RFC 7489 7.2.1.1 and RFC 8460 5.3 lay down how these begin */
	{"aggregate-report", CLASS_MACHINE, STRONG, .message = subject_is_machine,
	 .words = "report domain"},
	{"cron-subject", CLASS_MACHINE, STRONG, .message = subject_is_machine,
	 .words = "cron <|anacron job|logwatch for"},
	{"amazon-relay", CLASS_MACHINE, STRONG, PRESENT(X_AMAZON_MAIL_RELAY_TYPE)},
	{"x-challenge", CLASS_MACHINE, STRONG, PRESENT(X_CHALLENGE)},
	{"challenge-subject", CLASS_MACHINE, STRONG, .message = subject_is_challenge},

	/* ---- lists: RFC 2919, RFC 2369, and their elders ---- */
	{"list-id", CLASS_LIST, STRONG, LIST(LIST_ID)},
	{"list-post", CLASS_LIST, STRONG, LIST(LIST_POST)},
	{"x-mailman-version", CLASS_LIST, STRONG, LIST(X_MAILMAN_VERSION)},
	{"x-beenthere", CLASS_LIST, STRONG, LIST(X_BEENTHERE)},
	{"mailing-list", CLASS_LIST, STRONG, LIST(MAILING_LIST)},
	{"x-mailing-list", CLASS_LIST, STRONG, LIST(X_MAILING_LIST)},
	{"x-listprocessor", CLASS_LIST, STRONG, LIST(X_LISTPROCESSOR_VERSION)},
	{"x-mlserver", CLASS_LIST, STRONG, LIST(X_MLSERVER)},
	{"x-ml-name", CLASS_LIST, STRONG, LIST(X_ML_NAME)},
	{"x-ecartis", CLASS_LIST, STRONG, LIST(X_ECARTIS_VERSION)},
	{"list-program", CLASS_LIST, STRONG, .message = list_by_program},
	{"precedence-list", CLASS_LIST, STRONG, FIELD(foreign_precedence_list, PRECEDENCE),
	 .words = "list", .weak_if_answers = true},

	/* ---- bulk mail: RFC 2369, RFC 8058 ---- */
	{"list-unsubscribe", CLASS_BULK, STRONG, BULK(LIST_UNSUBSCRIBE)},
	{"feedback-id", CLASS_BULK, STRONG, BULK(FEEDBACK_ID)},
	{"x-campaign", CLASS_BULK, STRONG, BULK(X_CAMPAIGN)},
	{"x-campaignid", CLASS_BULK, STRONG, BULK(X_CAMPAIGNID)},
	{"x-campaign-id", CLASS_BULK, STRONG, BULK(X_CAMPAIGN_ID)},
	{"x-bulkmail", CLASS_BULK, STRONG, BULK(X_BULKMAIL)},
	{"x-csa-complaints", CLASS_BULK, STRONG, BULK(X_CSA_COMPLAINTS)},
	{"x-rpcampaign", CLASS_BULK, STRONG, BULK(X_RPCAMPAIGN)},
	{"bulk-mailer", CLASS_BULK, STRONG, FIELD(foreign_mailer, X_MAILER),
	 .weak_if_answers = true},
	{"bulk-text", CLASS_BULK, STRONG, .message = text_offers_to_leave,
	 .weak_if_answers = true},

	/* ---- what a person says ---- */
	{"unsubscribe-address", CLASS_OPT_OUT, STRONG, .message = recipient_unsubscribes},
	{"stop-subject", CLASS_OPT_OUT, STRONG, .message = subject_is_stop},
	{"stop-text", CLASS_OPT_OUT, STRONG, .message = text_is_stop},
	{"stop-sentence", CLASS_OPT_OUT, STRONG, .message = text_asks_to_stop},
	{"left-company-text", CLASS_LEFT_COMPANY, STRONG, .message = text_says_left},
	{"declined-text", CLASS_DECLINED, STRONG, .message = text_declines},

	/* ---- signs that need company ---- */
	{"stop-sentence-and-more", CLASS_SUSPECT, STRONG,
	 .message = text_asks_to_stop_and_more},
	{"x-auto-response-suppress", CLASS_SUSPECT, WEAK(EXCHANGE),
	 PRESENT(X_AUTO_RESPONSE_SUPPRESS)},
	{"inbox-rules-loop", CLASS_SUSPECT, WEAK(EXCHANGE),
	 PRESENT(X_MS_EXCHANGE_INBOX_RULES_LOOP)},
	{"absence-subject", CLASS_SUSPECT, WEAK(SUBJECT), .message = subject_is_automatic_alone,
	 .says_absence = true},
	{"automatic-subject", CLASS_SUSPECT, WEAK(SUBJECT),
	 .message = subject_is_automatic_alone},
	{"acknowledgement-subject", CLASS_SUSPECT, WEAK(SUBJECT),
	 .message = subject_acknowledges},
	{"ticket-subject", CLASS_SUSPECT, WEAK(DESK), .message = subject_is_ticket},
	{"notice-subject", CLASS_SUSPECT, WEAK(SUBJECT), .message = subject_is_notice},
	{"bounce-subject-alone", CLASS_SUSPECT, WEAK(SUBJECT), .message = report_subject_alone},
	{"bounce-text-alone", CLASS_SUSPECT, WEAK(REPORT), .message = report_wording_alone},
	{"reply-without-thread", CLASS_SUSPECT, WEAK(THREAD), .message = subject_lacks_thread},
	{"absence-notice-text", CLASS_SUSPECT, WEAK(NOTICE), .message = text_is_absence_notice,
	 .says_absence = true},
	{"desk-text", CLASS_SUSPECT, WEAK(PROCEDURE), .message = text_is_desk},
	{"own-address-text", CLASS_SUSPECT, WEAK(PROCEDURE), .message = text_names_its_address},
	{"absence-text", CLASS_SUSPECT, WEAK(TEXT), .message = text_is_absence,
	 .says_absence = true},
	{"acknowledgement-text", CLASS_SUSPECT, WEAK(TEXT), .message = text_is_acknowledgement},
	{"automation-text", CLASS_SUSPECT, WEAK(AUTOMATION), .message = text_is_automation,
	 .suffices = true},
	{"notice-text", CLASS_SUSPECT, WEAK(AUTOMATION), .message = text_is_notice},
	{"no-own-text", CLASS_SUSPECT, WEAK(TEXT), .message = text_is_missing},
	{"role-author", CLASS_SUSPECT, WEAK(DESK), .message = author_is_role},
	{"no-reply-author", CLASS_SUSPECT, WEAK(DESK), .message = author_is_no_reply},
	{"bounce-reverse-path", CLASS_SUSPECT, WEAK(PATH), .message = reverse_path_bounces,
	 .words = "bounce|bounces|return|returns|error|errors|owner|request|devnull|dev-null"},
	{"errors-to", CLASS_SUSPECT, WEAK(PATH), PRESENT(ERRORS_TO)},
	{"system-submission", CLASS_SUSPECT, WEAK(SYSTEM), .message = path_begins_at_system},
	{"hidden-recipients", CLASS_SUSPECT, WEAK(ADDRESSEE), .message = recipients_are_hidden},
	{"sendgrid", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_SG_EID)},
	{"mailgun", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_MAILGUN_SID)},
	{"mandrill", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_MC_USER)},
	{"mandrill-user", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_MANDRILL_USER)},
	{"postmark", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_PM_MESSAGE_ID)},
	{"sparkpost", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_MSFBL)},
	{"mailjet", CLASS_SUSPECT, WEAK(LIST), SERVICE(X_MJ_MID)},
	{"request-tracker", CLASS_SUSPECT, WEAK(DESK), PRESENT(X_RT_LOOP_PREVENTION)},
	{"jira", CLASS_SUSPECT, WEAK(DESK), PRESENT(X_JIRA_FINGERPRINT)},
	{"answer-in-haste", CLASS_SUSPECT, WEAK(HASTE), .context = context_haste},
	{"repeated-body", CLASS_SUSPECT, WEAK(REPETITION), .context = context_repeated_body},
	{"precedence-bulk", CLASS_SUSPECT, WEAK(LIST), FIELD(foreign_precedence, PRECEDENCE),
	 .words = "bulk|list|junk"},

	/* ---- signs of a person ---- */
	{"auto-submitted-no", CLASS_HUMAN, RESTORE(ALL), .message = auto_submitted_no},
	{"human-sender", CLASS_HUMAN, RESTORE(ALL), .message = author_is_exempt},
	{"reply-to-automatic", CLASS_HUMAN, RESTORE(SUBJECT),
	 .message = subject_answers_automatic},
	{"own-list", CLASS_HUMAN, RESTORE(LIST), .message = list_is_ours},
};
/* clang-format on */

size_t class_rule_count(void)
{
	return G_N_ELEMENTS(class_rules);
}
