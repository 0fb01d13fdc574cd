#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The command line itself: help, proposals, exit codes, settings.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

manual=$LEAD_SRCDIR/cli/leadctl.1

"$leadctl" >"$out" 2>"$err" </dev/null
code=$?
code_is 'no command: usage' 2
has 'no command: the commands are listed' 'history' "$err"

"$leadctl" help >"$out" 2>"$err"
code=$?
code_is 'help: done' 0
for command in init add import list show log stage history review accept reject undo lock \
	unlock ignore explain ingest status config \
	help version; do
	has "help lists $command" "  $command " "$out"
	"$leadctl" help "$command" >"$dir/help" 2>"$err"
	code=$?
	code_is "help $command: done" 0
	has "help $command: usage" "leadctl $command" "$dir/help"
	"$leadctl" "$command" --help >"$dir/help2" 2>"$err"
	cmp -s "$dir/help" "$dir/help2"
	ok "$command --help says the same"
	grep -q "^\\.It Cm \(.* , \)\{0,1\}$command" "$manual"
	ok "$command is in the manual"
	for option in $(grep -o -e '--[a-z-]*' "$dir/help" | sort -u); do
		has "$command $option is in the manual" "Fl -${option#--}" "$manual"
	done
done

# name | wanted code | wanted on stderr | arguments
while IFS='|' read -r name wanted text arguments; do
	# shellcheck disable=SC2086 # words are meant to be split
	run $arguments
	code_is "$name: exit" "$wanted"
	has "$name: message" "$text" "$err"
done <<'ROWS'
mistyped command|2|did you mean 'history'|histroy
mistyped, a letter more|2|did you mean 'list'|listt
unknown command|2|'leadctl help' lists them|frobnicate
unknown option in front|2|--frob|--frob list
unknown option behind|2|list: Unknown option --frob|list --frob
option without its value|2|list: Missing argument|list --stage
both formats|2|exclude each other|--json --csv list
help on nothing known|2|unknown command 'frobnicate'|help frobnicate
too few arguments|2|show needs CONTACT|show
too many arguments|2|show takes only CONTACT|show a b
arguments where none are|2|status takes no arguments|status now
stage that is none|2|no stage 'hot'|list --stage hot
date that is none|2|cannot read the date 'yesterday'|list --since yesterday
limit that is none|2|'many' is no number|list --limit many
limit of zero|2|'0' is no number above zero|log x --limit 0
undo without reason|2|undo needs --reason|undo a@b.example
lock without reason|2|lock needs --reason|lock a@b.example
stage without reason|2|needs --reason|stage a@b.example prospect
address that is none|2|'nobody' is not a mail address|add nobody
field without a name|2|'colour' is not NAME=TEXT|add a@b.example --field colour
client that is none|2|neither a network address|explain --client here x
recipient that is none|2|--rcpt: '@' is not a mail address|explain --rcpt @ x
store of a kind unknown|2|nothing:|--db nothing:here list
init without a file|2|memory:|--db memory: init
ROWS

printf '[mail]\nlocal_domain = ours.example\n' >"$dir/bad.conf"
run -c "$dir/bad.conf" list
code_is 'wrong settings: usage' 2
has 'wrong settings: file' "$dir/bad.conf" "$err"
has 'wrong settings: option' 'local_domain' "$err"
has 'wrong settings: proposal' 'local_domains' "$err"
run -c "$dir/none.conf" list
code_is 'no such settings: usage' 2
has 'no such settings: file' "$dir/none.conf" "$err"

run --json version
code_is 'version: done' 0
json_is 'version: v' v 1
schema=$(json schema)
[ "$schema" -ge 1 ]
ok 'version: a schema'
"$leadctl" --version >"$dir/version"
has '--version says the same' "$(json version)" "$dir/version"

run config
code_is 'config: done' 0
has 'config: the file counts' 'mail.local_domains = ours.example' "$out"
has 'config: --db counts' "store.uri = $db" "$out"
run --json config
json_is 'config as JSON: v' v 1
is 'config as JSON: every line is a row' \
	"$("$leadctl" -c "$dir/conf" config | grep -c ' =')" "$(json options.#)"
run --csv config
has 'config as CSV' 'mail.local_domains,ours.example' "$out"
run config --sample
code_is 'sample: done' 0
cp "$out" "$dir/sample.conf"
run -c "$dir/sample.conf" config
code_is 'the sample can be read' 0

# behind the command, too
run init
run list --json
json_is 'format behind the command' v 1
run list --csv -- 
code_is 'a lone -- ends the options' 1

if [ -w /dev/full ]; then
	"$leadctl" help >/dev/full 2>"$err"
	code=$?
	code_is 'output that cannot be written' 4
	has 'output that cannot be written: message' 'cannot write' "$err"
fi

done_testing
