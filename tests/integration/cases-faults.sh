# SPDX-License-Identifier: BSD-2-Clause
# What every MTA must give when something is not as it should be: other filters, mail that
# comes twice, and a leadmilter that is killed or away. Sourced after cases.sh; more ports
# of the MTA are
#
#   first_port, last_port     we stand before, and behind second-milter
#   tap_port                  asks milter-tap, and lets mail pass without it
#   tap_strict_port           the same, and does not
#   strict_port               asks us, and does not let mail pass without us
#   inet_port                 asks us over TCP (port milter_port)
#   again_port                where a content filter gives mail back; again_unseen_port the
#                             same without milters

# ---- a second milter ----
second_reply() { # PORT VERDICT ID ANSWERED AUTHOR END
	{
		echo "EHLO mx.second.example"
		reply_script "$3" "$4" "$5" anna@ours.example |
			sed "s/^Subject/X-Second: $2\n&/; \$s/.*/%end $6/"
		echo QUIT
	} | smtp "$1"
}
outreach second.1@desk a@second.example b@second.example c@second.example d@second.example
ok "a milter behind us refuses a reply" \
	second_reply "$first_port" reject r.a@second.example second.1@desk a@second.example 5
same "which is recorded all the same" prospect "$(stage_of a@second.example)"
reply_date=$(date -R)
ok "one behind us puts a reply off" \
	second_reply "$first_port" tempfail r.b@second.example second.1@desk b@second.example 4
ok "and takes it when it comes again" \
	second_reply "$first_port" none r.b@second.example second.1@desk b@second.example 2
reply_date=
same "it is recorded once" "prospect human human" \
	"$(stage_of b@second.example) $(classes_of b@second.example)"
ok "a milter before us refuses a reply" \
	second_reply "$last_port" reject r.c@second.example second.1@desk c@second.example 5
ok "and discards one" \
	second_reply "$last_port" discard r.d@second.example second.1@desk d@second.example 2
same "neither is recorded" "lead human, lead human" \
	"$(stage_of c@second.example) $(classes_of c@second.example), $(stage_of d@second.example) $(classes_of d@second.example)"

# A recipient that the milter behind us refuses was shown to us before.
second_rcpt() { # PORT RECIPIENT: Anna writes to somebody and to RECIPIENT
	{
		submission_hello | grep -v ^AUTH
		printf 'MAIL FROM:<anna@ours.example>\nRCPT TO:<some@%s>\n?RCPT TO:<%s>\n' "${2#*@}" "$2"
		printf 'DATA\nFrom: <anna@ours.example>\nTo: <some@%s>, <%s>\nSubject: To both\n' "${2#*@}" "$2"
		printf 'Date: %s\nMessage-ID: <both@%s>\n\ntext\n.\nQUIT\n' "$(date -R)" "${2#*@}"
	} | smtp "$1" "$inside"
}
second_rcpt "$first_port" unwanted@behind.example
same "a recipient whom the milter behind us refuses is recorded" "lead lead" \
	"$(stage_of some@behind.example) $(stage_of unwanted@behind.example)"
second_rcpt "$last_port" unwanted@before.example
same "one whom the milter before us refuses is not" "lead -" \
	"$(stage_of some@before.example) $(stage_of unwanted@before.example)"
if mta_has nrcpts; then
	same "the MTA counts that one, but tells of nobody who is refused behind us" \
		"recipients=1 nrcpts=2" \
		"$(grep -o 'recipients=[0-9]* nrcpts=[0-9]*' "$lab_dir/leadmilter.log")"
else
	skip "the MTA counts recipients" "not for milters"
fi

# ---- a content filter ----
# What arrives behind the MTA is given back to it, as a content filter would, from a
# client of our own network.
give_back() { # TEXT PORT: the message that has it in a line
	wait_for 60 output_is 1 arrivals "$1" || return 1
	{
		echo "EHLO filter.ours.example"
		sed 's/ SIZE=[0-9]*//' "$(mail_with "$1" | sed 's/mail$/env/')"
		echo DATA
		echo "%raw $(mail_with "$1")"
		printf '.\nQUIT\n'
	} | smtp "$2" "$inside" || return 1
	wait_for 60 output_is 2 arrivals "$1"
}
reply_idless() { # SUBJECT ANSWERED AUTHOR
	{
		echo "EHLO mx.customer.example"
		reply_script x "$2" "$3" anna@ours.example |
			sed "/^Message-ID/d; s/^Subject: .*/Subject: $1/"
		echo QUIT
	} | smtp "$mx_port"
}
given_back() { # NAME PORT
	outreach "$1.1@desk" "in@$1.example" "out@$1.example" "idless@$1.example"
	ok "$1: outreach comes back from a content filter" give_back "Message-ID: <$1.1@desk>" "$2"
	reply "r.$1@filter.example" "$1.1@desk" "in@$1.example" anna@ours.example
	ok "$1: so does a reply" give_back "Message-ID: <r.$1@filter.example>" "$2"
	reply_idless "Answer of $1" "$1.1@desk" "idless@$1.example"
	ok "$1: and one without Message-ID" give_back "Subject: Answer of $1" "$2"
	for who in in idless out; do
		echo "$(classes_of "$who@$1.example"), $(promotions_of "$who@$1.example") promoted"
	done >"$lab_dir/given-back"
	same "$1: each is one message, one interaction, one decision" \
		"human human, 1 promoted / human human, 1 promoted / human, 0 promoted" \
		"$(paste -sd/ "$lab_dir/given-back" | sed 's|/| / |g')"
}
given_back filtered "$again_port"
same "the second pass is known as one" "inbound re-injected" "$(last_rule)"
seen=$(messages_seen)
given_back unseen "$again_unseen_port"
same "a listener without milters shows us nothing twice" 3 "$(($(messages_seen) - seen))"

