/* SPDX-License-Identifier: BSD-2-Clause */
/* Reports within whole messages, as body_read() finds them. */
#include <glib.h>
#include <string.h>

#include "lead/body.h"
#include "read-body.h"

#define DSN_HEADER                                                                         \
	"From: MAILER-DAEMON@mx.example.org\nTo: rep@example.com\n"                        \
	"Subject: Undelivered Mail Returned to Sender\nMessage-ID: <dsn@mx.example.org>\n" \
	"Content-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\n\n"
#define NOTICE(TEXT) "--B\n\n" TEXT "\n"
#define STATUS(FIELDS) "--B\nContent-Type: message/delivery-status\n\n" FIELDS "\n"
#define ORIGINAL                                                                           \
	"From: Rep <Rep@Example.com>\nTo: bo@example.org\nMessage-ID: <m1@example.com>\n"  \
	"Subject: Offer\n\nHello\n"
#define RETURNED "--B\nContent-Type: message/rfc822\n\n" ORIGINAL "\n--B--\n"
#define MDN_HEADER(EXTRA)                                                                  \
	"From: bo@example.org\nTo: rep@example.com\nSubject: Read: Offer\n" EXTRA          \
	"Content-Type: multipart/report; report-type=disposition-notification; "           \
	"boundary=B\n\n"
#define DISPOSITION(TYPE)                                                                  \
	"--B\nContent-Type: message/disposition-notification\n\n"                          \
	"Final-Recipient: rfc822;bo@example.org\nOriginal-Message-ID: <m1@example.com>\n"  \
	"Disposition: " TYPE "\n--B--\n"
#define DAEMON "From: Mail Delivery <MAILER-DAEMON@mx.example.org>\nTo: rep@example.com\n"

typedef struct {
	const char *name, *message;
	const char *report; /* kind, bounce, disposition, feedback type: those that are */
	const char *recipients; /* address, '=' original, ' ' status, '/' kind; by ',' */
	const char *original;	/* id and author */
} Row;

