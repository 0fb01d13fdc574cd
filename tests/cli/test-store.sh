#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The database missing, newer, damaged or read-only.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

while read -r command; do
	# shellcheck disable=SC2086
	run $command
	code_is "no database: $command" 3
	has "no database: $command: message" "$dir/lead.db" "$err"
	has "no database: $command: what to do" 'leadctl init' "$err"
	[ ! -e "$dir/lead.db" ]
	ok "no database: $command makes none"
done <<'COMMANDS'
list
show a@b.example
log a@b.example
history
status
add a@b.example
stage a@b.example prospect --reason x
explain /dev/null
COMMANDS
echo 'email
a@b.example' >"$dir/one.csv"
run import "$dir/one.csv"
code_is 'no database: import' 3
run ingest "$dir/one.csv"
code_is 'no database: ingest' 3

run --json status
code_is 'no database: status as JSON' 3
json_is 'no database: status: its name' database "$db"
for name in schema contacts interactions messages promotions suggestions_open bytes \
	last_message_at daemon; do
	json_is "no database: status: $name is unknown" "$name" null
done
json_is 'no database: status: the spool is read all the same' spooled 0

db=sqlite:/proc/none/lead.db
run init
code_is 'a folder that cannot be made: not available' 3
db=sqlite:$dir/lead.db

run init
run add a@b.example

# the schema's number is the big-endian word at offset 60 of an SQLite file
cp "$dir/lead.db" "$dir/newer.db"
printf '\000\000\003\347' | dd of="$dir/newer.db" bs=1 seek=60 conv=notrunc 2>/dev/null
schema=$("$leadctl" --json version | "$json_get" schema)
db=sqlite:$dir/newer.db
for command in list status 'add c@d.example' init; do
	# shellcheck disable=SC2086
	run $command
	code_is "newer database: $command" 3
	has "newer database: $command: its schema" 999 "$err"
	has "newer database: $command: ours" "up to $schema" "$err"
done

db=sqlite:$dir/noise.db
head -c 8192 /dev/urandom >"$dir/noise.db"
for command in list init; do
	run $command
	code_is "no database at all: $command" 3
	has "no database at all: $command: message" "$dir/noise.db" "$err"
done

db=sqlite:$dir/lead.db
run --json list
json_is 'the good one is still good' contacts.# 1

# the system's file is not needed, and the settings' store counts without --db
printf '[store]\nuri = sqlite:%s\n' "$dir/lead.db" >"$dir/conf2"
"$leadctl" -c "$dir/conf2" --json list >"$out" 2>"$err"
json_is 'store of the settings' contacts.# 1

done_testing
