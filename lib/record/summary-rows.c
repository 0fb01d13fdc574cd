/* SPDX-License-Identifier: BSD-2-Clause */
#include "summary-rows.h"

#include "lead/summary.h"

#define ROW(tag, kind, type, member)                                                       \
	{                                                                                  \
		(tag), KIND_##kind, offsetof(type, member), 0, NULL, 0                     \
	}
#define ROW_ENUM(tag, type, member, most)                                                  \
	{                                                                                  \
		(tag), KIND_ENUM, offsetof(type, member), (most), NULL, 0                  \
	}

static const Row recipient_rows[] = {
	ROW(1, ADDRESS, SummaryRecipient, address),
	ROW(2, TEXT, SummaryRecipient, name),
	ROW_ENUM(3, SummaryRecipient, role, ROLE_AUTHOR),
	ROW_ENUM(4, SummaryRecipient, direction, DIRECTION_OUTBOUND),
	{SUMMARY_ROWS_END, 0, 0, 0, NULL, 0},
};

static const Row answer_rows[] = {
	ROW(1, NUMBER, SummaryAnswer, digest),
	ROW(2, TEXT, SummaryAnswer, id),
	ROW_ENUM(3, SummaryAnswer, source, ANSWER_VENDOR),
	{SUMMARY_ROWS_END, 0, 0, 0, NULL, 0},
};

static const Row sign_rows[] = {
	ROW(1, RULE, Sign, rule),
	ROW(2, TEXT, Sign, text),
	{SUMMARY_ROWS_END, 0, 0, 0, NULL, 0},
};

const Row summary_bounced_rows[] = {
	ROW(1, ADDRESS, ReportRecipient, recipient),
	ROW(5, ADDRESS, ReportRecipient, original),
	ROW(2, TEXT, ReportRecipient, status),
	ROW_ENUM(3, ReportRecipient, kind, BOUNCE_HARD),
	ROW(4, BOOL, ReportRecipient, by_text),
	{SUMMARY_ROWS_END, 0, 0, 0, NULL, 0},
};

#define ROW_LIST(tag, member, rows, type)                                                  \
	{                                                                                  \
		(tag), KIND_LIST, offsetof(MessageSummary, member), 0, (rows),             \
			sizeof(type)                                                       \
	}

const Row summary_rows[] = {
	ROW(1, TEXT, MessageSummary, message_id),
	ROW(2, NUMBER, MessageSummary, id_digest),
	ROW(3, NUMBER, MessageSummary, twin_digest),
	ROW(4, NUMBER, MessageSummary, alternate_id_digest),
	ROW(5, TEXT, MessageSummary, queue_id),
	ROW(6, ADDRESS, MessageSummary, author),
	ROW(7, TEXT, MessageSummary, author_name),
	ROW(8, BOOL, MessageSummary, author_from_reply_to),
	ROW(9, BOOL, MessageSummary, many_authors),
	ROW(10, TEXT, MessageSummary, login),
	ROW(11, BOOL, MessageSummary, null_reverse_path),
	ROW_LIST(12, recipients, recipient_rows, SummaryRecipient),
	ROW(13, COUNT, MessageSummary, recipients_left_out),
	ROW_ENUM(14, MessageSummary, direction, DIRECTION_OUTBOUND),
	ROW(15, DIRECTION_RULE, MessageSummary, direction_rule),
	ROW(16, BOOL, MessageSummary, spoof_suspect),
	ROW_LIST(17, signs, sign_rows, Sign),
	ROW_ENUM(18, MessageSummary, bounce, BOUNCE_HARD),
	ROW(19, BOUNCED, MessageSummary, bounced),
	ROW(20, NUMBER, MessageSummary, returned_id_digest),
	ROW(21, TEXT, MessageSummary, returned_id),
	ROW_ENUM(22, MessageSummary, disposition, DISPOSITION_OTHER),
	ROW_ENUM(23, MessageSummary, calendar, CALENDAR_REPLY_DECLINED),
	ROW(24, NUMBER, MessageSummary, absent_until),
	ROW(25, NUMBER, MessageSummary, body_digest),
	ROW_LIST(26, answers, answer_rows, SummaryAnswer),
	ROW(27, NUMBER, MessageSummary, thread_digest),
	ROW(28, TEXT, MessageSummary, subject),
	ROW(29, NUMBER, MessageSummary, subject_digest),
	ROW(30, BOOL, MessageSummary, subject_is_reply),
	ROW(31, BOOL, MessageSummary, subject_is_forward),
	ROW_ENUM(32, MessageSummary, auth, AUTH_PASS),
	ROW(33, NUMBER, MessageSummary, at),
	ROW(34, NUMBER, MessageSummary, size),
	ROW(35, TEXT, MessageSummary, snippet),
	{SUMMARY_ROWS_END, 0, 0, 0, NULL, 0},
};
