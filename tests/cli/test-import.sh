#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# import: columns by name, refused rows by line, nothing half-imported.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

csv=$dir/batch.csv

fresh() # an empty database for the next case
{
	rm -f "$dir"/lead.db*
	run init
}

fresh
printf '\357\273\277Stage,EMAIL,Favourite colour,name,Tags,owner,organization\r\n' >"$csv"
printf 'prospect,Ann@North.Example,blue,"Air, Ann","a; b,c",rep@ours.example,North\r\n' >>"$csv"
printf ',joe@west.example,,Joe,,,\r\n' >>"$csv"
run --json import "$csv"
code_is 'import: done' 0
json_is 'import: v' v 1
json_is 'import: read' read 2
json_is 'import: added' added 2
json_is 'import: updated' updated 0
json_is 'import: refused' refused 0
json_is 'import: no refusals' refusals.# 0
run --json show ann@north.example
json_is 'columns in any order: name' contacts.0.name 'Air, Ann'
json_is 'columns in any case: stage' contacts.0.stage prospect
json_is 'a mark in front hides no column: address' contacts.0.address Ann@North.Example
json_is 'tags' contacts.0.tags 'a|b|c'
json_is 'custom field by its name' 'contacts.0.custom.Favourite colour' blue
json_is 'default source' contacts.0.source import:batch.csv
json_is 'owner' contacts.0.owner rep@ours.example
run --json history ann@north.example
is 'history: by whoever imported' "${SUDO_USER:-$(id -un)}" "$(json history.0.actor)"
run --json import "$csv"
code_is 'import again: done' 0
json_is 'import again: none added' added 0
json_is 'import again: none updated' updated 0
json_is 'import again: unchanged' unchanged 2

# what was known stays: empty cells say nothing, and a default source claims nobody
run add sue@east.example --name Sue --source fair
printf 'name,address\n,sue@east.example\n' >"$csv"
run --json import "$csv"
json_is 'address column' unchanged 1
run --json show sue@east.example
json_is 'an empty cell keeps the name' contacts.0.name Sue
json_is 'the source stays' contacts.0.source fair
printf 'email,address\nsue@east.example,Main Street 1\n' >"$csv"
run --json import "$csv" --source other
json_is 'an address beside email is no mail address' updated 1
run --json show sue@east.example
json_is 'it is a custom field' contacts.0.custom.address 'Main Street 1'
printf 'email;name;stage\r\nbob@south.example;"Semi; Colon";lead\r\n' >"$csv"
run --json import "$csv"
run --json show bob@south.example
json_is 'semicolons' contacts.0.name 'Semi; Colon'
"$leadctl" -c "$dir/conf" --db "$db" --json import - <"$csv" >"$out" 2>"$err"
json_is 'standard input' unchanged 1

fresh
# lines:  1 header, 2 good, 3 bad address, 4-6 good with line breaks in quotes, 7 blank,
# 8 bad stage, 9 too few, 10 too many, 11 a quote out of place, 12 ours, 13 empty cells,
# 14 no address, 15 good without a line end
cat >"$csv" <<'ROWS'
email,name,stage
ann@north.example,Ann,lead
not-an-address,Bad,lead
joe@west.example,"Joe
of the
West",lead

sue@east.example,Sue,hot
too@few.example,Few
too@many.example,Many,lead,more
quote@bad.example,"Bad"quote,lead
rep@ours.example,Rep,lead
,,
,Nobody,lead
ROWS
printf 'last@south.example,Last,lead' >>"$csv"
run --json import "$csv"
code_is 'bad rows: refused' 4
json_is 'bad rows: read' read 10
documented import @
documented import refusals.0.@
json_is 'bad rows: the others went in' added 3
json_is 'bad rows: refused' refused 7
json_is 'bad rows: all named' refusals.# 7
at=0
while read -r line text; do
	json_is "refused row on line $line: line" "refusals.$at.line" "$line"
	json "refusals.$at.reason" >"$dir/reason"
	has "refused row on line $line: reason" "$text" "$dir/reason"
	at=$((at + 1))
