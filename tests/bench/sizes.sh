#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What leadmilter does with small stores and with large ones: the same load meets one after
# the other, round by round. Prints medians; throughput also as a share of the first one's.
#
#	sizes.sh [-r ROUNDS] [-n MESSAGES] [-d FOLDER] [-k] [CONTACTS:INTERACTIONS...]
#
#	-d   where the stores are made: a folder on the disk that is meant. A million
#	     interactions take 0.35 GB, a million contacts 0.2
#	-k   keeps them, and takes those that are there
set -eu
LC_ALL=C
export LC_ALL
: "${LEAD_BUILDDIR:=.}"
here=$(dirname "$0")
rounds=5 messages=4000 parent=${TMPDIR:-/tmp} kept=

while getopts r:n:d:k option; do
	case $option in
	r) rounds=$OPTARG ;;
	n) messages=$OPTARG ;;
	d) parent=$OPTARG ;;
	k) kept=1 ;;
	*)
		sed -n '/^#	sizes.sh/,/^set/s/^#	\{0,1\}//p' "$0" >&2
		exit 2
		;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- 100000:0 1000:0 1000000:0 10000000:0 100000:1000000 100000:10000000

dir=$(mktemp -d "$parent/lead-bench.XXXXXX")
. "$here/milters.sh"
stores=$dir
[ -z "$kept" ] || stores=$parent
trap finish EXIT
trap 'exit 1' HUP INT TERM

store_of() { # CONTACTS:INTERACTIONS
	echo "$stores/lead-$(echo "$1" | tr : -).db"
}

make_store() { # CONTACTS:INTERACTIONS
	file=$(store_of "$1")
	[ -f "$file" ] || "$bench/fill-store" --contacts "${1%:*}" --messages "${1#*:}" \
		"$file" >&2
	sync "$file"
}

# The store grows by what is sent, which is little beside it; so do the numbers of mail. One
# that was kept has seen those of an earlier run.
first=1
[ -z "$kept" ] || first=$(($(date +%s) % 20000 * 100000 + 1))
measure() { # CONTACTS:INTERACTIONS ROUND
	rm -rf "$dir/run"
	mkdir "$dir/run"
	write_settings_for "$(store_of "$1")"
	cat "$(store_of "$1")" >/dev/null # what is measured is not how the disk reads
	"$LEAD_BUILDDIR/milter/leadmilter" -c "$dir/conf"
	pid=$(cat "$dir/run/socket.lock")
	printf '%s %s leadmilter ' "$1" "$2"
	"$bench/mta-load" --json -s "$socket" -p "$pid" -n "$messages" \
		-w "$messages" --contacts "${1%:*}" --first "$first" --seed "$2"
	first=$((first + 4 * messages))
	stop
}

write_settings_for() { # DATABASE
	write_settings
	sed "s|^uri = .*|uri = sqlite:$1|" "$dir/conf" >"$dir/conf.new"
	mv "$dir/conf.new" "$dir/conf"
}

for size; do
	make_store "$size"
done
round=1
while [ "$round" -le "$rounds" ]; do
	for size; do
		measure "$size" "$round"
	done
	round=$((round + 1))
done >"$dir/results"

awk -f "$here/medians.awk" -v as_sizes=1 "$dir/results"
