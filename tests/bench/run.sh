#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Compares leadmilter with milters that do nothing, and that do no more than record. All
# take turns, round by round, so that whatever else the machine does meets all alike; each
# begins with a store of its own. Prints medians: of each figure, and of the ratios within
# a round.
#
#	run.sh [-r ROUNDS] [-n MESSAGES] [-c CONNECTIONS] [-m MESSAGES-OF-A-CONNECTION]
#	       [-f "FIELDS..."] [-b BODY-OCTETS] [-R RATE] [-C CONTACTS] [-l "MILTERS..."]
#	       [-p PROGRAM] [-F MS] [-s LINES] [-o FILE] [-d FOLDER]
#	       [-- OPTION-OF-MTA-LOAD...]
#
#	-R   so many messages a second, each on a connection of its own
#	-l   null-ideal null-full ceiling-u ceiling-u-G leadmilter, in this order; there are
#	     also null-body and null-skip, which take the body
#	-s   further lines of leadmilter's settings: 'NAME = VALUE', in their section
#	-p   another leadmilter, of the same schema, that takes turns, too: "other"
#	-F   each sync of a recorder takes so many milliseconds more (0.07); see -d
#	-o   the result as JSON (- is the standard output, instead of the table)
#	-d   where stores are made: a folder on the disk that is meant
set -eu
LC_ALL=C
export LC_ALL
: "${LEAD_BUILDDIR:=.}"
here=$(dirname "$0")

rounds=5 messages=10000 connections=20 per_connection=10 fields='15 31' body=2048
rate=0 contacts=100000 sync_ms=0 other= more= json_file= parent=${TMPDIR:-/tmp}
milters='null-ideal null-full ceiling-u ceiling-u-G leadmilter'

usage() {
	sed -n '/^#	run.sh/,/^set/s/^#	\{0,1\}//p' "$0" >&2
	exit 2
}

while getopts r:n:c:m:f:b:R:C:l:p:F:s:o:d: option; do
	case $option in
	r) rounds=$OPTARG ;;
	n) messages=$OPTARG ;;
	c) connections=$OPTARG ;;
	m) per_connection=$OPTARG ;;
	f) fields=$OPTARG ;;
	b) body=$OPTARG ;;
	R) rate=$OPTARG ;;
	C) contacts=$OPTARG ;;
	l) milters=$OPTARG ;;
	p) other=$OPTARG ;;
	F) sync_ms=$OPTARG ;;
	s) more=$OPTARG ;;
	o) json_file=$OPTARG ;;
	d) parent=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ -z "$other" ] || milters="$milters other"

dir=$(mktemp -d "$parent/lead-bench.XXXXXX")
. "$here/milters.sh"
trap finish EXIT
trap 'exit 1' HUP INT TERM

# ---- the measuring: "FIELDS ROUND MILTER {json}" a line ----

measure() { # FIELDS ROUND MILTER [OPTION-OF-MTA-LOAD...]
	start "$3"
	printf '%s %s %s ' "$1" "$2" "$3"
	round_fields=$1 seed=$2
	shift 3
	"$bench/mta-load" --json -s "$socket" -p "$pid" -n "$messages" \
		-w $((messages / 10)) -c "$connections" -m "$per_connection" -r "$rate" \
		--fields "$round_fields" --body "$body" --contacts "$contacts" \
		--seed "$seed" "$@"
	stop
}

measure_all() {
	for count in $fields; do
		round=1
		while [ "$round" -le "$rounds" ]; do
			for milter in $milters; do
				measure "$count" "$round" "$milter" "$@"
			done
			round=$((round + 1))
		done
	done
}

write_settings "$more"
case " $milters " in
*' leadmilter '* | *' other '*) prepare_store >/dev/null ;;
esac
measure_all "$@" >"$dir/results"

# ---- medians and ratios ----

settings="\"messages\":$messages,\"connections\":$connections"
settings="$settings,\"messages_of_a_connection\":$per_connection,\"body\":$body"
settings="$settings,\"rate\":$rate,\"contacts\":$contacts,\"sync_ms\":$sync_ms"

medians() { # AS-JSON
	awk -v as_json="$1" -v settings="$settings" \
		-f "$here/medians.awk" "$dir/results"
}
case $json_file in
-) medians 1 ;;
'') medians 0 ;;
*)
	medians 1 >"$json_file"
	medians 0
	;;
esac
