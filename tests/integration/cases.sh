# SPDX-License-Identifier: BSD-2-Clause
# What every MTA must give, whatever its name: the mail itself. Sourced after lab.sh; these
# are the MTA's:
#
#   mx_port, submission_port, auth_port
#   local_submit FROM TO      sendmail(1), the message on standard input
#   mta_has WORD              whether it can do that: smtputf8, chunking, own-bounces (shows
#                             its own bounces to milters),
#                             nrcpts (counts recipients for milters)

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
} | smtp "$submission_port" "$inside"
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
} | smtp "$submission_port" "$inside"
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
# This one loses the 250: its connection is cut when the message has been recorded.
reply_date=$(date -R)
late_recorded() {
	[ "$(classes_of late@drop.example)" = "human human" ]
}
{
	echo "EHLO mx.drop.example"
	reply_script r.drop.2@drop.example drop.2@desk late@drop.example anna@ours.example |
		sed '$d'
	echo "%end"
	wait_for 60 late_recorded
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
} | smtp "$submission_port" "$inside"
made_id() { # SUBJECT: the Message-ID with which it arrived at the sink
	mail=$(grep -lF -e "Subject: $1" "$lab/sink"/*.mail 2>/dev/null | head -n 1)
	made=$(tr -d '\r' <"${mail:-/dev/null}" | sed -n 's/^Message-I[dD]: *<\(.*\)>.*/\1/p' | head -n 1)
	[ -n "$made" ]
}
ok "a message without Message-ID gets one" wait_for 60 made_id "Without an id"
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

# ---- submission ----
# The account counts, wherever it is used from and whatever the listener is called.
auth_outreach() { # PASSWORD ID RECIPIENT
	{
		echo "EHLO hotel.example"
		echo "AUTH PLAIN $(auth_plain anna@mta.ours.example "$1")"
		printf 'MAIL FROM:<anna@ours.example>\nRCPT TO:<%s>\nDATA\n' "$3"
		printf 'From: <anna@ours.example>\nTo: <%s>\nSubject: From a hotel\n' "$3"
		printf 'Date: %s\nMessage-ID: <%s>\n\ntext\n.\nQUIT\n' "$(date -R)" "$2"
	} | smtp "$auth_port"
}
ok "AUTH from anywhere submits" auth_outreach secret auth.1@hotel account@auth.example
same "what is so submitted is outreach" "lead outbound auth" \
	"$(stage_of account@auth.example) $(last_rule)"
auth_outreach wrong auth.2@hotel thief@auth.example >/dev/null
same "a wrong password does not" "535 -" \
	"$(sed -n 's/^< \(535\).*/\1/p' "$lab_dir/smtp.log") $(stage_of thief@auth.example)"

own_from_outside() { # ID RECIPIENT
	smtp "$mx_port" <<-END
		EHLO forger.example
		MAIL FROM:<anna@ours.example>
		RCPT TO:<$2>
		DATA
		From: Anna <anna@ours.example>
		To: <$2>
		Subject: Not from Anna
		Message-ID: <$1>
		Date: $(date -R)

		text
		.
		QUIT
	END
}
own_from_outside forged.1@forger.example bob@ours.example
same "an own author from outside is a spoof suspect" 1 \
	"$(grep -c 'spoof-suspect=yes' "$lab_dir/leadmilter.log")"
set_option internal_networks "$inside $outside"
kill -USR1 "$daemon_pid"
reloaded() { # TIMES
	[ "$(grep -c 'settings reloaded' "$lab_dir/leadmilter.log")" -ge "$1" ]
}
ok "a reload takes new settings" wait_for 60 reloaded 1
own_from_outside own.1@ours.example bob@ours.example
same "a network that has become ours may say so" internal-network "$(last_rule | sed 's/.* //')"
set_option internal_networks "$inside"
kill -USR1 "$daemon_pid"
ok "and so does another" wait_for 60 reloaded 2

printf 'From: Anna <anna@ours.example>\nTo: lo@local.example\nSubject: From the shell\nMessage-ID: <local.1@desk>\n\ntext\n' |
	local_submit anna@ours.example lo@local.example
becomes "what sendmail(1) submits is outreach" lead stage_of lo@local.example
reply r.local.1@local.example local.1@desk lo@local.example anna@ours.example
same "and a reply to it promotes" prospect "$(stage_of lo@local.example)"
printf 'From: Anna <anna@ours.example>\nTo: li@local.example\nSubject: Idless from the shell\n\ntext\n' |
	local_submit anna@ours.example li@local.example
ok "sendmail(1) without Message-ID gets one" wait_for 60 made_id "Idless from the shell"
wait_for 60 output_is lead stage_of li@local.example
reply r.local.2@local.example "$made" li@local.example anna@ours.example
same "and the reply that names it promotes" prospect "$(stage_of li@local.example)"

# ---- what arrives without a Message-ID ----
outreach idless.1@desk idless@in.example
idless_reply() {
	{
		echo "EHLO mx.in.example"
		reply_script x idless.1@desk idless@in.example anna@ours.example | grep -v '^Message-ID'
		echo QUIT
	} | smtp "$mx_port"
}
reply_date=$(date -R)
idless_reply
idless_reply
reply_date=
same "a reply without Message-ID promotes, and its retry is the same message" \
	"prospect human human" "$(stage_of idless@in.example) $(classes_of idless@in.example)"

# ---- bounces that the MTA makes itself ----
outreach own.1@desk gone@refusing.example
becomes "the MTA reports a recipient that is refused" 1 arrivals own.1@desk
if mta_has own-bounces; then
	becomes "its own bounce is recorded as a bounce" "human bounce" classes_of gone@refusing.example
	same "and marks the address bad" yes "$(leadctl --csv show gone@refusing.example | field address_bad)"
else
	same "its own bounce is shown to no milter" human "$(classes_of gone@refusing.example)"
fi

# ---- extensions ----
if mta_has smtputf8; then
	utf8_outreach() {
		{
			submission_hello
			echo "MAIL FROM:<anna@ours.example> SMTPUTF8"
			echo "RCPT TO:<søren@øst.example>"
			printf 'DATA\nFrom: <anna@ours.example>\nTo: Søren <søren@øst.example>\n'
			printf 'Subject: Påmindelse\nMessage-ID: <utf8.1@desk>\nDate: %s\n\ntext\n.\nQUIT\n' "$(date -R)"
		} | smtp "$submission_port" "$inside"
	}
	utf8_reply() {
		{
			echo "EHLO mx.xn--st-kka.example"
			reply_script r.utf8.1@øst.example utf8.1@desk søren@øst.example anna@ours.example |
				sed 's/^MAIL FROM:.*/& SMTPUTF8/'
			echo QUIT
		} | smtp "$mx_port"
	}
	ok "SMTPUTF8 passes to the outside" utf8_outreach
	same "an internationalised address is a lead" lead "$(stage_of søren@øst.example)"
	ok "and from the outside" utf8_reply
	same "whose reply promotes" prospect "$(stage_of søren@øst.example)"
	same "written with its A-labels, too" prospect "$(stage_of søren@xn--st-kka.example)"
	becomes "both arrive" "1 1" eval 'echo "$(arrivals "Message-ID: <utf8.1@desk>") $(arrivals "Message-ID: <r.utf8.1@øst.example>")"'
else
	skip "SMTPUTF8" "this MTA has no SMTPUTF8"
fi

outreach pipe.1@desk one@pipe.example two@pipe.example
{
	echo "EHLO mx.pipe.example"
	for n in one two; do
		printf -- '-MAIL FROM:<%s@pipe.example>\n-RCPT TO:<anna@ours.example>\n-RCPT TO:<bob@ours.example>\n' $n
		reply_script r.$n@pipe.example pipe.1@desk $n@pipe.example anna@ours.example bob@ours.example |
			sed '1,/^DATA/{/^DATA/!d}'
	done
	echo QUIT
} | smtp "$mx_port"
same "PIPELINING: two messages, two promotions" "prospect prospect" \
	"$(stage_of one@pipe.example) $(stage_of two@pipe.example)"
becomes "each with all of its recipients" "anna@ours.example bob@ours.example" \
	recipients_with "Message-ID: <r.two@pipe.example>"

if mta_has chunking; then
	outreach bdat.1@desk lump@chunk.example
	reply_script r.bdat.1@chunk.example bdat.1@desk lump@chunk.example anna@ours.example |
		sed '1,/^DATA/d; /^\.$/d; s/$/\r/' >"$lab_dir/whole"
	head -c 100 "$lab_dir/whole" >"$lab_dir/chunk.1" # ends within a field
	tail -c +101 "$lab_dir/whole" >"$lab_dir/chunk.2"
	smtp "$mx_port" <<-END
		EHLO mx.chunk.example
		MAIL FROM:<lump@chunk.example>
		RCPT TO:<anna@ours.example>
		-BDAT 100
		%raw $lab_dir/chunk.1
		-BDAT $(wc -c <"$lab_dir/chunk.2")
		%raw $lab_dir/chunk.2
		BDAT 0 LAST
		QUIT
	END
	same "BDAT in chunks is a message like any" prospect "$(stage_of lump@chunk.example)"
else
	skip "BDAT" "this MTA has no CHUNKING"
fi
