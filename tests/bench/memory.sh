#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What memory leadmilter takes, beside the milter that does nothing: by itself, for each
# idle session, for each that is within a message; and whether a large message costs more
# than a small one.
#
#	memory.sh [-c SESSIONS] [-C CONTACTS] [-b OCTETS] [-d FOLDER]
#
#	-b   of the large message (100 MB)
set -eu
LC_ALL=C
export LC_ALL
: "${LEAD_BUILDDIR:=.}"

sessions=500 contacts=100000 large=100000000 parent=${TMPDIR:-/tmp}
while getopts c:C:b:d: option; do
	case $option in
	c) sessions=$OPTARG ;;
	C) contacts=$OPTARG ;;
	b) large=$OPTARG ;;
	d) parent=$OPTARG ;;
	*)
		sed -n '/^#	memory.sh/,/^set/s/^#	\{0,1\}//p' "$0" >&2
		exit 2
		;;
	esac
done
dir=$(mktemp -d "$parent/lead-bench.XXXXXX")
. "$(dirname "$0")/milters.sh"
trap finish EXIT
trap 'exit 1' HUP INT TERM

number() { # NAME: of the last measurement
	sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$dir/out"
}

hold() { # OPTION-OF-MTA-HOLD...
	"$bench/mta-hold" -s "$socket" -p "$pid" "$@" >"$dir/out"
}

# Sets idle_kb; a first message makes ready what is made ready once.
warm() { # MILTER
	start "$1"
	idle_kb=$(awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status")
	hold -c 1 --end
}

per_session() { # octets, of the last measurement
	awk -v from="$(number before_kb)" -v to="$(number resident_kb)" -v count="$sessions" \
		'BEGIN { printf "%.1f", (to - from) / count }'
}

measure() { # MILTER
	warm "$1"
	hold -c "$sessions"
	idle=$(per_session)
	stop
	warm "$1"
	hold -c "$sessions" --active
	active=$(per_session)
	stop
	for octets in 100000 "$large"; do
		warm "$1"
		hold -c 1 --end --body "$octets"
		peaks="${peaks:-} $(number peak_kb)"
		stop
	done
	# shellcheck disable=SC2086
	printf '%-12s %10s %12s %12s %12s %12s\n' "$1" "$idle_kb" "$idle" "$active" $peaks
	peaks=
}

write_settings
prepare_store >/dev/null
printf '%-12s %10s %12s %12s %12s %12s\n' 'KB' 'process' 'idle session' 'active one' \
	'100 KB: peak' "$((large / 1000000)) MB: peak"
measure null-body
measure leadmilter
