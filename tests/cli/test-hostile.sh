#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Text of strangers: nothing of it runs in a spreadsheet or moves a terminal.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

escape=$(printf '\033')
c1=$(printf '\302\233')       # U+009B, the one-character CSI
turned=$(printf '\342\200\256') # U+202E, right-to-left override

run init
{
	echo 'email,name,organization,tags,note'
	echo "formula@x.example,\"=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\",+1234,@sum,-2+3"
	echo "escape@x.example,${escape}[31mred,${c1}2J,${turned}gnp.exe,a${escape}b"
	echo 'quotes@x.example,"says ""hi"", loud","a;b",,'
	printf 'bell@x.example,ring\007,del\177,,\n'
} >"$dir/strange.csv"
run import "$dir/strange.csv"
code_is 'import: done' 0

run --csv list
has 'CSV: formula' "\"'=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\"" "$out"
has 'CSV: plus' ",'+1234," "$out"
has 'CSV: at' ",'@sum," "$out"
has 'CSV: quotes doubled' '"says ""hi"", loud"' "$out"
! grep -q "$(printf '[\001-\010\013-\037\177]')" "$out"
ok 'CSV: no control characters'
hasnt 'CSV: no C1' "$c1" "$out"

for command in 'list' 'show escape@x.example' 'show bell@x.example' 'history'; do
	# shellcheck disable=SC2086
	run $command
	code_is "$command: done" 0
	! grep -q "$(printf '[\001-\010\013-\037\177]')" "$out"
	ok "$command: no control characters"
	hasnt "$command: no C1" "$c1" "$out"
	hasnt "$command: no override" "$turned" "$out"
done
run list
is 'list: one line a contact' 5 "$(wc -l <"$out" | tr -d ' ')"

run --json list
hasnt 'JSON: no raw escape' "$escape" "$out"
hasnt 'JSON: no raw C1' "$c1" "$out"
hasnt 'JSON: no raw override' "$turned" "$out"
! grep -q "$(printf '[\001-\010\013-\037\177]')" "$out"
ok 'JSON: no raw control characters'
json_is 'JSON: the text is kept' contacts.1.name "${escape}[31mred"
json_is 'JSON: C1 is kept' contacts.1.organization "${c1}2J"
json_is 'JSON: override is kept' contacts.1.tags "${turned}gnp.exe"
json_is 'JSON: formula is kept' contacts.2.name '=HYPERLINK("http://x.example","y")'

# messages, too: an argument comes back in an error
run show "${escape}[31mnobody"
code_is 'error: nothing found' 1
hasnt 'error: no escape' "$escape" "$err"
run list --stage "$(printf 'hot\nleadctl: forged line')"
is 'error: a line break makes no second message' 1 "$(grep -c '^leadctl:' "$err")"
run explain "$dir/$(printf 'name\033[2J')"
hasnt 'error with a file name: no escape' "$escape" "$err"
printf 'email\nx@x.example\033[31m\n' >"$dir/strange.csv"
run import "$dir/strange.csv"
hasnt 'refused row: no escape' "$escape" "$err"

# a terminal that knows no UTF-8, and none at all
LC_ALL=C
export LC_ALL
run add utf@x.example --name 'Zoë Ångström'
code_is 'UTF-8 without a locale: done' 0
run list --domain x.example
has 'UTF-8 without a locale: shown' 'Zoë Ångström' "$out"
run --json show 'Zoë'
json_is 'UTF-8 without a locale: found' contacts.0.name 'Zoë Ångström'
run add latin@x.example --name "$(printf 'Ren\351')"
code_is 'bytes that are no UTF-8: usage' 2

done_testing
