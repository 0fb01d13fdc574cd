#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# leadmilter behind a real Postfix: what SMTP clients do, and what is recorded then.
set -u
top=${LEAD_SRCDIR:?}
. "$top/tests/integration/postfix.sh"
. "$top/tests/integration/lab.sh"

if ! postfix_usable; then
	echo "1..0 # SKIP needs root, Postfix and saslpasswd2"
	exit 0
fi

lab_make "$(mktemp -d "${TMPDIR:-/tmp}/lead-postfix.XXXXXX")"
trap lab_finish EXIT
trap 'exit 130' INT TERM
postfix_make "$lab_dir/lab" "unix:$lab_dir/run/leadmilter.sock"
postfix_add_user anna secret

leadctl init >/dev/null 2>&1
chown -R postfix "$lab_dir/store"
ok "the daemon starts as an unprivileged user" daemon_start
ok "the sink starts" sink_start
ok "Postfix starts" postfix_start

daemon_user() {
	ps -o user= -p "$daemon_pid"
}
same "it runs as the user of the settings" postfix "$(daemon_user | tr -d ' ')"

submission_auth=1
. "$top/tests/integration/cases.sh"

# A reply through another listener, seen from an address in the internet.
{
	cat <<-END
		EHLO mx.carts.example
		XCLIENT ADDR=198.51.100.9 NAME=mx.carts.example
		EHLO mx.carts.example
	END
	reply_script re.carla@carts.example both.1@desk carla@carts.example anna@ours.example bob@ours.example
	echo QUIT
} | smtp "$xclient_port"
same "a reply through another listener promotes" prospect "$(stage_of carla@carts.example)"

# Local submission through sendmail(1): the cleanup service asks the milter.
{
	printf 'From: Anna <anna@ours.example>\nTo: lo@local.example\nSubject: From the command line\n'
	printf 'Message-ID: <local.1@desk>\n\ntext\n'
} | MAIL_CONFIG="$lab/etc" sendmail -C "$lab/etc" -f anna@ours.example lo@local.example
local_arrived() {
	[ "$(stage_of lo@local.example)" = lead ]
}
# With 127.0.0.1 not internal in these settings the author is a spoof suspect.
wait_for 10 grep -q 'spoof' "$lab_dir/leadmilter.log"
same "an own author from outside is a spoof suspect and makes no lead" - \
	"$(stage_of lo@local.example)"
sed -i 's/^internal_networks.*/internal_networks = 127.0.0.0\/8 ::1/' "$lab_dir/leadmilter.conf"
kill -USR1 "$daemon_pid"
ok "a reload takes the new settings" wait_for 10 grep -qi 'reload' "$lab_dir/leadmilter.log"
{
	printf 'From: Anna <anna@ours.example>\nTo: lo@local.example\nSubject: From the command line\n'
	printf 'Message-ID: <local.2@desk>\n\ntext\n'
} | MAIL_CONFIG="$lab/etc" sendmail -C "$lab/etc" -f anna@ours.example lo@local.example
ok "local submission is outreach" wait_for 10 local_arrived

# Postfix's own bounces are filtered when internal_mail_filter_classes says so.
ok "a host that refuses starts" refusing_start
outreach own.1@desk gone@refusing.example
own_bounce() {
	[ "$(classes_of gone@refusing.example)" = "human bounce" ]
}
ok "Postfix's own bounce is recorded as a bounce" wait_for 20 own_bounce
same "and marks the address bad" yes \
	"$(leadctl --csv show gone@refusing.example | field address_bad)"

# Odd but legal.
smtp "$mx_port" <<END
EHLO mx.odd.example
MAIL FROM:<søren@øst.example> SMTPUTF8
RCPT TO:<anna@ours.example>
DATA
From: Søren <søren@øst.example>
Subject: no date, no id, 8-bit
To: undisclosed-recipients:;

text
.
QUIT
END
ok "internationalised mail passes" grep -q 250 "$lab_dir/smtp.log"

case_filter_down
bad=$(leadctl --json status >/dev/null 2>&1 || echo bad)
same "status can be asked" "" "$bad"
echo "1..$count"
