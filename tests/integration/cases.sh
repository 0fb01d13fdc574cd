# SPDX-License-Identifier: BSD-2-Clause
# What every MTA must give, whatever its name. Sourced after lab.sh; mx_port and
# submission_port are the MTA's.

# ---- the three answers ----
outreach out.1@desk otto@orchard.example
outreach out.2@desk bella@bakery.example
outreach out.3@desk rosa@rails.example
same "outreach makes leads" "lead lead lead" \
	"$(stage_of otto@orchard.example) $(stage_of bella@bakery.example) $(stage_of rosa@rails.example)"
smtp "$mx_port" <<END
EHLO mx.orchard.example
MAIL FROM:<>
RCPT TO:<anna@ours.example>
DATA
From: <otto@orchard.example>
To: <anna@ours.example>
Subject: Automatic reply: The route planner
Message-ID: <away@orchard.example>
Date: $(date -R)
In-Reply-To: <out.1@desk>
Auto-Submitted: auto-replied (vacation)

Away.
.
QUIT
END
same "an out-of-office is logged" "human out-of-office" "$(classes_of otto@orchard.example)"
same "and promotes nobody" lead "$(stage_of otto@orchard.example)"
smtp "$mx_port" <<END
EHLO mx.bakery.example
MAIL FROM:<>
RCPT TO:<anna@ours.example>
DATA
From: <MAILER-DAEMON@mx.bakery.example>
To: <anna@ours.example>
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn@bakery.example>
Date: $(date -R)
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

no such user
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.bakery.example

Final-Recipient: rfc822; bella@bakery.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <out.2@desk>
From: <anna@ours.example>

--b--
.
QUIT
END
same "a bounce is logged" "human bounce" "$(classes_of bella@bakery.example)"
same "and promotes nobody" lead "$(stage_of bella@bakery.example)"
reply re.3@rails.example out.3@desk rosa@rails.example anna@ours.example
same "a reply promotes" prospect "$(stage_of rosa@rails.example)"
same "on the evidence of the reference" "reply-reference reference re.3@rails.example out.3@desk" \
	"$(leadctl --csv history rosa@rails.example >"$lab_dir/h"; for f in reason tier message_id outreach_id; do
		field $f <"$lab_dir/h" | head -n 1; done | paste -sd' ')"

# ---- envelopes ----
{
	submission_hello
	cat <<-END
		MAIL FROM:<anna@ours.example>
		RCPT TO:<open@one.example>
		RCPT TO:<hidden@two.example>
		DATA
		From: <anna@ours.example>
		To: <open@one.example>
		Subject: With a blind copy
		Message-ID: <bcc.1@desk>
		Date: $(date -R)

		text
		.
		QUIT
	END
} | smtp "$submission_port"
same "a blind recipient is recorded, too" "lead lead" \
	"$(stage_of open@one.example) $(stage_of hidden@two.example)"
same "with its role" "to bcc" \
	"$(leadctl --csv log open@one.example | field role) $(leadctl --csv log hidden@two.example | field role)"

{
	submission_hello
	cat <<-END
		MAIL FROM:<anna@ours.example>
		RCPT TO:<carla@carts.example>
		RCPT TO:<bob@ours.example>
		DATA
		From: <anna@ours.example>
		To: <carla@carts.example>
		Cc: <bob@ours.example>
		Subject: One for the lead and one for a colleague
		Message-ID: <both.1@desk>
		Date: $(date -R)

		text
		.
		QUIT
	END
} | smtp "$submission_port"
same "a message to lead and colleague: the lead is recorded" lead "$(stage_of carla@carts.example)"
same "the colleague is no contact" - "$(stage_of bob@ours.example)"

# ---- sessions ----
outreach two.1@desk first@pair.example
outreach two.2@desk second@pair.example
{
	echo "EHLO mx.pair.example"
	reply_script r.two.1@pair.example two.1@desk first@pair.example anna@ours.example
	reply_script r.two.2@pair.example two.2@desk second@pair.example anna@ours.example
	echo QUIT
} | smtp "$mx_port"
same "two messages in a session are two" "prospect prospect" \
	"$(stage_of first@pair.example) $(stage_of second@pair.example)"

