#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# init, add, list, show, stage, history and status, in all formats.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

db=sqlite:$dir/new/folder/lead.db
run --json init
code_is 'init: done' 0
json_is 'init: v' v 1
json_is 'init: made' created true
json_is 'init: folder' folder "$dir/new/folder"
json_is 'init: database' database "$db"
documented init @
[ -f "$dir/new/folder/lead.db" ]
ok 'init: the file is there'
run --json init
code_is 'init again: done' 0
json_is 'init again: not made' created false
json_is 'init again: no folder' folder null

run --json list
code_is 'empty: nothing found' 1
json_is 'empty: v' v 1
json_is 'empty: no contacts' contacts.# 0
run list
code_is 'empty table: nothing found' 1
is 'empty table: nothing written' '' "$(cat "$out")"
run --csv list
is 'empty CSV: the header alone' 1 "$(wc -l <"$out" | tr -d ' ')"
run --json history
code_is 'empty history: nothing found' 1
json_is 'empty history: an array' history.# 0

run --json add jane@north.example --name 'Jane Doe' --organization 'North, Ltd.' \
	--owner rep@ours.example --tag fair --tag 'a b' --field city=Köln --source fair
code_is 'add: done' 0
json_is 'add: v' v 1
json_is 'add: result' result added
documented add @
id=$(json id)
run --json add JANE@North.Example --name 'Jane Doe'
code_is 'add again: done' 0
json_is 'add again: same contact' id "$id"
run --json add jane@north.example --name 'Jane D. Doe'
json_is 'add, changed: result' result updated
run add joe@west.example --name 'Joe Public' --stage Customer
code_is 'add as customer' 0
run add ann@south.example --name 'Jane Air'
run add rep@ours.example
code_is 'one of ours: usage' 2
has 'one of ours: message' 'in one of our own domains' "$err"

run --json list
code_is 'list: done' 0
json_is 'list: three' contacts.# 3
documented list contacts.0.@
json_is 'list: in order of address' contacts.0.address ann@south.example
json_is 'list: second' contacts.1.address jane@north.example
json_is 'list: name' contacts.1.name 'Jane D. Doe'
json_is 'list: organization' contacts.1.organization 'North, Ltd.'
json_is 'list: stage' contacts.1.stage lead
json_is 'list: owner' contacts.1.owner rep@ours.example
json_is 'list: source' contacts.1.source fair
json_is 'list: default source' contacts.0.source manual
json_is 'list: tags' contacts.1.tags 'fair|a b'
json_is 'list: custom field' contacts.1.custom.city Köln
json_is 'list: no mail yet' contacts.1.last_inbound null
json_is 'list: addresses' contacts.1.addresses jane@north.example
json_is 'list: stage by hand' contacts.2.stage customer
for field in id address addresses name organization stage stage_since owner source \
	last_inbound last_outbound; do
	json "contacts.0.$field" >/dev/null
	ok "list: field $field"
done
case $(json contacts.0.stage_since) in
[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z) true ;;
*) false ;;
esac
ok 'list: times are RFC 3339 in UTC'

# the three formats have the same rows
run --csv list
head -n 1 "$out" | tr ',' '\n' | grep -v custom | LC_ALL=C sort >"$dir/csv.names"
run --json list
json contacts.0.@ | tr ' ' '\n' | grep -v custom | LC_ALL=C sort >"$dir/json.names"
cmp -s "$dir/csv.names" "$dir/json.names"
ok 'CSV and JSON have the same columns' || diff "$dir/csv.names" "$dir/json.names" | sed 's/^/# /'
run --csv list
has 'CSV: a comma is quoted' ',"North, Ltd.",' "$out"
is 'CSV: header and three rows' 4 "$(wc -l <"$out" | tr -d ' ')"
run list
has 'table: headings' 'ADDRESS' "$out"
has 'table: row' 'Jane D. Doe' "$out"
is 'table: heading and three rows' 4 "$(wc -l <"$out" | tr -d ' ')"
hasnt 'table in a pipe: no colour' "$(printf '\033')" "$out"

# name | wanted number, or 0 for exit 1 | options
while IFS='|' read -r name wanted arguments; do
	# shellcheck disable=SC2086
	run --json list $arguments
	json_is "filter: $name" contacts.# "$wanted"
	code_is "filter: $name: exit" "$([ "$wanted" -gt 0 ] && echo 0 || echo 1)"
done <<'ROWS'
stage|2|--stage lead
stage, any case|1|--stage CUSTOMER
stage without any|0|--stage client
owner|1|--owner rep@ours.example
source|1|--source fair
domain|1|--domain north.example
domain and stage|0|--domain north.example --stage customer
domain that is only a tail of it|0|--domain orth.example
domain above|3|--domain example
since|3|--since 1d
since tomorrow|0|--since 2999-01-01
limit|2|--limit 2
ROWS

