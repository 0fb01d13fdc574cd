#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# How long leadctl takes with a large store: looking, counting, importing, reading an
# archive. Times are those of whole processes, start included.
#
#	leadctl.sh [-i INTERACTIONS] [-c CONTACTS] [-n CONTACTS-TO-IMPORT] [-m OCTETS-OF-MBOX]
#	           [-r REPEATS] [-d FOLDER] [-s DATABASE] [-o FILE] [-p PROGRAM]
#
#	-i   in the store that is looked at (10000000); its contacts are -c (1000000). Takes
#	     0.35 GB a million, and is made anew; 0 leaves the looking out
#	-n   rows of the CSV file (1000000); 0 leaves the import out
#	-m   octets of the archive (1000000000); 0 leaves it out
#	-r   how often each look is repeated (25); what is told is the median
#	-s   a database that fill-store has made with the same -c, instead of a new one
#	-o   the result as JSON (- is the standard output, instead of the table)
#	-d   where all of it is made: a folder on the disk that is meant
#	-p   another leadctl, of the same schema
set -eu
LC_ALL=C
export LC_ALL
: "${LEAD_BUILDDIR:=.}"
bench=$LEAD_BUILDDIR/tests/bench
interactions=10000000 contacts=1000000 rows=1000000 octets=1000000000 repeats=25
parent=${TMPDIR:-/tmp} database= json_file= leadctl=$LEAD_BUILDDIR/cli/leadctl

usage() {
	sed -n '/^#	leadctl.sh/,/^set/s/^#	\{0,1\}//p' "$0" >&2
	exit 2
}

while getopts i:c:n:m:r:d:s:o:p: option; do
	case $option in
	i) interactions=$OPTARG ;;
	c) contacts=$OPTARG ;;
	n) rows=$OPTARG ;;
	m) octets=$OPTARG ;;
	r) repeats=$OPTARG ;;
	d) parent=$OPTARG ;;
	s) database=$OPTARG ;;
	o) json_file=$OPTARG ;;
	p) leadctl=$OPTARG ;;
	*) usage ;;
	esac
done

dir=$(mktemp -d "$parent/lead-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cat >"$dir/conf" <<END
[mail]
local_domains = ours.example
trusted_authserv_ids = mx.ours.example
[store]
uri = sqlite:${database:-$dir/lead.db}
END

# ---- the measuring: "NAME MS CPU-MS PEAK-KB THINGS" a line ----

look() { # NAME ARGUMENT-OF-LEADCTL...
	name=$1
	shift
	figures=$("$bench/took" "$repeats" "$leadctl" -c "$dir/conf" "$@")
	echo "$name $figures 0"
}

look_all() {
	person=$(printf 'jo.lead@c%010d.example' $((contacts / 3)))
	look start --version
	look show show "$person"
	look show-by-name show "Jo$((contacts / 3)) "
	look log log "$person"
	look list list --limit 50
	look list-stage list --limit 50 --stage prospect
	look list-owner list --limit 50 --owner rep3@ours.example
	look list-source list --limit 50 --source outreach
	look list-domain list --limit 50 --domain private.example
	look list-since list --limit 50 --since 7d
	look history history --limit 50
	look review review --limit 50
	look status status
	look count count
	look count-interactions count --interactions
}

# Addresses in no order, as in the lists of real people.
write_csv() {
	awk -v rows="$rows" 'BEGIN {
		print "email,name,organization,stage,source,tags,city"
		for (i = 1; i <= rows; i++) {
			n = (i * 7919 + 13) % 1000003
			printf "p%d.%d@c%d.example,Jo%d Lead,Works of %d,lead,fair,x;y,Town %d\n",
				n, i, n % 50000, n, n % 100000, n % 1000
		}
	}' >"$dir/contacts.csv"
}

import() {
	"$leadctl" -c "$dir/conf" --db "sqlite:$dir/import.db" init >/dev/null 2>&1
	write_csv
	figures=$("$bench/took" 1 "$leadctl" -c "$dir/conf" --db "sqlite:$dir/import.db" \
		import "$dir/contacts.csv")
	echo "import $figures $rows"
	rm "$dir/contacts.csv" "$dir"/import.db*
}

ingest() {
	"$leadctl" -c "$dir/conf" --db "sqlite:$dir/archive.db" init >/dev/null 2>&1
	"$bench/fill-mbox" --octets "$octets" >"$dir/mbox"
	figures=$("$bench/took" 1 "$leadctl" -c "$dir/conf" --db "sqlite:$dir/archive.db" \
		ingest "$dir/mbox")
	echo "ingest $figures $(grep -c '^From archive@' "$dir/mbox")"
	rm "$dir/mbox" "$dir"/archive.db*
}

fill() {
	[ -n "$database" ] ||
		"$bench/fill-store" --contacts "$contacts" --messages "$interactions" \
			"$dir/lead.db"
}

if [ "$interactions" -gt 0 ]; then
	fill
	look_all
fi >"$dir/results"
[ "$rows" -eq 0 ] || import >>"$dir/results"
[ "$octets" -eq 0 ] || ingest >>"$dir/results"

# ---- what came of it ----

settings="\"interactions\":$interactions,\"contacts\":$contacts,\"rows\":$rows"
settings="$settings,\"octets\":$octets,\"repeats\":$repeats"

tell() { # AS-JSON
	awk -v as_json="$1" -v settings="$settings" '
	BEGIN {
		if (as_json)
			printf "{\"v\":1,%s,\"figures\":[", settings
		else
			printf "%-20s %10s %10s %10s %10s\n", "command", "ms", "CPU ms", "peak kB",
				"a second"
	}
	{
		rate = $5 > 0 ? sprintf("%.0f", $5 * 1000 / $2) : (as_json ? "null" : "")
		if (as_json)
			printf "%s\n{\"command\":\"%s\",\"ms\":%s,\"cpu_ms\":%s,\"peak_kb\":%s,\"per_second\":%s}",
				(NR > 1 ? "," : ""), $1, $2, $3, $4, rate
		else
			printf "%-20s %10.1f %10.1f %10d %10s\n", $1, $2, $3, $4, rate
	}
	END {
		if (as_json)
			print "\n]}"
	}' "$dir/results"
}
case $json_file in
-) tell 1 ;;
'') tell 0 ;;
*)
	tell 1 >"$json_file"
	tell 0
	;;
esac
