/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A row is a message in the shape in which some program sends it, and the class it must
 * get. Row names begin with the rule or the sender they stand for.
 */
#include <glib.h>
#include <string.h>

#include "class-row.h"

#define FROM "From: Jane Roe <jane@lead.example>\nTo: rep@ours.example\n"
#define ID "Message-ID: <1@lead.example>\n"
#define DATE "Date: Mon, 21 Sep 2026 13:33:20 +0000\n"
#define HEAD FROM ID DATE
#define REPLY "In-Reply-To: <o1@ours.example>\nReferences: <o1@ours.example>\n"
#define THREAD                                                                             \
	"In-Reply-To: <o2@ours.example>\n"                                                 \
	"References: <o1@ours.example> <l1@lead.example> <o2@ours.example>\n"
#define TEXT "\nYes, please send the offer for the two pumps by Friday.\n"
#define AWAY_TEXT "\nI am out of the office until Monday.\n"

/* clang-format off */
#define NULL_PATH {.reverse_path = "<>"}
#define SENT {.auth_authen = "rep", .recipients = "jane@lead.example"}
#define UNKNOWN_PATH {.client = "archive", .reverse_path = "unknown"}
#define DSN(action, status)                                                              \
	"From: MAILER-DAEMON@mx.lead.example\nTo: rep@ours.example\n" DATE                \
	"Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"              \
	"Auto-Submitted: auto-replied\n"                                                 \
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"    \
	"--b\nContent-Type: text/plain\n\nThis is the mail system.\n"                    \
	"--b\nContent-Type: message/delivery-status\n\n"                                 \
	"Reporting-MTA: dns; mx.lead.example\n\n"                                        \
	"Final-Recipient: rfc822; jane@lead.example\nAction: " action "\nStatus: " status \
	"\n\n--b--\n"
#define CALENDAR(method, partstat)                                                      \
	HEAD "Subject: Accepted: Meeting\nMIME-Version: 1.0\n"                          \
	"Content-Type: text/calendar; method=" method "; charset=utf-8\n\n"             \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:" method           \
	"\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20260921T120000Z\r\n"                   \
	"DTSTART:20260922T120000Z\r\nORGANIZER:mailto:rep@ours.example\r\n"             \
	"ATTENDEE;PARTSTAT=" partstat ":mailto:jane@lead.example\r\n"                   \
	"END:VEVENT\r\nEND:VCALENDAR\r\n"
#define MDN(disposition)                                                                  \
	HEAD "Subject: Read: Offer\nMIME-Version: 1.0\n"                                  \
	"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n" \
	"--b\nContent-Type: text/plain\n\nYour message was displayed.\n"                  \
	"--b\nContent-Type: message/disposition-notification\n\n"                         \
	"Final-Recipient: rfc822;jane@lead.example\nOriginal-Message-ID: <o1@ours.example>\n" \
	"Disposition: " disposition "\n\n--b--\n"
#define ARF(type)                                                                         \
	"From: abuse@provider.example\nTo: abuse@ours.example\nSubject: Complaint\n"      \
	"MIME-Version: 1.0\n"                                                             \
	"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"     \
	"--b\nContent-Type: text/plain\n\nAn abuse report.\n"                             \
	"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: " type "\n"         \
	"User-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: jane@lead.example\n\n"            \
	"--b\nContent-Type: message/rfc822\n\nMessage-ID: <o1@ours.example>\n\nx\n--b--\n"
/* clang-format on */

#define ANSWERS .context = {.answers_outreach = true, .seconds_after = 3600}