for who in jane@north.example "$id" 'Jane D' JANE@NORTH.EXAMPLE; do
	run --json show "$who"
	code_is "show $who: done" 0
	json_is "show $who: one" contacts.# 1
	json_is "show $who: the one" contacts.0.id "$id"
done
run show jane@north.example
has 'show as text: by name of column' 'stage since' "$out"
has 'show as text: value' 'North, Ltd.' "$out"
run --json show nobody@north.example
code_is 'show nobody: nothing found' 1
json_is 'show nobody: empty array' contacts.# 0
has 'show nobody: message' 'nobody@north.example' "$err"
run show Jane
code_is 'show with two of the name: usage' 2
has 'show with two of the name: says so' 'ann@south.example' "$err"
run show "$(printf 'J\344ne')"
code_is 'show with bytes that are no UTF-8: usage' 2

run --json log jane@north.example
code_is 'log without mail: nothing found' 1
json_is 'log without mail: empty array' interactions.# 0
run log nobody@north.example
code_is 'log of nobody: nothing found' 1

run --json stage jane@north.example prospect --reason 'met at the fair'
code_is 'stage: done' 0
json_is 'stage: from' from lead
json_is 'stage: to' to prospect
json_is 'stage: changed' changed true
documented stage @
run --json stage jane@north.example prospect --reason 'again'
code_is 'stage again: done' 0
json_is 'stage again: unchanged' changed false
run --json show jane@north.example
json_is 'stage: it holds' contacts.0.stage prospect
run stage nobody@north.example prospect --reason x
code_is 'stage of nobody: nothing found' 1
run stage jane@north.example prospect --reason '  '
code_is 'stage with a blank reason: usage' 2

run --json history jane@north.example
code_is 'history: done' 0
json_is 'history: v' v 1
json_is 'history: newest first' history.0.to prospect
documented history history.0.@
json_is 'history: from' history.0.from lead
json_is 'history: reason' history.0.reason 'met at the fair'
json_is 'history: address' history.0.address jane@north.example
json_is 'history: no message' history.0.message_id null
json_is 'history: actor' history.0.actor "${SUDO_USER:-$(id -un)}"
for field in at address from to actor reason tier message_id outreach_id; do
	json "history.0.$field" >/dev/null
	ok "history: field $field"
done
run --json stage jane@north.example lead --reason 'was a mistake'
run --json history jane@north.example --limit 1
json_is 'history: limit' history.# 1
json_is 'history: down' history.0.to lead
run history jane@north.example
has 'history as text' 'was a mistake' "$out"
run --csv history
has 'history as CSV' 'at,address,action,from,to,actor,reason,detail,tier,message_id,outreach_id' "$out"
run --json history --since 2999-01-01
code_is 'history since tomorrow: nothing found' 1

run --json count
code_is 'count: done' 0
json_is 'count: v' v 1
json_is 'count: month' counts.0.month "$(date -u +%Y-%m)"
documented count counts.0.@
run --json count --by stage
json_is 'count by stage: the stages there are' counts.# 2
json_is 'count by stage: in their order' counts.0.stage lead
json_is 'count by stage: number' counts.1.number 1
hasnt 'count by stage: nothing else' month "$out"
run --csv count --by source,stage
is 'count: CSV' 'stage,source,number' "$(head -n 1 "$out")"
run --json count --interactions
code_is 'count interactions: there are none' 1
run count --by month,hour
code_is 'count by what is not there: usage' 2
has 'count by what is not there: message' "contacts are not counted by 'hour'" "$err"
run count --interactions --by stage
code_is 'count interactions by stage: usage' 2

run --json status
code_is 'status: done' 0
json_is 'status: v' v 1
json_is 'status: contacts' contacts 3
documented status @
json_is 'status: interactions' interactions 0
json_is 'status: nothing waits' spooled 0
json_is 'status: no message' last_message_at null
[ "$(json schema)" -ge 1 ]
ok 'status: schema'
for name in $(sed -n 's/^\tX([A-Z]*, \([a-z_]*\)).*/\1/p' \
	"$LEAD_SRCDIR/include/lead/daemon-status.h"); do
	grep -q "^\.Li.*\b$name\b" "$LEAD_SRCDIR/cli/leadctl.1"
	ok "status: daemon: $name is in the manual"
done
json_is 'status: no daemon' daemon null
is 'status: no daemon is no complaint' '' "$(cat "$err")"
run status
has 'status as text' 'contacts' "$out"
has 'status as text: no daemon' 'does not answer' "$out"
: >"$dir/socket.status"
run --json status
code_is 'status: not a socket: done' 0
json_is 'status: not a socket: no daemon' daemon null
rm "$dir/socket.status"

done_testing