# ---- killed in each stage ----
# The letters are the protocol's, see milter-tap.c: before anything is agreed, at connect,
# HELO, MAIL, RCPT, DATA, a field, the end of the header, the body, the end of the message,
# and when the message is recorded but the answer not sent.
stages='O C H M R T L N B E E+'
person_of() { # STAGE DOMAIN
	echo "$1@$2" | sed 's/+/.answered/'
}
stage_recipients() { # DOMAIN
	for stage in $stages; do
		person_of "$stage" "$1"
	done
}
stage_reply() { # PORT STAGE DOMAIN
	reply_port=$1
	reply "r.$(person_of "$2" "$3")" "kill@$3" "$(person_of "$2" "$3")" anna@ours.example
	stage_status=$?
	reply_port=
	return $stage_status
}
kill_at() { # STAGE
	printf %s "$1" >"$lab_dir/tap/kill"
}
was_killed() {
	[ ! -f "$lab_dir/tap/kill" ] && daemon_restart_killed
}
put_off() { # PORT STAGE DOMAIN: 4xx somewhere, 5xx nowhere
	! stage_reply "$@" && grep -q '^< 4' "$lab_dir/smtp.log" && ! grep -q '^< 5' "$lab_dir/smtp.log"
}
# shellcheck disable=SC2046
outreach kill@pass.example $(stage_recipients pass.example)
# shellcheck disable=SC2046
outreach kill@strict.example $(stage_recipients strict.example)
for stage in $stages; do
	kill_at "$stage"
	ok "killed at $stage: mail flows" stage_reply "$tap_port" "$stage" pass.example
	ok "killed at $stage: it was" was_killed
	want=human
	[ "$stage" != E+ ] || want='human human'
	same "killed at $stage: what was answered is recorded once, else nothing" "$want" \
		"$(classes_of "$(person_of "$stage" pass.example)")"
	reply_date=$(date -R)
	kill_at "$stage"
	ok "killed at $stage, strict: mail is put off" put_off "$tap_strict_port" "$stage" strict.example
	ok "killed at $stage, strict: it was" was_killed
	ok "killed at $stage, strict: the retry is taken" \
		stage_reply "$tap_strict_port" "$stage" strict.example
	reply_date=
	same "killed at $stage, strict: and recorded once" "prospect human human" \
		"$(stage_of "$(person_of "$stage" strict.example)") $(classes_of "$(person_of "$stage" strict.example)")"
done
all_arrived() { # each once, on both ways
	for domain in pass.example strict.example; do
		for stage in $stages; do
			arrivals "Message-ID: <r.$(person_of "$stage" "$domain")>"
		done
	done | sort | uniq -c | awk '{ print $1 "x" $2 }' | paste -sd' '
}
becomes "every message arrived once" 22x1 all_arrived

# ---- what the MTA offered and got, over all that passed the tap ----
same "the MTA offers rights to change mail" yes \
	"$(awk '$1 == ">" && $2 == "O" && $4 != "0" { print "yes"; exit }' "$lab_dir/tap/log")"
same "none is ever asked for" "" \
	"$(awk '$1 == "<" && $2 == "O" && $4 != "0" && $4 != "100"' "$lab_dir/tap/log" | sort | uniq -c)"
same "and every answer is to go on" c \
	"$(awk '$1 == "<" && $2 != "O" { print $2 }' "$lab_dir/tap/log" | sort -u | paste -sd' ')"

# ---- away ----
before=$(sink_count)
daemon_stop
same "TERM ends the daemon in peace" 0 "$daemon_status"
ok "mail flows while the filter is down" \
	reply down.1@rails.example out.3@desk rosa@rails.example anna@ours.example
arrived() {
	[ "$(sink_count)" -gt "$before" ]
}
ok "and arrives" wait_for 60 arrived
reply_port=$strict_port
reply_is_put_off() {
	! reply down.2@rails.example out.3@desk rosa@rails.example anna@ours.example &&
		grep -q '^< 4' "$lab_dir/smtp.log" && ! grep -q '^< 5' "$lab_dir/smtp.log"
}
ok "it is put off where the MTA was told to" reply_is_put_off
reply_port=
ok "the filter comes back" daemon_start
reply back.1@rails.example out.3@desk rosa@rails.example anna@ours.example
same "and records again" "human human human" "$(classes_of rosa@rails.example)"

# ---- the other kind of socket ----
daemon_stop
set_option socket "inet:$milter_port@127.0.0.1"
ok "the daemon listens on an inet socket" daemon_start
reply_port=$inet_port
ok "the MTA asks it there" \
	reply inet.1@rails.example out.3@desk rosa@rails.example anna@ours.example
reply_port=
same "and it records" "human human human human" "$(classes_of rosa@rails.example)"