outreach rset.1@desk left@reset.example
outreach rset.2@desk right@reset.example
smtp "$mx_port" <<END
EHLO mx.reset.example
MAIL FROM:<left@reset.example>
RCPT TO:<anna@ours.example>
RSET
$(reply_script r.rset.2@reset.example rset.2@desk right@reset.example anna@ours.example)
QUIT
END
same "RSET leaves nothing behind" "lead prospect" \
	"$(stage_of left@reset.example) $(stage_of right@reset.example)"

outreach drop.1@desk early@drop.example
outreach drop.2@desk late@drop.example
{
	echo "EHLO mx.drop.example"
	reply_script r.drop.1@drop.example drop.1@desk early@drop.example anna@ours.example |
		sed '$d'
	echo "%drop"
} | smtp "$mx_port"
reply_date=$(date -R)
{
	echo "EHLO mx.drop.example"
	reply_script r.drop.2@drop.example drop.2@desk late@drop.example anna@ours.example
	echo "%drop"
} | smtp "$mx_port"
same "a client killed before the dot has sent nothing, one killed after it has" \
	"human / human human" "$(classes_of early@drop.example) / $(classes_of late@drop.example)"
same "and its reply counts" "lead prospect" \
	"$(stage_of early@drop.example) $(stage_of late@drop.example)"

# The client that lost the 250 comes again: same message, new queue id.
reply r.drop.2@drop.example drop.2@desk late@drop.example anna@ours.example
reply_date=
same "a retried message is one message" "human human" "$(classes_of late@drop.example)"

# An outbound message without Message-ID: the MTA makes one, and the reply names it.
{
	submission_hello
	cat <<-END
		MAIL FROM:<anna@ours.example>
		RCPT TO:<noid@made.example>
		DATA
		From: <anna@ours.example>
		To: <noid@made.example>
		Subject: Without an id
		Date: $(date -R)

		text
		.
		QUIT
	END
} | smtp "$submission_port"
made_id() {
	made=$(cat "$lab/sink"/* | awk 'tolower($1) == "message-id:" { id = $2 }
		/^Subject: Without an id/ { here = 1 } here && id != "" { gsub(/[<>]/, "", id); print id; exit }
		/^X-Client-Addr/ { id = ""; here = 0 }')
	[ -n "$made" ]
}
ok "a message without Message-ID gets one" wait_for 20 made_id
reply r.noid@made.example "$made" noid@made.example anna@ours.example
same "and the reply that names it promotes" prospect "$(stage_of noid@made.example)"

# Null reverse-path, no report: an automatic reply, whatever else it says.
outreach null.1@desk quiet@null.example
reply r.null@null.example null.1@desk quiet@null.example anna@ours.example >/dev/null
outreach null.2@desk other@null.example
{
	echo "EHLO mx.null.example"
	reply_script r.null.2@null.example null.2@desk other@null.example anna@ours.example |
		sed 's/^MAIL FROM:.*/MAIL FROM:<>/'
	echo QUIT
} | smtp "$mx_port"
same "a null reverse-path never promotes" "prospect lead" \
	"$(stage_of quiet@null.example) $(stage_of other@null.example)"

case_filter_down() {
	before=$(sink_count)
	daemon_stop
	same "TERM ends the daemon in peace" 0 "$daemon_status"
	ok "mail flows while the filter is down" \
		reply down.1@rails.example out.3@desk rosa@rails.example anna@ours.example
	arrived() {
		[ "$(sink_count)" -gt "$before" ]
	}
	ok "and arrives" wait_for 20 arrived
	ok "and the filter comes back" daemon_start
	reply back.1@rails.example out.3@desk rosa@rails.example anna@ours.example
	same "and records again" "human human human" "$(classes_of rosa@rails.example)"
}
