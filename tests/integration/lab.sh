# SPDX-License-Identifier: BSD-2-Clause
# A lab for integration tests: leadmilter from the build folder, run as an unprivileged
# user, a store, and shell functions to send mail and to ask what became of it. Sourced
# after postfix.sh. TAP goes to standard output, the rest to standard error.
#
#   lab_make DIR          writes settings below DIR; lab_settings may be set before
#   daemon_start / daemon_stop / daemon_restart_killed
#   tap_start, second_start           see milter-tap.c, second-milter.c; end with the lab
#   smtp PORT [ADDRESS]   the script on standard input, by smtp-say; fails as it does; the
#                         client is somewhere in the internet, or has the address
#   ok NAME COMMAND...    a TAP line
#   same NAME WANT GOT    a TAP line, with both texts where they differ
#   becomes NAME WANT COMMAND...      the same, when the command says so, within a minute
#   skip NAME REASON
#   submission_auth       set: submission_hello authenticates as Anna

build=${LEAD_BUILDDIR:?}
count=0
failures=0

ok() { # NAME COMMAND...
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$lab_dir/ok.log" 2>&1; then
		echo "ok $count - $name"
	else
		sed 's/^/# /' "$lab_dir/ok.log"
		echo "# failed: $*"
		echo "not ok $count - $name"
		failures=$((failures + 1))
	fi
}