/* clang-format off */
static const ClassRow rows[] = {
	/* ---- people ---- */
	{"human reply", {0}, HEAD REPLY "Subject: Re: Offer\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human first letter", {0}, HEAD "Subject: Pumps\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"human with suppress, F1", {0},
	 HEAD REPLY "Subject: RE: Offer\n"
	 "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human redirected by an inbox rule, F2", {0},
	 HEAD REPLY "Subject: RE: Offer\nX-MS-Exchange-Inbox-Rules-Loop: rep@ours.example\n" TEXT,
	 CLASS_HUMAN, ANSWERS},
	{"human with both Exchange marks", {0},
	 HEAD REPLY "Subject: RE: Offer\nX-Auto-Response-Suppress: DR\n"
	 "X-MS-Exchange-Inbox-Rules-Loop: rep@ours.example\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human, Auto-Submitted: no", {0},
	 HEAD REPLY "Subject: Re: Offer\nAuto-Submitted: no (really)\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human, in haste, F4", {0}, HEAD REPLY "Subject: Re: Offer\n" TEXT, CLASS_HUMAN, .context = {.answers_outreach = true, .seconds_after = 20}},
	{"human, away next week, but yes, F8", {0},
	 HEAD REPLY "Subject: Re: Offer\n\nI am out of the office next week, but yes, let us talk.\n",
	 CLASS_HUMAN, ANSWERS},
	{"human answers an absence notice, G1", {0},
	 HEAD THREAD "Subject: Re: Automatic reply: Offer\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human with an automatic subject in a long thread, F3", {0},
	 HEAD THREAD "Subject: Out of office: who covers?\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human about office hours", {0}, HEAD "Subject: Out of office hours support\n" TEXT,
	 CLASS_HUMAN, .rule = NULL},
	{"human on a platform that adds List-Unsubscribe, E3", {0},
	 HEAD REPLY "Subject: Re: Offer\nList-Unsubscribe: <mailto:u@esp.example>\n"
	 "Feedback-ID: 1:2:3:esp\nPrecedence: bulk\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"human through our own group, E2", {0},
	 HEAD "Subject: Pumps\nList-Id: Sales <sales.ours.example>\nPrecedence: list\n"
	 "List-Unsubscribe: <mailto:sales+u@ours.example>\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"human through a list that is named ours, E2", {0},
	 HEAD "Subject: Pumps\nList-Id: <sales.groups.example>\n" TEXT, CLASS_HUMAN,
	 .options = "own_lists = sales.groups.example\n"},
	{"human carried on by CommuniGate, D6", {0},
	 HEAD "Subject: Pumps\nX-Autogenerated: Redirect\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"human, responder fields that say no, D4", {0},
	 HEAD "Subject: Pumps\nX-Autoreply: no\nX-Autorespond: false\nX-Autoresponder: 0\n" TEXT,
	 CLASS_HUMAN, .rule = NULL},
	{"human, delivered to a person, D7", {0},
	 "Delivered-To: rep@ours.example\n" HEAD "Subject: Pumps\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"human forwards our mail back", {0},
	 HEAD REPLY "Subject: Fwd: Offer for pumps\n\n> Our offer\n> is below.\n", CLASS_HUMAN, ANSWERS},
	{"human who quotes our footer, H6", {0},
	 HEAD REPLY "Subject: Re: Offer\n\nYes, Tuesday is fine.\n\nOn Monday, Rep wrote:\n"
	 "> Offer for pumps\n> To unsubscribe me, answer STOP\n", CLASS_HUMAN, ANSWERS},
	{"human who stops by, H2", {0},
	 HEAD REPLY "Subject: Re: Fair\n\nPlease stop by our booth on Tuesday.\n", CLASS_HUMAN, ANSWERS},
	{"human who quotes a bounce, B6", {0},
	 HEAD "Subject: Your mail to me\n\nI got this:\n"
	 "550 5.1.1 <rep@ours.example>: Recipient address rejected: User unknown\n", CLASS_HUMAN, .rule = NULL},
	{"human on the list of exempt senders, G2", {0},
	 HEAD "Subject: [#12345] Pumps\n\nThis is an automated copy.\n", CLASS_HUMAN,
	 .options = "human_senders = lead.example\n"},
	{"the same, not exempt", {0}, HEAD "Subject: [#12345] Pumps\n\nThis is an automated copy.\n",
	 CLASS_SUSPECT,
	 .rule = "ticket-subject"},
	{"human with a published event", {0},
	 HEAD "Subject: Fair\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
	 "--b\nContent-Type: text/plain\n\nSee the dates attached, I shall be there.\n"
	 "--b\nContent-Type: text/calendar; method=PUBLISH\n\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	 "METHOD:PUBLISH\r\nEND:VCALENDAR\r\n--b--\n", CLASS_HUMAN, .rule = NULL},

	/* ---- A: identity and loops ---- */
	{"A1 our own mail again", {0}, HEAD "Subject: Offer\n" TEXT, CLASS_OWN_LOOP,
	 .rule = "own-message-id", .context = {.own_message_id = true, .seconds_after = -1}},
	{"A4 X-Loop", {0}, HEAD "X-Loop: yes\n" TEXT, CLASS_OWN_LOOP,
	 .rule = "x-loop"},
	{"A4 X-Loop with our address", {0}, HEAD "X-Loop: sales@ours.example\n" TEXT,
	 CLASS_OWN_LOOP,
	 .rule = "x-loop"},
	{"A4 X-Loop of a tracker", {0}, HEAD "X-Loop: owner@bugs.example\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"A4 more than 20 in two hours", {0}, HEAD "Subject: x\n" TEXT, CLASS_OWN_LOOP,
	 .rule = "sender-rate", .context = {.recent_messages = 21, .seconds_after = -1}},
	{"A4 just 20", {0}, HEAD "Subject: x\n" TEXT, CLASS_HUMAN, .context = {.recent_messages = 20, .seconds_after = -1}},
	{"A4 a daemon reports on a mailing", NULL_PATH, DSN("failed", "5.1.1"), CLASS_BOUNCE,
	 .rule = "delivery-report", .context = {.recent_messages = 100, .seconds_after = -1}},
	{"A5 nobody at all", NULL_PATH, "Subject: x\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "null-reverse-path"},
	{"A5 nobody, envelope not known", UNKNOWN_PATH, "Subject: x\n" TEXT, CLASS_MACHINE,
	 .rule = "no-author"},

	/* ---- B: delivery reports ---- */
	{"B1 report", NULL_PATH, DSN("failed", "5.1.1"), CLASS_BOUNCE,
	 .rule = "delivery-report"},
	{"B1 report, envelope not known", UNKNOWN_PATH, DSN("failed", "5.1.1"), CLASS_BOUNCE,
	 .rule = "delivery-report"},
	{"B2 delay", NULL_PATH, DSN("delayed", "4.4.1"), CLASS_BOUNCE,
	 .rule = "delivery-report"},
	{"B2 success", NULL_PATH, DSN("delivered", "2.0.0"), CLASS_BOUNCE,
	 .rule = "delivery-report"},
	{"B6 failed recipients", NULL_PATH,
	 "From: Mail Delivery System <Mailer-Daemon@mx.lead.example>\n"
	 "X-Failed-Recipients: jane@lead.example\nSubject: Mail delivery failed\n\n"
	 "This message was created automatically by mail delivery software.\n"
	 "A message that you sent could not be delivered to one or more of its recipients.\n",
	 CLASS_BOUNCE,
	 .rule = "failed-recipients"},
	{"B6 subject and daemon", UNKNOWN_PATH,
	 "From: Mail Delivery Subsystem <robot@mx.lead.example>\nSubject: Returned mail: see below\n"
	 "\nSomething went wrong.\n", CLASS_BOUNCE,
	 .rule = "bounce-subject"},
	{"B6 subject and null path", NULL_PATH,
	 "From: system@lead.example\nSubject: Unzustellbar: Angebot\n\nSomething went wrong.\n",
	 CLASS_BOUNCE,
	 .rule = "bounce-subject"},
	{"B6 subject of a person", {0}, HEAD "Subject: Delivery failed at the gate\n" TEXT,
	 CLASS_HUMAN, .rule = NULL},
	{"B7 Office 365", NULL_PATH,
	 "From: postmaster@lead.example\nSubject: Undeliverable: Offer\n"
	 "X-MS-Exchange-Message-Is-Ndr:\nAuto-Submitted: auto-replied\n\nx\n", CLASS_BOUNCE,
	 .rule = "exchange-ndr"},
	{"B8 null path alone is no bounce", NULL_PATH, HEAD REPLY "Subject: Re: Offer\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "null-reverse-path", ANSWERS},
	{"B8 null path that answers a mail about a bounce", NULL_PATH,
	 HEAD REPLY "Subject: Re: Delivery failed\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "null-reverse-path"},

	/* ---- C: complaints, receipts, calendar ---- */
	{"C1 abuse", {0}, ARF("abuse"), CLASS_COMPLAINT,
	 .rule = "feedback-report"},
	{"C1 opt-out", {0}, ARF("opt-out"), CLASS_COMPLAINT,
	 .rule = "feedback-report"},
	{"C2 auth-failure", {0}, ARF("auth-failure"), CLASS_MACHINE,
	 .rule = "feedback-other"},
	{"C2 not-spam", {0}, ARF("not-spam"), CLASS_MACHINE,
	 .rule = "feedback-other"},
	{"C2 DMARC aggregate report", {0},
	 "From: noreply-dmarc@provider.example\n"
	 "Subject: Report domain: ours.example Submitter: provider.example Report-ID: <1>\n\nx\n",
	 CLASS_MACHINE,
	 .rule = "aggregate-report"},
	{"C3 displayed", {0}, MDN("manual-action/MDN-sent-manually; displayed"), CLASS_RECEIPT,
	 .rule = "disposition-report"},
	{"C4 deleted", {0}, MDN("manual-action/MDN-sent-manually; deleted"), CLASS_RECEIPT,
	 .rule = "disposition-report"},
	{"C3 Zimbra's receipt", {0},
	 "Auto-Submitted: auto-replied (zimbra; read-receipt)\n"
	 MDN("manual-action/MDN-sent-manually; displayed"), CLASS_RECEIPT,
	 .rule = "disposition-report"},
	{"C5 refused by a Sieve script", NULL_PATH,
	 "Auto-Submitted: auto-replied (rejected)\n"
	 MDN("automatic-action/MDN-sent-automatically; deleted"), CLASS_RECEIPT,
	 .rule = "disposition-report"},
	{"C6 signed receipt", {0},
	 HEAD "Subject: Receipt\nMIME-Version: 1.0\n"
	 "Content-Type: application/pkcs7-mime; smime-type=signed-receipt\n\nx\n", CLASS_RECEIPT,
	 .rule = "disposition-report"},
	{"C7 accepted", {0}, CALENDAR("REPLY", "ACCEPTED"), CLASS_CALENDAR,
	 .rule = "calendar-object"},
	{"C7 by a server", {0}, "Auto-Submitted: auto-generated\n" CALENDAR("REPLY", "DECLINED"),
	 CLASS_CALENDAR,
	 .rule = "calendar-object"},
	{"C8 request", {0}, CALENDAR("REQUEST", "NEEDS-ACTION"), CLASS_CALENDAR,
	 .rule = "calendar-object"},
	{"C8 counter", {0}, CALENDAR("COUNTER", "TENTATIVE"), CLASS_CALENDAR,
	 .rule = "calendar-object"},
	{"C10 content class", {0},
	 HEAD "Subject: Accepted: Meeting\nContent-Class: urn:content-classes:calendarmessage\n"
	 "\nx\n", CLASS_CALENDAR,
	 .rule = "calendar-content-class"},

	/* ---- spam ---- */
	{"spam flag", {0}, "X-Spam-Flag: YES\n" HEAD TEXT, CLASS_SPAM,
	 .rule = "spam-verdict"},
	{"spam action", {0}, "X-Rspamd-Action: add header\n" HEAD TEXT, CLASS_SPAM,
	 .rule = "spam-verdict"},
	{"no spam", {0}, "X-Spam-Flag: NO\nX-Rspamd-Action: no action\n" HEAD TEXT, CLASS_HUMAN, .rule = NULL},
	{"a report beats the filter", NULL_PATH, "X-Spam-Flag: YES\n" DSN("failed", "5.1.1"),
	 CLASS_BOUNCE,
	 .rule = "delivery-report"},

	/* ---- D: automatic replies, sender by sender ---- */
	{"older Exchange", NULL_PATH,
	 HEAD "Subject: Automatic reply: Offer\nX-Auto-Response-Suppress: All\n"
	 "X-MS-Exchange-Inbox-Rules-Loop: jane@lead.example\n" AWAY_TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "exchange-absence", ANSWERS},
	{"older Exchange, envelope not known", UNKNOWN_PATH,
	 HEAD "Subject: Automatische Antwort: Angebot\nX-Auto-Response-Suppress: All\n"
	 "X-MS-Exchange-Inbox-Rules-Loop: jane@lead.example\n\nHallo\n", CLASS_OUT_OF_OFFICE,
	 .rule = "automatic-subject-confirmed"},
	{"Exchange in a long thread", NULL_PATH,
	 HEAD THREAD "Subject: Automatic reply: Offer\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "automatic-subject-confirmed", ANSWERS},
	{"Office 365", NULL_PATH,
	 HEAD "Subject: Automatic reply: Offer\nAuto-Submitted: auto-generated\n"
	 "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n"
	 "X-MS-Exchange-Parent-Message-Id: <o1@ours.example>\n" AWAY_TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "exchange-agent", ANSWERS},
	{"Office 365, auto-generated absence", UNKNOWN_PATH,
	 HEAD "Subject: Abwesenheitsnotiz: Angebot\nAuto-Submitted: auto-generated\n" TEXT,
	 CLASS_OUT_OF_OFFICE,
	 .rule = "generated-absence"},
	{"Exchange rule that answers with a template", {0},
	 HEAD REPLY "Subject: R\xc3\xa9ponse automatique\xc2\xa0: Offre\n\nBonjour, merci.\n",
	 CLASS_AUTO_REPLY,
	 .rule = "automatic-subject-confirmed", ANSWERS},
	{"Outlook rule, no sign but haste and repetition", {0},
	 HEAD REPLY "Subject: Re: Offer\n" TEXT, CLASS_SUSPECT,
	 .rule = "answer-in-haste", .context = {.answers_outreach = true, .seconds_after = 4, .repeated_body = true}},
	{"Gmail vacation", {0},
	 HEAD REPLY "Subject: Away Re: Offer\nPrecedence: bulk\nX-Autoreply: yes\n"
	 "Auto-Submitted: auto-replied\n" AWAY_TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "auto-submitted-replied", ANSWERS},
	{"iCloud", {0},
	 HEAD REPLY "Subject: Auto reply: Offer\nX-Apple-Action: VACATION\n"
	 "X-Apple-Criteria: {kind=VACATION,startDate=2026-09-01T00:00:00Z,"
	 "endDate=2026-10-01T00:00:00Z}\n" TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "x-apple-vacation", ANSWERS},
	{"Dovecot", NULL_PATH,
	 HEAD REPLY "Subject: Auto: Offer\nAuto-Submitted: auto-replied (vacation)\n"
	 "Precedence: bulk\n" TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "auto-submitted-vacation", ANSWERS},
	{"Zimbra", {0}, HEAD "Auto-Submitted: auto-replied (zimbra; vacation)\n" TEXT,
	 CLASS_OUT_OF_OFFICE,
	 .rule = "auto-submitted-vacation"},
	{"vacation of BSD", NULL_PATH,
	 HEAD "Subject: away from my mail\nAuto-Submitted: auto-replied\nPrecedence: bulk\n" TEXT,
	 CLASS_OUT_OF_OFFICE,
	 .rule = "absence-subject-confirmed"},
	{"qmail", {0}, "Delivered-To: Autoresponder\n" HEAD TEXT, CLASS_AUTO_REPLY,
	 .rule = "delivered-to-autoresponder"},
	{"cPanel", {0}, HEAD "X-Autorespond: Offer\nPrecedence: auto_reply\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "x-autorespond"},
	{"BoxTrapper", {0}, HEAD "Preference: auto_reply\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "preference-auto-reply"},
	{"X-Precedence", {0}, HEAD "X-Precedence: auto-reply\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "x-precedence-auto-reply"},
	{"CommuniGate", {0}, HEAD "X-Autogenerated: Reply\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "x-autogenerated-reply"},
	{"FirstClass", {0}, HEAD "X-FC-MachineGenerated: true\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "x-fc-machinegenerated"},
	{"post office", {0}, HEAD "X-POST-MessageClass: 9; Autoresponder\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "x-post-messageclass"},
	{"post office, another class", {0}, HEAD "X-POST-MessageClass: 1; Letter\n" TEXT,
	 CLASS_HUMAN, .rule = NULL},
	{"Lotus Notes", UNKNOWN_PATH,
	 HEAD "Subject: Jane Roe is out of the office (returning 10/05/2026)\n\nHello.\n",
	 CLASS_OUT_OF_OFFICE,
	 .rule = "absence-subject-confirmed"},
	{"GroupWise", {0}, HEAD REPLY "Subject: Vacation reply: Offer\nX-Mailer: GroupWise 18\n" TEXT,
	 CLASS_OUT_OF_OFFICE,
	 .rule = "absence-subject-confirmed", ANSWERS},
	{"DTC", {0}, HEAD "X-AutoReply-From: jane@lead.example\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "x-autoreply-from"},
	{"X-Mail-Autoreply", {0}, HEAD "X-Mail-Autoreply: r\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "x-mail-autoreply"},
	{"Amazon relay", {0}, HEAD "X-AMAZON-MAIL-RELAY-TYPE: NOTIFICATION\n" TEXT, CLASS_MACHINE,
	 .rule = "amazon-relay"},
	{"Mimecast, somebody left", {0},
	 "From: no-reply@lead.example\nReply-To: desk@lead.example\n"
	 "Auto-Submitted: auto-replied\nSubject: Re: Offer\n\n"
	 "Jane Roe no longer works for us. Please write to the desk.\n", CLASS_AUTO_REPLY,
	 .rule = "auto-submitted-replied"},
	{"ticket system", {0},
	 "From: support@lead.example\nTo: rep@ours.example\n" ID REPLY
	 "Subject: [Ticket #12345] Offer\nAuto-Submitted: auto-generated\n\nYour ticket\n",
	 CLASS_MACHINE,
	 .rule = "auto-submitted-generated", ANSWERS},
	{"ticket system, the agent", {0},
	 "From: support@lead.example\nTo: rep@ours.example\n" ID REPLY
	 "Subject: Re: [Ticket #12345] Offer\n" TEXT, CLASS_HUMAN, ANSWERS},
	{"challenge", {0}, HEAD "Subject: Please confirm your message\n\nClick here.\n",
	 CLASS_MACHINE,
	 .rule = "challenge-subject"},
	{"D2 repeated field", {0}, HEAD "Auto-Submitted: no\nAuto-Submitted: auto-replied\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "auto-submitted-replied"},
	{"D2 parameter", {0}, HEAD "Auto-Submitted: AUTO-REPLIED; owner-email=\"j@lead.example\"\n"
	 TEXT, CLASS_AUTO_REPLY,
	 .rule = "auto-submitted-replied"},
	{"D2 unknown keyword", {0}, HEAD "Auto-Submitted: auto-forwarded\n" TEXT, CLASS_MACHINE,
	 .rule = "auto-submitted-generated"},
	{"D3 auto-notified", {0}, HEAD "Auto-Submitted: auto-notified; owner-email=x\n" TEXT,
	 CLASS_MACHINE,
	 .rule = "auto-submitted-notified"},
	{"D10 X-Auto-Submitted", {0}, HEAD "X-Auto-Submitted: auto-replied\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "x-auto-submitted"},
	{"D10 X-Vacation", {0}, HEAD "X-Vacation: yes\n" TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "x-vacation"},
	{"D11 daemon", {0}, "From: postmaster@lead.example\n" ID "Subject: Notice\n" TEXT,
	 CLASS_MACHINE,
	 .rule = "daemon-author"},
	{"D11 list robot", {0}, "From: pumps-request@lists.example\n" ID "Subject: Welcome\n" TEXT,
	 CLASS_MACHINE,
	 .rule = "robot-author"},
	{"D13 with suppress, long thread", {0},
	 HEAD THREAD "Subject: [External] Out of Office: Offer\nX-Auto-Response-Suppress: DR\n"
	 TEXT, CLASS_OUT_OF_OFFICE,
	 .rule = "absence-subject-confirmed", ANSWERS},
	{"D13 in haste, long thread", {0}, HEAD THREAD "Subject: Automatic reply: Offer\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "automatic-subject-in-haste", .context = {.answers_outreach = true, .seconds_after = 120}},
	{"G3 does not cancel D", {0}, HEAD "Auto-Submitted: no\nX-Autoreply: yes\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "x-autoreply"},
	{"G3 cancels F", {0},
	 HEAD REPLY "Subject: Re: Offer\nAuto-Submitted: no\nX-Auto-Response-Suppress: All\n" TEXT,
	 CLASS_HUMAN, .context = {.answers_outreach = true, .seconds_after = 5}},

	{"G5 authentication makes nobody human", {0},
	 "Authentication-Results: mx.ours.example; dmarc=pass header.from=lead.example\n"
	 HEAD REPLY "Subject: Re: Offer\nX-Auto-Response-Suppress: All\n\n"
	 "Thank you for contacting us.\n", CLASS_SUSPECT, .rule = "x-auto-response-suppress", ANSWERS,
	 .options = "trusted_authserv_ids = mx.ours.example\n"},
	{"G5 nor its absence a machine", {0},
	 "Authentication-Results: mx.ours.example; dmarc=fail header.from=lead.example\n"
	 HEAD REPLY "Subject: Re: Offer\n" TEXT, CLASS_HUMAN, ANSWERS,
	 .options = "trusted_authserv_ids = mx.ours.example\n"},

	/* ---- E: lists and bulk ---- */
	{"E1 list", {0}, HEAD "Subject: [pumps] Seals\nList-Id: <pumps.lists.example>\n" TEXT,
	 CLASS_LIST,
	 .rule = "list-id"},
	{"E1 list, post", {0}, HEAD "List-Post: <mailto:pumps@lists.example>\n" TEXT, CLASS_LIST,
	 .rule = "list-post"},
	{"E1 Mailman", {0}, HEAD "X-BeenThere: pumps@lists.example\nX-Mailman-Version: 2.1\n" TEXT,
	 CLASS_LIST,
	 .rule = "x-mailman-version"},
	{"E1 ezmlm", {0}, HEAD "Mailing-List: contact pumps-help@lists.example; run by ezmlm\n"
	 TEXT, CLASS_LIST,
	 .rule = "mailing-list"},
	{"E1 newsletter", {0}, HEAD "Subject: News\nList-Unsubscribe: <https://esp.example/u>\n"
	 TEXT, CLASS_BULK,
	 .rule = "list-unsubscribe"},
	{"E4 precedence alone", {0}, HEAD "Precedence: bulk\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"E4 precedence list with a list's field", {0},
	 HEAD "Precedence: list\nList-Help: <mailto:h@lists.example>\n" TEXT, CLASS_LIST,
	 .rule = "precedence-list"},
	{"E5 feedback id", {0}, HEAD "Feedback-ID: c:1:esp\n" TEXT, CLASS_BULK,
	 .rule = "feedback-id"},
	{"E5 campaign", {0}, HEAD "X-Campaign: autumn\n" TEXT, CLASS_BULK,
	 .rule = "x-campaign"},
	{"E5 mailer", {0}, HEAD "X-Mailer: MailChimp Mailer - **C1**\n" TEXT, CLASS_BULK,
	 .rule = "bulk-mailer"},
	{"E6 list without a reverse-path", NULL_PATH, HEAD "List-Id: <pumps.lists.example>\n" TEXT,
	 CLASS_AUTO_REPLY,
	 .rule = "null-reverse-path"},
	{"E1 an away notice on a list", {0},
	 HEAD "Subject: Out of Office: [pumps] Seals\nList-Id: <pumps.lists.example>\n" TEXT,
	 CLASS_OUT_OF_OFFICE,
	 .rule = "absence-subject-confirmed"},

	/* ---- F: two weak signs ---- */
	{"F1 and haste", {0},
	 HEAD REPLY "Subject: Re: Offer\nX-Auto-Response-Suppress: All\n" TEXT, CLASS_SUSPECT,
	 .rule = "x-auto-response-suppress", .context = {.answers_outreach = true, .seconds_after = 60}},
	{"F1 and 61 seconds", {0},
	 HEAD REPLY "Subject: Re: Offer\nX-Auto-Response-Suppress: All\n" TEXT, CLASS_HUMAN, .context = {.answers_outreach = true, .seconds_after = 61}},
	{"F2 and F1 that suppresses all", {0},
	 HEAD REPLY "Subject: Re: Offer\nX-Auto-Response-Suppress: All\n"
	 "X-MS-Exchange-Inbox-Rules-Loop: jane@lead.example\n" TEXT, CLASS_SUSPECT,
	 .rule = "exchange-absence", ANSWERS},
	{"F5 and text", {0},
	 "From: noreply@lead.example\n" ID REPLY "Subject: Re: Offer\n\n"
	 "Thank you for contacting us.\n", CLASS_SUSPECT,
	 .rule = "no-reply-author", ANSWERS},
	{"F5 alone", {0}, "From: noreply@lead.example\n" ID REPLY "Subject: Re: Offer\n" TEXT,
	 CLASS_HUMAN, ANSWERS},
	{"F6 and F8", {0}, HEAD REPLY "Subject: Re: Offer\n" AWAY_TEXT, CLASS_SUSPECT,
	 .rule = "absence-text", .context = {.answers_outreach = true, .seconds_after = 900, .repeated_body = true}},
	{"F7 alone", {0}, HEAD REPLY "Subject: Re: Offer\n\n> Our offer\n", CLASS_HUMAN, ANSWERS},
	{"F7 and F8 are one cause", {0}, HEAD REPLY "Subject: Re: Offer\n\n> x\n", CLASS_HUMAN, ANSWERS},
	{"F7 and haste", {0}, HEAD REPLY "Subject: Re: Offer\n\n> Our offer\n", CLASS_SUSPECT,
	 .rule = "no-own-text", .context = {.answers_outreach = true, .seconds_after = 3}},

	{"D13 subject in brackets, Precedence alone", {0},
	 HEAD "Precedence: junk\nSubject: [Automatyczna =?iso-8859-2?Q?odpowied=BC?=] Oferta\n" TEXT,
	 CLASS_AUTO_REPLY, .rule = "automatic-subject-confirmed"},
	{"D13 subject with a number behind it", {0},
	 HEAD "Subject: automated response (PR#7081)\n" TEXT, CLASS_AUTO_REPLY,
	 .rule = "automatic-subject-confirmed"},
	{"a text that says it is automatic", {0},
	 HEAD REPLY "Subject: Re: Offer\n\nThis is an automated reply. We shall answer.\n", CLASS_SUSPECT,
	 .rule = "automation-text", ANSWERS},
	{"the same from an exempt sender", {0},
	 HEAD REPLY "Subject: Re: Offer\n\nThis is an automated reply. We shall answer.\n", CLASS_HUMAN,
	 ANSWERS, .options = "human_senders = jane@lead.example\n"},
	{"Re: without what it answers, alone", {0}, HEAD "Subject: Re: Offer\n" TEXT, CLASS_HUMAN,
	 .rule = "reply-without-thread"},
	{"Re: without what it answers, and thanks", {0},
	 HEAD "Subject: Re: Offer\n\nThank you for contacting us.\n", CLASS_SUSPECT,
	 .rule = "reply-without-thread"},
	{"help desk, thanks", {0},
	 "From: support@lead.example\n" ID REPLY "Subject: Re: Offer\n\nThank you for contacting us.\n",
	 CLASS_SUSPECT, .rule = "role-author", ANSWERS},
	{"office address, a person", {0},
	 "From: Jane Roe <info@lead.example>\n" ID REPLY "Subject: Re: Offer\n" TEXT, CLASS_HUMAN,
	 .rule = "role-author", ANSWERS},
	{"scanner", {0},
	 "From: gateway@lead.example\n" ID "Subject: Virus alert\n\nA virus was found in your message.\n",
	 CLASS_SUSPECT, .rule = "notice-subject"},
	{"cron", {0}, "From: root@lead.example\nSubject: Cron <root@mx> /usr/bin/x\n\nx\n",
	 CLASS_MACHINE, .rule = "cron-subject"},
	{"newsletter known by its end", {0},
	 HEAD "Subject: Autumn prices\n\nEverything must go.\n\nTo unsubscribe, click here.\n",
	 CLASS_BULK, .rule = "bulk-text"},
	{"answer with a platform's footer", {0},
	 HEAD REPLY "Subject: Re: Offer\n\nYes, please.\n\nTo unsubscribe, click here.\n", CLASS_HUMAN,
	 ANSWERS},
	{"newsletter on behalf of many", {.reverse_path = "bounces+1-rep=ours.example@esp.example"},
	 HEAD "Subject: Autumn\nPrecedence: bulk\n\nEverything must go.\n", CLASS_SUSPECT,
	 .rule = "bounce-reverse-path"},
	{"X-Bulkmail", {0}, HEAD "X-Bulkmail: 2.05\n" TEXT, CLASS_BULK, .rule = "x-bulkmail"},
	{"bounce from an address that nobody reads", UNKNOWN_PATH,
	 "From: no-reply@lead.example\nSubject: Undelivered Mail Returned to Sender\n\n"
	 "Your message could not be delivered to one or more recipients.\n\n"
	 "<jane@lead.example>: user unknown\n", CLASS_BOUNCE, .rule = "bounce-robot"},
	{"bounce from somebody", UNKNOWN_PATH,
	 "From: gateway@lead.example\nSubject: Undelivered Mail Returned to Sender\n\n"
	 "Your message could not be delivered to one or more recipients.\n\n"
	 "<jane@lead.example>: user unknown\n", CLASS_SUSPECT, .rule = "bounce-text-alone"},
	{"people discuss a stop word", {0},
	 HEAD REPLY "Subject: Re: unsubscribe\n\nIt needed saying, thank you.\n", CLASS_HUMAN, ANSWERS},

	{"Amazon SES, bounce", {0},
	 "From: SES <no-reply@sns.amazonaws.com>\nSubject: AWS Notification Message\n"
	 "Feedback-ID: 1:x\n\n{\"notificationType\":\"Bounce\",\"bounce\":{}}\n", CLASS_BOUNCE,
	 .rule = "ses-bounce"},
	{"Amazon SES, complaint", {0},
	 "From: SES <no-reply@sns.amazonaws.com>\nSubject: AWS Notification Message\n"
	 "\n{\"notificationType\":\"Complaint\",\"complaint\":{}}\n", CLASS_COMPLAINT,
	 .rule = "ses-complaint"},
	{"Amazon SES, from a person", {0},
	 HEAD "Subject: Look\n\n{\"notificationType\":\"Bounce\",\"bounce\":{}}\n", CLASS_HUMAN,
	 .rule = NULL},
	{"Outlook's complaints", {0},
	 "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.1\n" TEXT,
	 CLASS_COMPLAINT, .rule = "outlook-complaint"},
	/* ---- what we send ---- */
	{"a rep's letter with a footer and a shared address", SENT,
	 "From: Sales <sales@ours.example>\n" ID "Subject: Re: Your inquiry\n"
	 "X-Auto-Response-Suppress: OOF\n\nThank you for your interest in our pumps.\n\n"
	 "To unsubscribe, answer with one word.\n", CLASS_HUMAN, .rule = NULL},
	{"a rep's absence notice", SENT,
	 "From: rep@ours.example\n" ID "Subject: Out of office\nAuto-Submitted: auto-replied\n" TEXT,
	 CLASS_OUT_OF_OFFICE, .rule = "auto-submitted-replied"},
	{"a rep leaves a list", {.auth_authen = "rep", .recipients = "pumps-unsubscribe@lists.example"},
	 "From: rep@ours.example\n" ID "\nHello\n", CLASS_OPT_OUT, .rule = "unsubscribe-address"},
	{"our shop", SENT, "From: no-reply@ours.example\n" ID "Subject: Your order\n\nShipped.\n",
	 CLASS_MACHINE, .rule = "own-no-reply"},
	{"their shop", {0}, "From: no-reply@lead.example\n" ID "Subject: Your order\n\nShipped.\n",
	 CLASS_MACHINE, .rule = "no-reply-unasked"},
	{"their newsletter", {0},
	 "From: no-reply@lead.example\n" ID "Subject: News\nList-Unsubscribe: <https://esp.example/u>\n"
	 TEXT, CLASS_BULK, .rule = "list-unsubscribe"},

	/* ---- H: what a person says ---- */
	{"H1 unsubscribe address", {.recipients = "sales+unsubscribe@ours.example"},
	 HEAD "Subject: x\n" TEXT, CLASS_OPT_OUT,
	 .rule = "unsubscribe-address"},
	{"H1 no such address", {.recipients = "unsubstantial@ours.example"},
	 HEAD "Subject: x\n" TEXT, CLASS_HUMAN, .rule = NULL},
	{"H2 subject", {0}, HEAD "Subject: UNSUBSCRIBE!\n\nJane\n", CLASS_OPT_OUT,
	 .rule = "stop-subject"},
	{"H2 text", {0}, HEAD REPLY "Subject: Re: Offer\n\nSTOP\n\nOn Monday, Rep wrote:\n> Offer\n",
	 CLASS_OPT_OUT,
	 .rule = "stop-text", ANSWERS},
	{"H2 text and name", {0}, HEAD REPLY "Subject: Re: Offer\n\nUnsubscribe.\n\nJane Roe\n",
	 CLASS_OPT_OUT,
	 .rule = "stop-text", ANSWERS},
	{"H2 French", {0}, HEAD REPLY "Subject: Re: Offre\nMIME-Version: 1.0\n"
	 "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
	 "D\xc3\xa9sinscrire\n", CLASS_OPT_OUT,
	 .rule = "stop-text", ANSWERS},
	{"H2 Polish", {0}, HEAD REPLY "Subject: Odp: Oferta\n\nWypisz mnie\n", CLASS_OPT_OUT,
	 .rule = "stop-text", ANSWERS},
	{"H3 sentence", {0}, HEAD REPLY "Subject: Re: Offer\n\nPlease remove me from your mailings.\n",
	 CLASS_OPT_OUT,
	 .rule = "stop-sentence", ANSWERS},
	{"H3 and more", {0},
	 HEAD REPLY "Subject: Re: Offer\n\nPlease take me off your list, but do talk to Anna in our "
	 "purchasing department, she looks after the pumps.\n", CLASS_SUSPECT,
	 .rule = "stop-sentence-and-more", ANSWERS},
	{"H4 left", {0}, HEAD REPLY "Subject: Re: Offer\n\nJane is no longer with the company, please "
	 "write to John.\n", CLASS_LEFT_COMPANY,
	 .rule = "left-company-text", ANSWERS},
	{"H5 declined", {0}, HEAD REPLY "Subject: Re: Offer\n\nThank you, but we are not interested.\n",
	 CLASS_DECLINED,
	 .rule = "declined-text", ANSWERS},
	{"H5 German", {0}, HEAD REPLY "Subject: AW: Angebot\n\nDanke, wir haben kein Interesse.\n",
	 CLASS_DECLINED,
	 .rule = "declined-text", ANSWERS},
	{"opt-out on a list is the list's", {0},
	 HEAD "Subject: unsubscribe\nList-Id: <pumps.lists.example>\n\nunsubscribe\n", CLASS_LIST,
	 .rule = "list-id"},
};
/* clang-format on */

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		class_row_check(&rows[i]);
}

/* What decided stands first, and what was also seen behind it. */
static void test_evidence_order(void)
{
	g_autoptr(GArray) signs = signs_new();
	ClassContext context = {.seconds_after = -1};
	Classification classification;
	SampleMessage sample;
	const Sign *first;

	sample_read(&sample,
		    HEAD "Subject: Offer\nX-Auto-Response-Suppress: DR\n"
			 "List-Id: <pumps.lists.example>\nX-Autoreply: yes\n" TEXT,
		    NULL, NULL);
	signs_read(&sample.facts, &sample.direction, sample.settings, signs);
	classify(signs, &context, sample.settings, &classification);
	g_assert_cmpint(classification.class, ==, CLASS_AUTO_REPLY);
	g_assert_cmpuint(classification.evidence->len, ==, 3);
	first = &g_array_index(classification.evidence, Sign, 0);
	g_assert_cmpstr(class_rule_name(first->rule), ==, "x-autoreply");
	g_assert_cmpstr(first->text, ==, "X-Autoreply: yes");
	classification_clear(&classification);
	sample_clear(&sample);
}

/* A stranger's field is shown cut and clean. */
static void test_sign_text(void)
{
	g_autoptr(GArray) signs = signs_new();
	g_autofree char *many = g_strnfill(3000, 'x');
	g_autofree char *text =
		g_strdup_printf(HEAD "X-Mail-Autoreply: \x1b[31m\xff%s\n" TEXT, many);
	SampleMessage sample;
	const Sign *sign;

	sample_read(&sample, text, NULL, NULL);
	signs_read(&sample.facts, &sample.direction, sample.settings, signs);
	g_assert_cmpuint(signs->len, ==, 1);
	sign = &g_array_index(signs, Sign, 0);
	g_assert_cmpuint(strlen(sign->text), <=, 200);
	g_assert_true(g_utf8_validate(sign->text, -1, NULL));
	g_assert_null(strchr(sign->text, '\x1b'));
	g_assert_true(g_str_has_prefix(sign->text, "X-Mail-Autoreply: "));
	sample_clear(&sample);
}

static void test_names(void)
{
	for (MessageClass class = CLASS_OWN_LOOP; class <= CLASS_HUMAN; class ++) {
		MessageClass back;

		g_assert_true(message_class_from_name(message_class_name(class), &back));
		g_assert_cmpint(back, ==, class);
	}
	g_assert_false(message_class_from_name("robot", &(MessageClass){0}));
	g_assert_true(message_class_is_automatic(CLASS_MACHINE));
	g_assert_false(message_class_is_automatic(CLASS_LIST));
	g_assert_false(message_class_is_automatic(CLASS_SUSPECT));
	for (uint16_t rule = 0; rule < class_rule_count(); rule++) {
		uint16_t back;

		g_assert_true(class_rule_from_name(class_rule_name(rule), &back));
		if (back != rule)
			g_error("two rules are called '%s'", class_rule_name(rule));
	}
	g_assert_null(class_rule_name((uint16_t)class_rule_count()));
	g_assert_false(class_rule_from_name("no-such-rule", &(uint16_t){0}));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/classify/rows", test_rows);
	g_test_add_func("/classify/evidence-order", test_evidence_order);
	g_test_add_func("/classify/sign-text", test_sign_text);
	g_test_add_func("/classify/names", test_names);
	return g_test_run();
}
