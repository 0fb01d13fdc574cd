/* SPDX-License-Identifier: BSD-2-Clause */
#include "explanation.h"

static const RecordedMessage *find_recorded(const Decision *decision,
					    const History *history)
{
	for (guint i = 0; decision->joins != 0 && i < history->recorded->len; i++) {
		const RecordedMessage *recorded = history->recorded->pdata[i];

		if (recorded->message == decision->joins)
			return recorded;
	}
	return NULL;
}

static void take_recorded(const RecordedMessage *recorded, Finding *finding)
{
	finding->recorded = true;
	finding->outcome = recorded->outcome;
	finding->reason = recorded->reason;
	finding->tier = recorded->tier;
	finding->answers = recorded->answers;
	finding->contact = history_contact(finding->history, recorded->contact);
}

void finding_read(const MessageSummary *summary, const Decision *decision,
		  const History *history, const Settings *settings, Finding *finding_out)
{
	const RecordedMessage *recorded = find_recorded(decision, history);

	*finding_out = (Finding){
		.summary = summary,
		.decision = decision,
		.history = history,
		.class = decision->class,
		.outcome = decision->outcome,
		.reason = decision->reason,
		.tier = decision->tier,
		.answers = decision->answers,
		.contact = history_contact(history, decision->contact),
	};
	match(summary, history, settings, &finding_out->match);
	if (recorded != NULL)
		take_recorded(recorded, finding_out);
}