skip() { # NAME REASON
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

same() { # NAME WANT GOT
	count=$((count + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $count - $1"
	else
		printf 'wanted: %s\ngot:    %s\n' "$2" "$3" | sed 's/^/# /'
		echo "not ok $count - $1"
		failures=$((failures + 1))
	fi
}

# output_is WANT COMMAND...; the last output stays in $output
output_is() {
	output_wanted=$1
	shift
	output=$("$@")
	[ "$output" = "$output_wanted" ]
}

becomes() { # NAME WANT COMMAND...
	becomes_name=$1 becomes_want=$2
	shift 2
	wait_for 60 output_is "$becomes_want" "$@"
	same "$becomes_name" "$becomes_want" "$output"
}

# 127.0.0.1 is ours, and 127.0.0.9 plays the internet.
inside=127.0.0.1
outside=127.0.0.9

lab_make() { # DIR
	lab_dir=$1
	chmod 755 "$lab_dir"
	mkdir -p "$lab_dir/run" "$lab_dir/store" "$lab_dir/tap" "$lab_dir/second"
	chown postfix "$lab_dir/run" "$lab_dir/store"
	chmod 755 "$lab_dir/run"
	socket=$lab_dir/run/leadmilter.sock
	tap_socket=$lab_dir/tap/tap.sock
	second_socket=$lab_dir/second/second.sock
	take_ports milter_port
	cat >"$lab_dir/leadmilter.conf" <<-END
		[milter]
		socket = unix:$socket
		socket_group = postfix
		user = postfix
		foreground = yes
		[mail]
		local_domains = ours.example .ours.example
		internal_networks = $inside
		[store]
		uri = sqlite:$lab_dir/store/lead.db
		timeout = 8
		[log]
		target = stderr
		${lab_settings:-}
	END
	: >"$lab_dir/leadmilter.log"
}

# A socket's file may be left from a daemon that was killed.
daemon_listens() {
	if grep -q '^socket = inet:' "$lab_dir/leadmilter.conf"; then
		port_listens "$milter_port"
	else
		awk -v want="$socket" '$8 == want && $4 == "00010000" { found = 1 }
			END { exit !found }' /proc/net/unix
	fi
}

daemon_start() {
	"$build/milter/leadmilter" -c "$lab_dir/leadmilter.conf" -f 2>>"$lab_dir/leadmilter.log" &
	daemon_pid=$!
	wait_for 60 daemon_listens
}

daemon_stop() {
	[ -n "${daemon_pid:-}" ] || return 0
	kill "$daemon_pid" 2>/dev/null
	wait "$daemon_pid" 2>/dev/null
	daemon_status=$?
	daemon_pid=
	return 0
}

daemon_restart_killed() {
	wait "$daemon_pid" 2>/dev/null
	daemon_start
}

set_option() { # NAME VALUE
	sed -i "s|^$1 = .*|$1 = $2|" "$lab_dir/leadmilter.conf"
}

tap_start() {
	"$build/tests/integration/milter-tap" "$tap_socket" "$socket" "$lab_dir/tap" \
		2>>"$lab_dir/tap/errors" &
	tap_pid=$!
	wait_for 60 test -S "$tap_socket"
}

second_start() {
	"$build/tests/integration/second-milter" "unix:$second_socket" 2>>"$lab_dir/second/errors" &
	second_pid=$!
	wait_for 60 test -S "$second_socket"
}

lab_finish() {
	trap - EXIT
	postfix_stop
	[ -z "${sendmail_pid:-}" ] || sendmail_stop
	daemon_stop
	[ -z "${tap_pid:-}" ] || kill "$tap_pid" 2>/dev/null
	[ -z "${second_pid:-}" ] || kill "$second_pid" 2>/dev/null
	sink_stop
	if [ "$failures" -ne 0 ]; then
		tail -n 60 "$lab_dir/leadmilter.log" | sed 's/^/# daemon: /'
		[ ! -f "$lab/log/mail.log" ] || tail -n 40 "$lab/log/mail.log" | sed 's/^/# postfix: /'
		[ ! -f "${sendmail_lab:-}/log/trace" ] ||
			tail -n 40 "$sendmail_lab/log/trace" | sed 's/^/# sendmail: /'
	fi
	rm -rf "$lab_dir"
}

leadctl() {
	"$build/cli/leadctl" -c "$lab_dir/leadmilter.conf" "$@"
}

smtp() { # PORT [ADDRESS]
	"$build/tests/integration/smtp-say" "$1" "${2:-$outside}" >"$lab_dir/smtp.log" 2>&1 && return 0
	sed 's/^/# /' "$lab_dir/smtp.log"
	return 1
}

# field NAME: that column of CSV with a header line; no line breaks within fields
field() {
	awk -v want="$1" '
		function split_csv(line, out,   n, rest, item) {
			n = 0
			rest = line ","
			while (rest != "") {
				if (substr(rest, 1, 1) == "\"") {
					match(rest, /^"([^"]|"")*",/)
					item = substr(rest, 2, RLENGTH - 3)
					gsub(/""/, "\"", item)
				} else {
					match(rest, /^[^,]*,/)
					item = substr(rest, 1, RLENGTH - 1)
				}
				out[++n] = item
				rest = substr(rest, RLENGTH + 1)
			}
			return n
		}
		{ sub(/\r$/, ""); n = split_csv($0, cells) }
		NR == 1 { for (i = 1; i <= n; i++) if (cells[i] == want) at = i; next }
		{ print cells[at] }'
}

stage_of() { # ADDRESS: its stage, "-" for nobody
	stage=$(leadctl --csv show "$1" 2>/dev/null | field stage)
	echo "${stage:--}"
}

classes_of() { # ADDRESS: classes of its interactions, oldest first
	leadctl --csv log "$1" 2>/dev/null | field class | tac | paste -sd' '
}

last_rule() { # the rule that told the direction of the last message
	sed -n 's/.* direction=\([a-z]*\) rule=\([a-z-]*\).*/\1 \2/p' "$lab_dir/leadmilter.log" | tail -n 1
}

messages_seen() { # by the daemon
	grep -c ' direction=' "$lab_dir/leadmilter.log"
}

promotions_of() { # ADDRESS
	leadctl --csv history "$1" 2>/dev/null | field tier | grep -c .
}

mail_with() { # TEXT: the file of the first message at the sink that has it in a line
	grep -lF -e "$1" "$lab/sink"/*.mail 2>/dev/null | head -n 1
}

recipients_with() { # TEXT: those of the first message at the sink that has it
	envelope=$(mail_with "$1" | sed 's/mail$/env/')
	sed -n 's/^RCPT T[Oo]:<\([^>]*\)>.*/\1/p' "${envelope:-/dev/null}" | sort | paste -sd' '
}

arrivals() { # TEXT: how many messages at the sink have it in a line
	grep -lF -e "$1" "$lab/sink"/*.mail 2>/dev/null | wc -l
}

submission_hello() {
	echo "EHLO desk.ours.example"
	[ -z "${submission_auth:-}" ] ||
		echo "AUTH PLAIN $(auth_plain anna@mta.ours.example secret)"
}

# outreach ID RECIPIENT...: a mail by Anna over submission
outreach() {
	id=$1
	shift
	{
		submission_hello
		echo "MAIL FROM:<anna@ours.example>"
		for to; do
			printf 'RCPT TO:<%s>\n' "$to"
		done
		printf 'DATA\nFrom: Anna <anna@ours.example>\nTo: %s\nSubject: The route planner\n' \
			"$(printf '%s, ' "$@" | sed 's/, $//')"
		printf 'Date: %s\nMessage-ID: <%s>\n\nGood morning.\n.\nQUIT\n' "$(date -R)" "$id"
	} | smtp "$submission_port" "$inside"
}

# reply_script ID ANSWERED AUTHOR RECIPIENT...: from MAIL to the final dot; reply_date may
# be set
reply_script() {
	id=$1 answered=$2 author=$3
	shift 3
	printf 'MAIL FROM:<%s>\n' "$author"
	for to; do
		printf 'RCPT TO:<%s>\n' "$to"
	done
	printf 'DATA\nFrom: <%s>\nTo: %s\nSubject: Re: The route planner\nDate: %s\n' "$author" \
		"$(printf '%s, ' "$@" | sed 's/, $//')" "${reply_date:-$(date -R)}"
	printf 'Message-ID: <%s>\nIn-Reply-To: <%s>\n\nYes, Tuesday would suit us (%s).\n.\n' "$id" "$answered" "$id"
}

reply() { # ID ANSWERED AUTHOR RECIPIENT...
	{
		echo "EHLO mx.customer.example"
		reply_script "$@"
		echo QUIT
	} | smtp "${reply_port:-$mx_port}"
}