done <<'ROWS'
3 'not-an-address' is not a mail address
8 no stage 'hot'
9 2 fields; the header names 3
10 4 fields; the header names 3
11 a quote is out of place
12 one of our own domains
14 no mail address
ROWS
run --json list
json_is 'bad rows: three contacts' contacts.# 3
run --json show joe@west.example
json_is 'line breaks in a name become blanks' contacts.0.name 'Joe of the West'
run import "$csv"
code_is 'bad rows as text: refused' 4
has 'bad rows as text: file and line on standard error' "$csv:8: no stage 'hot'" "$err"
has 'bad rows as text: summary' 'refused' "$out"
hasnt 'bad rows as text: a pipe shows no progress' 'importing' "$err"

fresh
run --json import --dry-run "$csv"
code_is 'dry run: refused' 4
json_is 'dry run: would add' added 3
json_is 'dry run: says so' dry_run true
run --json list
json_is 'dry run: nothing went in' contacts.# 0
run --json import --strict "$csv"
code_is 'strict: refused' 4
json_is 'strict: none added' added 0
json_is 'strict: all refusals' refused 7
run --json list
json_is 'strict: nothing went in' contacts.# 0

# files that are damaged as a whole: name | wanted text | printf format
while IFS='|' read -r name text format; do
	# shellcheck disable=SC2059
	printf "$format" >"$csv"
	run --json import "$csv"
	code_is "$name: refused" 4
	has "$name: message" "$text" "$err"
	run --json list
	json_is "$name: nothing went in" contacts.# 0
done <<'ROWS'
empty file|is empty|
blank lines only|is empty|\n\n
no address column|no column is named 'email'|name,stage\nAnn,lead\n
two columns of one name|two columns are named 'Name'|email,name,Name\na@b.example,x,y\n
header with a bad quote|:1: a quote is out of place in the header|email,"na"me\na@b.example,x\n
Latin-1|:3: octet 0xe9 is not UTF-8|email,name\na@b.example,x\nc@d.example,Ren\351\n
NUL|:2: octet 0x00 is not UTF-8|email,name\na@b.example,x\000y\n
UTF-16|UTF-16|\377\376e\000m\000
quote that is never closed|:3: a quote that opens in this row is never closed|email,name\na@b.example,x\nc@d.example,"oops\ne@f.example,y\n
quote that closes in a later row|:3: a quote is out of place|email,name\na@b.example,x\nc@d.example,"oops\ne@f.example,"y"\ng@h.example,z\n
ROWS
run import "$dir/none.csv"
code_is 'no such file: refused' 4
has 'no such file: message' "$dir/none.csv" "$err"
run import "$dir"
code_is 'a folder: refused' 4

# a thousand rows, one of them bad
{
	echo 'email,name,city'
	awk 'BEGIN { for (i = 1; i <= 1000; i++)
		print i == 500 ? "nobody,Bad,x" : "p" i "@bulk.example,Person " i ",City " i % 7 }'
} >"$csv"
fresh
run --json import "$csv"
code_is 'a thousand: refused one' 4
json_is 'a thousand: read' read 1000
json_is 'a thousand: added' added 999
json_is 'a thousand: line of the bad row' refusals.0.line 501
run --json list --domain bulk.example
json_is 'a thousand: all there' contacts.# 999
run --csv list
is 'a thousand: as CSV' 1000 "$(wc -l <"$out" | tr -d ' ')"

"$leadctl" -c "$dir/conf" --db "$db" --json list 2>"$err" | head -n 1 >"$out"
is 'a reader that leaves early is no failure' '' "$(cat "$err")"
run --csv list

# what list wrote as CSV, import takes back
cp "$out" "$dir/again.csv"
fresh
run --json import "$dir/again.csv"
json_is 'CSV of list can be imported' added 999

fresh
awk 'BEGIN { printf "email,name\na@b.example,\""; for (i = 0; i < 1100000; i++) printf "x"; print "" }' >"$csv"
run import "$csv"
code_is 'a field beyond the limit: refused' 4
has 'a field beyond the limit: message' '1 MiB' "$err"
awk 'BEGIN { printf "email"; for (i = 0; i < 1500; i++) printf ",c%d", i; print "" }' >"$csv"
run import "$csv"
code_is 'too many columns: refused' 4
has 'too many columns: message' 'more than 1000 columns' "$err"

done_testing
