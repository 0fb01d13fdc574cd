#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The programs that measure work at all. How fast anything is, is not asked here.
set -u
: "${LEAD_BUILDDIR:=.}" "${LEAD_SRCDIR:=.}"
bench=$LEAD_BUILDDIR/tests/bench
load=$bench/mta-load
tap_count=0
tap_failed=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/lead-bench.XXXXXX") || exit 1
pid=
finish() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
socket=unix:$dir/socket

ok() { # NAME, after a test: uses $?
	set -- $? "$@"
	tap_count=$((tap_count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_count - $2"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - $2"
		sed 's/^/#   /' "$dir/out" "$dir/err"
	fi
}

number() { # NAME: of the last run
	sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$dir/out"
}

# A milter, and what is sent to it: every message is answered, none is refused.
loaded() { # NAME MESSAGES [OPTION-OF-MTA-LOAD...]
	name=$1 wanted=$2
	shift 2
	"$load" --json -s "$socket" -p "$pid" -n "$wanted" "$@" >"$dir/out" 2>"$dir/err" &&
		[ "$(number messages)" = "$wanted" ] && [ "$(number refused)" = 0 ]
	ok "$name"
}

stop() {
	kill "$pid"
	pid=
}

for options in '' -f -b -k; do
	# shellcheck disable=SC2086
	pid=$("$bench/null-milter" -s "$socket" $options)
	loaded "null-milter $options" 200
	loaded "null-milter $options: a body of many pieces" 20 --body 300000 -c 3
	stop
done

pid=$("$bench/null-milter" -s "$socket")
loaded 'one message a connection' 50 -m 1
loaded 'at a rate' 50 -r 500
loaded 'one header field' 50 --fields 1
loaded 'many header fields' 50 --fields 100
loaded 'five recipients' 50 --recipients 5
[ "$(number cpu_us | tr -d 0.)" != '' ]
ok 'the CPU time of the milter is seen'
cp "$LEAD_SRCDIR"/tests/data/record/*.eml "$dir"
mkdir "$dir/mails"
mv "$dir"/*.eml "$dir/mails"
loaded 'messages of a folder' 20 --folder "$dir/mails"
"$bench/mta-hold" -s "$socket" -p "$pid" -c 5 --active >"$dir/out" 2>"$dir/err" &&
	[ "$(number sessions)" = 5 ] && [ "$(number resident_kb)" -gt 0 ]
ok 'mta-hold: the memory of sessions is seen'
stop

for options in '' -u '-u -g' '-u -G'; do
	# shellcheck disable=SC2086
	pid=$("$bench/ceiling-milter" -s "$socket" -d "$dir/ceiling.db" $options)
	loaded "ceiling-milter $options" 200
	stop
	rm -f "$dir"/ceiling.db*
done

"$bench/store-load" -n 400 -t 4 --contacts 50 "$dir/load.db" >"$dir/out" 2>"$dir/err" &&
	"$bench/store-load" -n 100 -t 4 --contacts 50 --strangers 10 "$dir/load.db" \
		>>"$dir/out" 2>>"$dir/err" &&
	[ "$(grep -c '^messages  *[14]00 ' "$dir/out")" = 2 ]
ok 'store-load'

# The whole comparison, as small as it can be. It also shows that what the load
# generator sends is what leadmilter takes for outreach and for replies.
LEAD_BUILDDIR=$LEAD_BUILDDIR sh "$LEAD_SRCDIR/tests/bench/run.sh" -r 1 -n 200 -C 100 -f 15 \
	-d "$dir" -o "$dir/result.json" >"$dir/out" 2>"$dir/err"
ok 'run.sh'
[ "$(grep -c '"milter":' "$dir/result.json")" = 5 ] && grep -q '^leadmilter ' "$dir/out"
ok 'run.sh: five milters, in the table and as JSON'
[ "$("$LEAD_BUILDDIR/tests/cli/json-get" 'runs.4.milter' <"$dir/result.json")" = leadmilter ]
ok 'run.sh: the JSON can be read'

# Twenty messages one after the other, a sync each: no faster than the syncs.
if grep -q '__[at]san_init' "$bench/ceiling-milter"; then
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - run.sh: syncs are slower # SKIP a sanitizer wants to be the first library"
else
	LEAD_BUILDDIR=$LEAD_BUILDDIR sh "$LEAD_SRCDIR/tests/bench/run.sh" -r 1 -n 20 -c 1 \
		-f 15 -F 5 -l ceiling-u -d "$dir" -o "$dir/result.json" \
		>"$dir/out" 2>"$dir/err" &&
		[ "$("$LEAD_BUILDDIR/tests/cli/json-get" 'runs.0.p50_us' <"$dir/result.json" |
			cut -d. -f1)" -ge 5000 ]
	ok 'run.sh: syncs are slower'
fi

cat >"$dir/conf" <<END
[milter]
socket = $socket
user =
[mail]
local_domains = ours.example
trusted_authserv_ids = mx.ours.example
[store]
uri = sqlite:$dir/lead.db
[log]
level = warning
END
"$load" --csv --contacts 100 >"$dir/contacts.csv"
"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" init >/dev/null 2>"$dir/err" &&
	"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" import "$dir/contacts.csv" >"$dir/out" 2>&1
ok 'the contacts are imported'
"$LEAD_BUILDDIR/milter/leadmilter" -c "$dir/conf" && pid=$(cat "$dir/socket.lock")
loaded 'leadmilter' 500 --contacts 100
"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --json status >"$dir/out" 2>"$dir/err"
[ "$(number messages)" -ge 500 ] && [ "$(number promotions)" -gt 20 ]
ok 'leadmilter: all is recorded, and replies promote'
loaded 'leadmilter: strangers' 100 --contacts 100 --outbound 0 --replies 0 --strangers 100 \
	--first 1000
kill "$pid"
flock "$dir/socket.lock" true
pid=

# Stores and archives of any size. What was filled in is known to the store as if it had
# been recorded: outreach of the filler is answered by mail that comes later.
big=sqlite:$dir/big.db
"$bench/fill-store" --contacts 100 --messages 1000 "$dir/big.db" >"$dir/out" 2>"$dir/err" &&
	"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --db "$big" --json status >"$dir/out" 2>&1 &&
	[ "$(number contacts)" = 100 ] && [ "$(number interactions)" = 1000 ] &&
	[ "$(number promotions)" -gt 20 ]
ok 'fill-store'
! "$bench/fill-store" --contacts 1 "$dir/big.db" >"$dir/out" 2>"$dir/err"
ok 'fill-store: not into a store that is filled'
cat >"$dir/answer.eml" <<END
From: Jo Lead <jo.lead@c0000000004.example>
To: rep@ours.example
Subject: Re: Our proposal for your works
Date: $(date -u -R)
Message-ID: <answer@c.example>
In-Reply-To: <$("$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --db "$big" --csv \
	log jo.lead@c0000000004.example --limit 1 |
	sed -n 's/.*,\([0-9]*\.old@ours.example\),.*/\1/p')>

Yes, please.
END
"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --db "$big" --json ingest "$dir/answer.eml" \
	>"$dir/out" 2>"$dir/err" && [ "$(number promoted)" = 1 ]
ok 'fill-store: what it filled in is answered'
"$bench/fill-mbox" --octets 500000 >"$dir/mbox" &&
	"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --db "sqlite:$dir/lead.db" --json \
		ingest "$dir/mbox" >"$dir/out" 2>"$dir/err" &&
	[ "$(number read)" -gt 30 ] && [ "$(number failed)" = 0 ] && [ "$(number promoted)" -gt 5 ]
ok 'fill-mbox: its replies promote'

LEAD_BUILDDIR=$LEAD_BUILDDIR sh "$LEAD_SRCDIR/tests/bench/leadctl.sh" -i 1000 -c 100 -n 100 \
	-m 200000 -r 1 -d "$dir" -o "$dir/result.json" >"$dir/out" 2>"$dir/err"
ok 'leadctl.sh'
grep -q '^list  *[0-9]' "$dir/out" &&
	[ "$("$LEAD_BUILDDIR/tests/cli/json-get" 'figures.16.command' <"$dir/result.json")" = ingest ]
ok 'leadctl.sh: its table and JSON'

LEAD_BUILDDIR=$LEAD_BUILDDIR sh "$LEAD_SRCDIR/tests/bench/memory.sh" -c 5 -C 100 -b 200000 \
	-d "$dir" >"$dir/out" 2>"$dir/err" && [ "$(grep -c '^leadmilter ' "$dir/out")" = 1 ]
ok 'memory.sh'
LEAD_BUILDDIR=$LEAD_BUILDDIR sh "$LEAD_SRCDIR/tests/bench/sizes.sh" -r 2 -n 40 -d "$dir" \
	50:0 100:500 >"$dir/out" 2>"$dir/err" && [ "$(grep -c '^  *[0-9]' "$dir/out")" = 2 ]
ok 'sizes.sh'
# Where there is a Postfix.
LEAD_BUILDDIR=$LEAD_BUILDDIR sh "$LEAD_SRCDIR/tests/bench/postfix.sh" -r 1 -n 20 \
	>"$dir/out" 2>"$dir/err"
[ $? -eq 77 ] || grep -q '^leadmilter ' "$dir/out"
ok 'postfix.sh'

echo "1..$tap_count"
[ "$tap_failed" -eq 0 ]