static const Row rows[] = {
	/* ---- RFC 3464 ---- */
	{"unknown user",
	 DSN_HEADER NOTICE("I am sorry.")
		 STATUS("Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: "
			"rfc822; bo@example.org\n"
			"Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 "
			"5.1.1 no\n") RETURNED,
	 "delivery hard", "bo@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"delayed",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nFinal-Recipient: "
			   "rfc822;bo@example.org\n"
			   "Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: tomorrow\n")
		 RETURNED,
	 "delivery delayed", "bo@example.org 4.4.1/delayed",
	 "m1@example.com rep@example.com"},
	{"delivered",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nFinal-Recipient: "
			   "rfc822;bo@example.org\n"
			   "Action: delivered\nStatus: 2.0.0\n") RETURNED,
	 "delivery success", "bo@example.org 2.0.0/success",
	 "m1@example.com rep@example.com"},
	{"strongest of three",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\n"
			   "Final-Recipient: rfc822;a@example.org\nAction: "
			   "delivered\nStatus: 2.0.0\n\n"
			   "Final-Recipient: rfc822;b@example.org\nAction: "
			   "failed\nStatus: 5.1.1\n\n"
			   "Final-Recipient: rfc822;c@example.org\nAction: "
			   "failed\nStatus: 5.2.2\n") RETURNED,
	 "delivery hard",
	 "a@example.org 2.0.0/success,b@example.org 5.1.1/hard,c@example.org "
	 "5.2.2/soft",
	 "m1@example.com rep@example.com"},
	{"behind an alias",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nOriginal-Recipient: "
			   "rfc822;bo@example.org\n"
			   "Final-Recipient: rfc822;bo.real@example.net\nAction: "
			   "failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "bo.real@example.net=bo@example.org 5.1.1/hard",
	 "m1@example.com rep@example.com"},
	{"original recipient alone",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nOriginal-Recipient: "
			   "rfc822;bo@example.org\n"
			   "Action: failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "bo@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"CRLF",
	 "From: MAILER-DAEMON@mx.example.org\r\nContent-Type: multipart/report;\r\n"
	 " report-type=delivery-status; boundary=B\r\n\r\n--B\r\nContent-Type: "
	 "message/delivery-status"
	 "\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822;\r\n "
	 "bo@example.org\r\n"
	 "Action: failed\r\nStatus: 5.1.1\r\n--B\r\nContent-Type: "
	 "text/rfc822-headers\r\n\r\n"
	 "From: rep@example.com\r\nMessage-ID:\r\n <m1@example.com>\r\n--B--\r\n",
	 "delivery hard", "bo@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"base64 status",
	 DSN_HEADER "--B\nContent-Type: "
		    "message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
		    "UmVwb3J0aW5nLU1UQTogZG5zOyBteAoKRmluYWwtUmVjaXBpZW50OiByZmM4Mj"
		    "I7Ym9AZXhhbXBsZS5v\n"
		    "cmcKQWN0aW9uOiBmYWlsZWQKU3RhdHVzOiA1LjEuMQo=\n" RETURNED,
	 "delivery hard", "bo@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	/* ---- RFC 6533 ---- */
	{"internationalised",
	 "From: MAILER-DAEMON@mx.example.org\nContent-Type: multipart/report;"
	 " report-type=delivery-status; boundary=B\n\n--B\nContent-Type: "
	 "message/global-delivery-status\n\n"
	 "Reporting-MTA: dns; mx\n\nFinal-Recipient: utf-8; "
	 "bö@example.org\nAction: failed\n"
	 "Status: 5.1.1\n\n--B\nContent-Type: message/global-headers\n\nFrom: "
	 "rep@example.com\n"
	 "Message-ID: <m1@example.com>\n\n--B--\n",
	 "delivery hard", "bö@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"escaped characters",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nFinal-Recipient: utf-8; "
			   "b\\x{F6}@example.org\n"
			   "Action: failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "bö@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"message/global",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nFinal-Recipient: "
			   "rfc822;bo@example.org\n"
			   "Action: failed\nStatus: 5.1.1\n") "--B\nContent-Type: "
							      "message/global\n\n" ORIGINAL
							      "--B--\n",
	 "delivery hard", "bo@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	/* ---- damaged ---- */
	{"no blank lines between groups",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\nFinal-Recipient: "
			   "rfc822;a@example.org\nAction: failed\n"
			   "Status: 5.1.1\nFinal-Recipient: "
			   "rfc822;b@example.org\nAction: failed\n"
			   "Status: 5.2.2\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard,b@example.org 5.2.2/soft",
	 "m1@example.com rep@example.com"},
	{"blank line inside a group",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nFinal-Recipient: "
			   "rfc822;a@example.org\n\n"
			   "Action: failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"status without dots",
	 DSN_HEADER STATUS("Final-Recipient: rfc822;a@example.org\nAction: "
			   "failed\nStatus: 511\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"a comment of the status",
	 DSN_HEADER STATUS("Reporting-MTA: dns; mx\n\nFinal-Recipient: "
			   "rfc822;bo@example.org\n"
			   "Action: failed\nStatus: 5.4.4 (Illegal host name)\n") RETURNED,
	 "delivery hard", "bo@example.org 5.4.4/hard", "m1@example.com rep@example.com"},
	{"diagnostic alone",
	 DSN_HEADER STATUS(
		 "Final-Recipient: rfc822;a@example.org\nDiagnostic-Code: smtp;550 "
		 "<a@example.org>"
		 " no such user\n") RETURNED,
	 "delivery hard", "a@example.org -/hard", "m1@example.com rep@example.com"},
	{"settled by the notice",
	 DSN_HEADER NOTICE("Your message to a@example.org: mailbox is full.")
		 STATUS("Final-Recipient: rfc822;a@example.org\nAction: "
			"failed\nStatus: 5.0.0\n") RETURNED,
	 "delivery soft", "a@example.org 5.0.0/soft", "m1@example.com rep@example.com"},
	{"settled by the notice, hard",
	 DSN_HEADER NOTICE("Your message to a@example.org: user unknown.")
		 STATUS("Final-Recipient: rfc822;a@example.org\nAction: "
			"failed\nStatus: 5.0.0\n") RETURNED,
	 "delivery hard", "a@example.org 5.0.0/hard", "m1@example.com rep@example.com"},
	{"recipient only in the notice",
	 DSN_HEADER NOTICE("Could not deliver to:\n  a@example.org")
		 STATUS("Action: failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"recipient only in the returned message", DSN_HEADER NOTICE("Sorry.") RETURNED,
	 "delivery soft", "bo@example.org -/soft", "m1@example.com rep@example.com"},
	{"no status part",
	 DSN_HEADER NOTICE("<a@example.org>: 550 5.1.1 user unknown\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"cut within the status",
	 DSN_HEADER
	 "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
	 "Final-Recipient: rfc822;a@example.org\nAction: failed\nStatus: 5.1.1",
	 "delivery hard", "a@example.org 5.1.1/hard", "- -"},
	{"other parts than the field says",
	 "From: MAILER-DAEMON@mx.example.org\nContent-Type: multipart/mixed; "
	 "boundary=B\n\n" STATUS("Final-Recipient: rfc822;a@example.org\nAction: "
				 "failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"boundary lost",
	 "From: MAILER-DAEMON@mx.example.org\nSubject: failure "
	 "notice\n\n--B\nContent-Type: text/plain\n\n"
	 "x\n" STATUS("Final-Recipient: rfc822;a@example.org\nAction: "
		      "failed\nStatus: 5.1.1\n") RETURNED,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"returned message under a false boundary",
	 DSN_HEADER STATUS("Final-Recipient: rfc822;a@example.org\nAction: failed\nStatus: "
			   "5.1.1\n") "--C\nContent-Type: message/rfc822\n\n" ORIGINAL,
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
	{"id only as an answer",
	 "From: postmaster@example.org\nIn-Reply-To: "
	 "<m1@example.com>\nContent-Type: multipart/report;"
	 " report-type=delivery-status; boundary=B\n\n" STATUS(
		 "Final-Recipient: rfc822;a@example.org\nAction: failed\nStatus: "
		 "5.1.1\n") "--B--\n",
	 "delivery hard", "a@example.org 5.1.1/hard", "m1@example.com -"},
	{"null recipient",
	 DSN_HEADER STATUS("Final-Recipient: rfc822;<>\nAction: failed\nStatus: "
			   "5.1.1\n") "--B--\n",
	 "delivery hard", "- 5.1.1/hard", "- -"},
	/* ---- by text ---- */
	{"qmail",
	 DAEMON "Subject: failure notice\n\nHi. This is the qmail-send program at "
		"mx.example.org.\n"
		"I'm afraid I wasn't able to deliver your message to the following "
		"addresses.\n\n"
		"<bo@example.org>:\n192.0.2.1 does not like recipient.\nRemote "
		"host said: 550 no such user\n\n"
		"--- Below this line is a copy of the message.\n\nReturn-Path: "
		"<rep@example.com>\n" ORIGINAL,
	 "by-text hard by-daemon", "bo@example.org -/hard",
	 "m1@example.com rep@example.com"},
	{"Exim",
	 DAEMON "X-Failed-Recipients: bo@example.org\nSubject: Mail delivery "
		"failed\n\nThis message was"
		" created automatically by mail delivery software.\n\nA message "
		"that you sent could not be "
		"delivered to one or more of its\nrecipients.\n\n  "
		"bo@example.org\n    mailbox is full\n\n"
		"------ This is a copy of the message, including all the headers. "
		"------\n\n" ORIGINAL,
	 "by-text soft by-daemon", "bo@example.org -/soft",
	 "m1@example.com rep@example.com"},
	{"Exim, late",
	 DAEMON "Subject: Warning: message delayed\n\nThis message was created "
		"automatically by mail "
		"delivery software.\nA message that you sent has not yet been "
		"delivered to bo@example.org\n"
		"No action is required on your part.\n",
	 "by-text delayed by-daemon", "bo@example.org -/delayed", "- -"},
	{"Postfix, two recipients",
	 DAEMON "Subject: Undelivered Mail Returned to Sender\n\nThis is the mail "
		"system at host "
		"mx.example.org.\n\nI'm sorry to have to inform you that your "
		"message could not\nbe delivered to "
		"one or more recipients.\n\n<a@example.org>: host mx said: 550 "
		"user unknown\n"
		"<b@example.org>: host mx said: 552 over quota\n",
	 "by-text hard by-daemon", "a@example.org -/hard,b@example.org -/soft", "- -"},
	{"Sendmail",
	 "From: Mail Delivery Subsystem <MAILER-DAEMON>\nSubject: Returned mail: "
	 "see transcript\n\n"
	 "   ----- The following addresses had permanent fatal errors "
	 "-----\n<bo@example.org>\n\n"
	 "   ----- Transcript of session follows -----\n... while talking to "
	 "mx.example.org.:\n"
	 ">>> RCPT To:<bo@example.org>\n<<< 550 5.1.1 <bo@example.org>... User "
	 "unknown\n\n"
	 "   ----- Original message follows -----\n\n" ORIGINAL,
	 "by-text hard by-daemon", "bo@example.org 5.1.1/hard",
	 "m1@example.com rep@example.com"},
	{"Sendmail, its reason in the subject alone",
	 DAEMON "Subject: Returned mail: User unknown\n\n"
		"   ----- The following addresses had permanent fatal errors -----\n"
		"<bo@example.org>\n",
	 "by-text hard by-daemon", "bo@example.org -/hard", "- -"},
	{"the returned message's subject is no reason",
	 DAEMON "Subject: Undeliverable: user unknown\n\n"
		"   ----- The following addresses had permanent fatal errors -----\n"
		"<bo@example.org>\n",
	 "by-text soft by-daemon", "bo@example.org -/soft", "- -"},
	{"Exchange 5.5",
	 "From: System Administrator <postmaster@example.org>\nTo: "
	 "rep@example.com\nSubject: Undeliverable:"
	 " Offer\n\nYour message\n\n  To:      bo@example.org\n  Subject: Offer\n  "
	 "Sent:    Mon, 3 Mar 2025\n"
	 "\ndid not reach the following recipient(s):\n\nbo@example.org on Mon, 3 "
	 "Mar 2025 10:00\n"
	 "    The e-mail account does not exist at the organization\n",
	 "by-text hard by-daemon", "bo@example.org -/hard", "- -"},
	{"Domino",
	 "From: Postmaster@example.org\nSubject: DELIVERY FAILURE: not "
	 "listed\n\nYour message\n\n"
	 "  Subject: Offer\n\nwas not delivered to:\n\n  "
	 "bo@example.org\n\nbecause:\n\n"
	 "  User bo (bo@example.org) not listed in public Name & Address Book\n",
	 "by-text hard by-daemon", "bo@example.org -/hard", "- -"},
	{"words of nobody, but a message returned",
	 DAEMON "Subject: ?\n\nOj da:\n\n  bo@example.org\n\n--------\n" ORIGINAL,
	 "by-text soft by-daemon", "bo@example.org -/soft",
	 "m1@example.com rep@example.com"},
	{"quoted and indented",
	 DAEMON "Subject: failure notice\n\nCould not be delivered: bo@example.org\n\n"
		">   From: Rep <rep@example.com>\n>   Message-ID:\n>     "
		"<m1@example.com>\n>   Subject: x\n",
	 "by-text soft by-daemon", "bo@example.org -/soft",
	 "m1@example.com rep@example.com"},
	{"encoded subject of another tongue",
	 "From: info@example.org\nSubject: "
	 "=?utf-8?Q?Nachricht_unzustellbar?=\n\nIhre Nachricht an\n"
	 "bo@example.org konnte nicht zugestellt werden: Benutzer unbekannt\n",
	 "by-text hard", "bo@example.org -/hard", "- -"},
	{"HTML notice",
	 DAEMON "Subject: Undeliverable\nContent-Type: text/html\n\n<p>Delivery "
		"has failed to these "
		"recipients:</p><p><a "
		"href=\"mailto:bo@example.org\">bo@example.org</a><br>The address "
		"couldn't "
		"be found.</p>",
	 "by-text hard by-daemon", "bo@example.org -/hard", "- -"},
	{"neither sender nor we are recipients",
	 "From: postmaster@example.org\nTo: rep@example.com\nSubject: failure "
	 "notice\n\nCould not deliver "
	 "the message from <rep@example.com>.\nAsk postmaster@example.org.\n",
	 "by-text soft by-daemon", "- -/soft", "- -"},
	{"a person who returns a message",
	 "From: bo@example.org\nSubject: Undeliverable\n\nIt could not be delivered "
	 "to\nann@example.org\n\n" ORIGINAL,
	 "by-text soft", "ann@example.org -/soft", "m1@example.com rep@example.com"},
	{"a robot that returns a message",
	 "From: no-reply@example.org\nSubject: Undeliverable\n\nIt could not be delivered "
	 "to\n"
	 "ann@example.org\n\n" ORIGINAL,
	 "by-text soft by-daemon", "ann@example.org -/soft",
	 "m1@example.com rep@example.com"},
	{"a person who writes of failure",
	 "From: bo@example.org\nTo: rep@example.com\nSubject: Offer\n\nYour mail "
	 "could not be delivered "
	 "at first: user unknown.\n",
	 "", "", "- -"},
	{"a daemon that writes of other things", DAEMON "Subject: status\n\nAll is well.\n",
	 "", "", "- -"},
	{"a virus found",
	 DAEMON "Subject: virus\n\nA virus was found in your message.\n\n" ORIGINAL, "", "",
	 "- -"},
	{"a report forwarded by a person",
	 "From: bo@example.org\nSubject: Fwd: failure\nContent-Type: "
	 "multipart/mixed; boundary=F\n\n--F\n\n"
	 "What is this?\n--F\nContent-Type: message/rfc822\n\n" DSN_HEADER STATUS(
		 "Final-Recipient: rfc822;a@example.org\nAction: failed\nStatus: "
		 "5.1.1\n") RETURNED "\n--F--\n",
	 "", "", "- -"},
	/* ---- RFC 8098 ---- */
	{"displayed",
	 MDN_HEADER("") NOTICE("I have read it.")
		 DISPOSITION("manual-action/MDN-sent-manually; displayed"),
	 "disposition displayed", "", "m1@example.com -"},
	{"deleted",
	 MDN_HEADER("") NOTICE("Gone unread.")
		 DISPOSITION("manual-action/MDN-sent-automatically; deleted"),
	 "disposition deleted", "", "m1@example.com -"},
	{"dispatched",
	 MDN_HEADER("") DISPOSITION("automatic-action/MDN-sent-automatically;dispatched"),
	 "disposition other", "", "m1@example.com -"},
	{"with a modifier",
	 MDN_HEADER("") DISPOSITION("manual-action/MDN-sent-manually; displayed/error"),
	 "disposition displayed", "", "m1@example.com -"},
	{"refused, in its words",
	 MDN_HEADER("") NOTICE("The message was refused by the recipient's mail "
			       "filtering program.")
		 DISPOSITION("automatic-action/MDN-sent-automatically; deleted"),
	 "disposition refused", "", "m1@example.com -"},
	{"refused, in its header",
	 MDN_HEADER("Auto-Submitted: auto-replied (rejected)\n")
		 DISPOSITION("automatic-action/MDN-sent-automatically; deleted"),
	 "disposition refused", "", "m1@example.com -"},
	{"displayed, of a text that speaks of refusing",
	 MDN_HEADER("") NOTICE("Your claim was rejected.")
		 DISPOSITION("manual-action/MDN-sent-manually; displayed"),
	 "disposition displayed", "", "m1@example.com -"},
	{"part missing", MDN_HEADER("") NOTICE("Read.") "--B--\n", "disposition other", "",
	 "- -"},
	{"signed receipt",
	 "From: bo@example.org\nContent-Type: application/pkcs7-mime; "
	 "smime-type=signed-receipt\n\nx\n",
	 "disposition displayed", "", "- -"},
	{"signed mail is none",
	 "From: bo@example.org\nContent-Type: application/pkcs7-mime; "
	 "smime-type=signed-data\n\nx\n",
	 "", "", "- -"},
	/* ---- RFC 5965 ---- */
	{"abuse",
	 "From: fbl@example.org\nContent-Type: multipart/report; "
	 "report-type=feedback-report; boundary=B\n\n" NOTICE(
		 "A complaint.") "--B\nContent-Type: "
				 "message/feedback-report\n\nFeedback-Type: Abuse\n"
				 "User-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: "
				 "<bo@example.org>\n" RETURNED,
	 "feedback abuse", "bo@example.org -/-", "m1@example.com rep@example.com"},
	{"the same recipient twice, and one that was taken out",
	 "From: fbl@example.org\nContent-Type: multipart/report; "
	 "report-type=feedback-report; boundary=B\n\n"
	 "--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
	 "Original-Rcpt-To: bo@example.org\nOriginal-Rcpt-To: "
	 "<bo@example.org>\nOriginal-Rcpt-To: redacted\n" RETURNED,
	 "feedback abuse", "bo@example.org -/-", "m1@example.com rep@example.com"},
	{"Outlook.com",
	 "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.1\n"
	 "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: "
	 "message/rfc822\n\n"
	 "X-HmXmrOriginalRecipient: <bo@example.org>\n" ORIGINAL "--B--\n",
	 "feedback abuse", "bo@example.org -/-", "m1@example.com rep@example.com"},
	{"Outlook.com's field from somebody else",
	 "From: bo@example.org\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
	 "Content-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: "
	 "<bo@example.org>\n" ORIGINAL "--B--\n",
	 "", "", "- -"},
	{"recipient of the returned message",
	 "From: fbl@example.org\nContent-Type: multipart/report; "
	 "report-type=feedback-report; boundary=B\n\n"
	 "--B\nContent-Type: message/feedback-report\n\nFeedback-Type: opt-out "
	 "(x)\n" RETURNED,
	 "feedback opt-out", "bo@example.org -/-", "m1@example.com rep@example.com"},
	/* ---- parts of two kinds: the first tells ---- */
	{"feedback, with the bounce that it is about",
	 "From: fbl@example.org\nContent-Type: multipart/report; "
	 "report-type=feedback-report; boundary=B\n\n"
	 "--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
	 "Original-Rcpt-To: bo@example.org\n\n"
	 "--B\nContent-Type: message/delivery-status\n\n"
	 "Final-Recipient: rfc822; al@example.org\nAction: failed\nStatus: "
	 "5.1.1\n" RETURNED,
	 "feedback abuse", "bo@example.org -/-", "m1@example.com rep@example.com"},
	{"a bounce, with a receipt behind it",
	 "From: mailer-daemon@example.org\nContent-Type: multipart/report; "
	 "report-type=disposition-notification; boundary=B\n\n"
	 "--B\nContent-Type: message/delivery-status\n\n"
	 "Final-Recipient: rfc822; bo@example.org\nAction: failed\nStatus: 5.1.1\n\n"
	 "--B\nContent-Type: message/disposition-notification\n\n"
	 "Final-Recipient: rfc822; al@example.org\n"
	 "Disposition: automatic-action/MDN-sent-automatically; displayed\n" RETURNED,
	 "delivery hard", "bo@example.org 5.1.1/hard", "m1@example.com rep@example.com"},
};

static const char *const kinds[] = {"", "delivery", "by-text", "disposition", "feedback"};

static char *report_text(const Report *report)
{
	GString *text = g_string_new(kinds[report->kind]);

	if (report->bounce != BOUNCE_NONE)
		g_string_append_printf(text, " %s", bounce_kind_name(report->bounce));
	if (report->by_daemon)
		g_string_append(text, " by-daemon");
	if (report->disposition != DISPOSITION_NONE)
		g_string_append_printf(text, " %s", disposition_name(report->disposition));
	if (report->feedback_type != NULL)
		g_string_append_printf(text, " %s", report->feedback_type);
	return g_string_free(text, FALSE);
}

static char *recipients_text(const Report *report)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < report->recipients->len; i++) {
		const ReportRecipient *one = g_ptr_array_index(report->recipients, i);
		const char *kind = bounce_kind_name(one->kind);

		g_string_append_printf(text, "%s%s%s%s %s/%s", i ? "," : "",
				       one->recipient ? one->recipient->canonical : "-",
				       one->original ? "=" : "",
				       one->original ? one->original->canonical : "",
				       one->status ? one->status : "-", kind ? kind : "-");
	}
	return g_string_free(text, FALSE);
}

static void check_row(const Row *row)
{
	static const BodyLimits limits = {65536, 8};
	g_autofree char *report = NULL, *recipients = NULL, *original = NULL;
	BodyFacts facts;

	read_body(row->message, strlen(row->message), &limits, &facts);
	report = report_text(&facts.report);
	recipients = recipients_text(&facts.report);
	original = g_strdup_printf(
		"%s %s", facts.report.original_id ? facts.report.original_id : "-",
		facts.report.original_author ? facts.report.original_author : "-");
	body_facts_clear(&facts);
	if (strcmp(report, row->report) != 0 || strcmp(recipients, row->recipients) != 0 ||
	    strcmp(original, row->original) != 0)
		g_test_message("row '%s'", row->name);
	g_assert_cmpstr(report, ==, row->report);
	g_assert_cmpstr(recipients, ==, row->recipients);
	g_assert_cmpstr(original, ==, row->original);
}

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		check_row(&rows[i]);
}

/* Each message cut at each octet: nothing to find is fine, reading too far is not. */
static void test_prefixes(void)
{
	static const BodyLimits limits = {65536, 8};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (size_t length = 0; length < strlen(rows[i].message); length += 3) {
			BodyFacts facts;

			read_body(rows[i].message, length, &limits, &facts);
			g_assert_cmpuint(facts.report.recipients->len, <=, 3);
			body_facts_clear(&facts);
		}
	}
}

static void test_many_recipients(void)
{
	static const BodyLimits limits = {1 << 20, 8};
	GString *message =
		g_string_new(DSN_HEADER "--B\nContent-Type: message/delivery-status\n\n");
	BodyFacts facts;

	for (unsigned i = 0; i < 5000; i++)
		g_string_append_printf(
			message,
			"Final-Recipient: rfc822;a%u@example.org\nAction: failed\n"
			"Status: 5.1.1\n\n",
			i);
	read_body(message->str, message->len, &limits, &facts);
	g_assert_cmpuint(facts.report.recipients->len, ==, 100);
	g_assert_cmpint(facts.report.bounce, ==, BOUNCE_HARD);
	body_facts_clear(&facts);
	g_string_free(message, TRUE);
}

int main(int argc, char **argv)
{
	body_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report/rows", test_rows);
	g_test_add_func("/report/prefixes", test_prefixes);
	g_test_add_func("/report/many-recipients", test_many_recipients);
	return g_test_run();
}
