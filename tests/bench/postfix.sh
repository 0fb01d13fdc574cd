#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What leadmilter costs behind a real Postfix: the same Postfix takes mail at a fixed rate on
# a listener that asks leadmilter, on one that asks a milter that does nothing, and on one
# that asks nobody, by turns, and holds it. Prints medians.
# Needs root and Postfix; uses the lab of tests/integration.
#
#	postfix.sh [-r ROUNDS] [-n MESSAGES] [-R RATE] [-d FOLDER]
set -eu
LC_ALL=C
export LC_ALL
: "${LEAD_BUILDDIR:=.}"
export LEAD_BUILDDIR
here=$(dirname "$0")
bench=$LEAD_BUILDDIR/tests/bench

rounds=5 messages=2000 rate=200 parent=${TMPDIR:-/tmp}
while getopts r:n:R:d: option; do
	case $option in
	r) rounds=$OPTARG ;;
	n) messages=$OPTARG ;;
	R) rate=$OPTARG ;;
	d) parent=$OPTARG ;;
	*)
		sed -n '/^#	postfix.sh/,/^set/s/^#	\{0,1\}//p' "$0" >&2
		exit 2
		;;
	esac
done

. "$here/../integration/postfix.sh"
. "$here/../integration/lab.sh"
if ! postfix_usable; then
	echo 'postfix.sh: needs root and Postfix' >&2
	exit 77
fi

dir=$(mktemp -d "$parent/lead-bench.XXXXXX")
null_pid=
finish() {
	[ -z "$null_pid" ] || kill "$null_pid" 2>/dev/null || :
	lab_finish
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
lab_settings='level = warning'
lab_make "$dir"
set_option internal_networks 192.0.2.0/24 # loopback plays the internet
"$bench/mta-load" --csv --contacts 1000 >"$dir/contacts.csv"
leadctl init >/dev/null
leadctl import "$dir/contacts.csv" >/dev/null
chown -R postfix "$dir/store"
postfix_make "$dir/postfix" "unix:$dir/run/leadmilter.sock"
take_ports filter_port null_port
postfix_listener "$filter_port" 'receive_override_options = no_milters'
postfix_listener "$null_port" "smtpd_milters = unix:$dir/run/null"
# What was taken is not sent on: that would take the processors from what is measured.
echo 'smtpd_client_restrictions = check_client_access static:HOLD' >>"$lab/etc/main.cf"
daemon_start
null_pid=$("$bench/null-milter" -s "unix:$dir/run/null")
chown postfix "$dir/run/null"
postfix_start
wait_for 20 port_listens "$filter_port"

first=1
measure() { # NAME PORT: a line "NAME P50 P99"
	"$bench/smtp-load" --json -p "$2" -r "$rate" -n "$messages" \
		-w $((messages / 10)) --first "$first" >"$dir/out"
	first=$((first + messages * 2))
	printf '%s %s %s\n' "$1" "$(sed -n 's/.*"p50_us":\([0-9]*\).*/\1/p' "$dir/out")" \
		"$(sed -n 's/.*"p99_us":\([0-9]*\).*/\1/p' "$dir/out")"
}

round=1
while [ "$round" -le "$rounds" ]; do
	measure none "$filter_port"
	measure null "$null_port"
	measure leadmilter "$mx_port"
	round=$((round + 1))
done >"$dir/results"

awk -v rate="$rate" '
	function median(name, column, list, count, i, j, swap) {
		count = 0
		for (i = 1; i <= rows; i++)
			if (names[i] == name)
				list[++count] = figures[i, column]
		for (i = 2; i <= count; i++)
			for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
				swap = list[j]
				list[j] = list[j - 1]
				list[j - 1] = swap
			}
		return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
	}
	function tell(name, row) { # and what it is more than no milter
		printf "%-22s %9d %9d %+8d %+8d\n", name, median(row, 2), median(row, 3), \
			median(row, 2) - median("none", 2), median(row, 3) - median("none", 3)
	}
	{ names[++rows] = $1; figures[rows, 2] = $2; figures[rows, 3] = $3 }
	END {
		printf "Postfix, %d messages/s %9s %9s\n", rate, "p50 us", "p99 us"
		printf "%-22s %9d %9d\n", "no milter", median("none", 2), median("none", 3)
		tell("a milter without work", "null")
		tell("leadmilter", "leadmilter")
	}' "$dir/results"
