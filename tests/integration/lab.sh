# SPDX-License-Identifier: BSD-2-Clause
# A lab for integration tests: leadmilter from the build folder, run as an unprivileged
# user, a store, and shell functions to send mail and to ask what became of it. Sourced
# after postfix.sh. TAP goes to standard output, the rest to standard error.
#
#   lab_make DIR          writes settings below DIR; lab_settings may be set before
#   daemon_start / daemon_stop
#   smtp PORT             the script on standard input, by smtp-say; fails as it does
#   ok NAME COMMAND...    a TAP line
#   submission_auth       set: submission_hello authenticates as Anna
#   same NAME WANT GOT    a TAP line, with both texts where they differ

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

lab_make() { # DIR
	lab_dir=$1
	chmod 755 "$lab_dir"
	mkdir -p "$lab_dir/run" "$lab_dir/store"
	chown postfix "$lab_dir/run" "$lab_dir/store"
	chmod 755 "$lab_dir/run"
	cat >"$lab_dir/leadmilter.conf" <<-END
		[milter]
		socket = unix:$lab_dir/run/leadmilter.sock
		socket_group = postfix
		user = postfix
		foreground = yes
		[mail]
		local_domains = ours.example .ours.example
		internal_networks = 192.0.2.0/24
		[store]
		uri = sqlite:$lab_dir/store/lead.db
		[log]
		target = stderr
		${lab_settings:-}
	END
	: >"$lab_dir/leadmilter.log"
}

daemon_start() {
	"$build/milter/leadmilter" -c "$lab_dir/leadmilter.conf" -f 2>>"$lab_dir/leadmilter.log" &
	daemon_pid=$!
	wait_for 30 test -S "$lab_dir/run/leadmilter.sock"
}

daemon_stop() {
	[ -n "${daemon_pid:-}" ] || return 0
	kill "$daemon_pid" 2>/dev/null
	wait "$daemon_pid" 2>/dev/null
	daemon_status=$?
	daemon_pid=
	return 0
}

lab_finish() {
	trap - EXIT
	postfix_stop
	[ -z "${sendmail_pid:-}" ] || sendmail_stop
	daemon_stop
	sink_stop
	if [ "$failures" -ne 0 ]; then
		tail -n 60 "$lab_dir/leadmilter.log" | sed 's/^/# daemon: /'
		[ ! -f "$lab/log/mail.log" ] || tail -n 40 "$lab/log/mail.log" | sed 's/^/# postfix: /'
	fi
	rm -rf "$lab_dir"
}

leadctl() {
	"$build/cli/leadctl" -c "$lab_dir/leadmilter.conf" "$@"
}

smtp() { # PORT
	"$build/tests/integration/smtp-say" "$1" >"$lab_dir/smtp.log" 2>&1 && return 0
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
	} | smtp "$submission_port"
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
