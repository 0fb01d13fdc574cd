#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What only a terminal gets: colours and progress.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

if ! script -q -e -c true /dev/null >/dev/null 2>&1 </dev/null; then
	echo '1..0 # SKIP no script(1) to be a terminal'
	exit 0
fi

escape=$(printf '\033')
unset NO_COLOR

terminal() # COMMAND: $leadctl on a terminal; output and errors go to $out
{
	script -q -e -c "'$leadctl' -c '$dir/conf' --db '$db' $*" /dev/null \
		>"$out" 2>"$err" </dev/null
	code=$?
}

run init
run add jane@north.example --name Jane --stage prospect
run add joe@west.example --name Joe

terminal list
code_is 'list: done' 0
has 'list: a prospect has a colour' "${escape}[36mprospect" "$out"
hasnt 'list: a lead has none' "${escape}[36mlead" "$out"
NO_COLOR=1
export NO_COLOR
terminal list
hasnt 'list with NO_COLOR: no colours' "$escape" "$out"
unset NO_COLOR
terminal --json list
hasnt 'JSON: no colours' "$escape" "$out"
terminal --csv list
hasnt 'CSV: no colours' "$escape" "$out"

awk 'BEGIN { print "email"; for (i = 0; i < 2000; i++) print "p" i "@bulk.example" }' \
	>"$dir/batch.csv"
terminal import "$dir/batch.csv"
code_is 'import: done' 0
has 'import: progress' 'importing:' "$out"
has 'import: summary' '2000' "$out"
run import "$dir/batch.csv"
hasnt 'import in a pipe: no progress' 'importing:' "$err"

mkdir "$dir/mail"
printf 'From: a@b.example\nTo: rep@ours.example\nMessage-ID: <1@b.example>\n\nx\n' >"$dir/mail/1"
run ingest "$dir/mail"
hasnt 'ingest in a pipe: no progress' '%' "$err"
run ingest --progress "$dir/mail"
has 'ingest --progress in a pipe: lines' '%' "$err"
hasnt 'ingest --progress in a pipe: nothing rewritten' "$escape" "$err"

done_testing
