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
postfix_make "$lab_dir/lab" "unix:$socket"
postfix_add_user anna secret
take_ports auth_port plain_port first_port last_port tap_port tap_strict_port strict_port \
	inet_port again_unseen_port filtered_port filtered_unseen_port
again_port=$mx_port
postfix_listener "$auth_port" 'smtpd_sasl_auth_enable = yes' \
	'smtpd_sasl_security_options = noanonymous'
postfix_listener "$plain_port" 'smtpd_milters ='
postfix_listener "$first_port" "smtpd_milters = unix:$socket, unix:$second_socket"
postfix_listener "$last_port" "smtpd_milters = unix:$second_socket, unix:$socket"
postfix_listener "$tap_port" "smtpd_milters = unix:$tap_socket"
postfix_listener "$tap_strict_port" "smtpd_milters = { unix:$tap_socket, default_action=tempfail }"
postfix_listener "$strict_port" "smtpd_milters = { unix:$socket, default_action=tempfail }"
postfix_listener "$inet_port" "smtpd_milters = inet:127.0.0.1:$milter_port"
postfix_listener "$again_unseen_port" 'receive_override_options = no_milters'
postfix_listener "$filtered_port" "content_filter = smtp:[127.0.0.1]:$again_port"
postfix_listener "$filtered_unseen_port" "content_filter = smtp:[127.0.0.1]:$again_unseen_port"

mta_refused=
mta_has() {
	case $1 in
	smtputf8 | chunking | own-bounces) return 0 ;;
	*) return 1 ;;
	esac
}
# The cleanup service asks the milter for these (non_smtpd_milters).
local_submit() { # FROM TO
	MAIL_CONFIG="$lab/etc" sendmail -C "$lab/etc" -f "$1" "$2"
}

leadctl init >/dev/null 2>&1
chown -R postfix "$lab_dir/store"
ok "the daemon starts as an unprivileged user" daemon_start
ok "a tap and a second milter start" eval 'tap_start && second_start'
ok "the sink starts" sink_start
ok "Postfix starts" postfix_start

daemon_user() {
	ps -o user= -p "$daemon_pid"
}
same "it runs as the user of the settings" postfix "$(daemon_user | tr -d ' ')"

submission_auth=1
. "$top/tests/integration/cases.sh"
. "$top/tests/integration/cases-untouched.sh"

# A reply through another listener, seen from another address in the internet.
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

# Postfix's own content_filter, with a filter that lets all pass: its queue manager hands
# each message back to a listener of its own.
filtered() { # NAME PORT PASSES
	outreach "$1.1@desk" "in@$1.example"
	seen_before=$(messages_seen)
	reply_port=$2
	reply "r.$1@queue.example" "$1.1@desk" "in@$1.example" anna@ours.example
	reply_port=
	becomes "$1: a reply comes through Postfix's content filter" 1 \
		arrivals "Message-ID: <r.$1@queue.example>"
	same "$1: seen as often as it passes us" "$3" "$(($(messages_seen) - seen_before))"
	same "$1: and is one interaction, and one promotion" "human human, 1 promoted" \
		"$(classes_of "in@$1.example"), $(promotions_of "in@$1.example") promoted"
}
filtered queued "$filtered_port" 2
same "the second pass is known as one" "inbound re-injected" "$(last_rule)"
filtered queued-unseen "$filtered_unseen_port" 1

# Postfix gives a Message-ID only to mail from its own host, unless it is told otherwise.
roaming() { # SUBJECT RECIPIENT
	{
		echo "EHLO hotel.example"
		echo "AUTH PLAIN $(auth_plain anna@mta.ours.example secret)"
		printf 'MAIL FROM:<anna@ours.example>\nRCPT TO:<%s>\nDATA\n' "$2"
		printf 'From: <anna@ours.example>\nTo: <%s>\nSubject: %s\nDate: %s\n\ntext\n.\nQUIT\n' \
			"$2" "$1" "$(date -R)"
	} | smtp "$auth_port"
}
roaming "Roaming without" without@roaming.example
becomes "roaming mail without Message-ID arrives" 1 arrivals "Subject: Roaming without"
ok "and has none" eval '! made_id "Roaming without"'
postconf -c "$lab/etc" always_add_missing_headers=yes
postfix -c "$lab/etc" reload >/dev/null 2>&1
tries=0
roaming_gets_id() { # the services take the setting one by one
	tries=$((tries + 1))
	roaming "Roaming $tries" with@roaming.example &&
		wait_for 60 output_is 1 arrivals "Subject: Roaming $tries" && made_id "Roaming $tries"
}
ok "with always_add_missing_headers it gets one" wait_for 60 roaming_gets_id
reply r.with@roaming.example "$made" with@roaming.example anna@ours.example
same "and the reply that names it promotes" prospect "$(stage_of with@roaming.example)"

. "$top/tests/integration/cases-faults.sh"
bad=$(leadctl --json status >/dev/null 2>&1 || echo bad)
same "status can be asked" "" "$bad"
echo "1..$count"
