#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The loop that corrects: review, accept, reject, undo, lock, ignore, and their history.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

mail=$dir/mail
mkdir "$mail"

# letter FILE DAY FROM TO ID [ANSWERS [FIELD]]: one message of that day of November 2026
letter()
{
	{
		[ -z "$7" ] || echo "$7"
		echo "Received: from a.example by mx.ours.example; $2 Nov 2026 09:00:00 +0000"
		echo "From: $3"
		echo "To: $4"
		echo "Subject: Our offer for the northern plant"
		echo "Date: $2 Nov 2026 09:00:00 +0000"
		echo "Message-ID: <$5>"
		[ -z "$6" ] || echo "In-Reply-To: <$6>"
		echo
		echo "This is letter $5, and it was written by hand."
	} >"$mail/$1"
}

record()
{
	"$leadctl" -c "$dir/conf" --db "$db" ingest "$mail/$1" >/dev/null 2>&1 </dev/null
}

stage_of()
{
	"$leadctl" -c "$dir/conf" --db "$db" --json show "$1" | "$json_get" contacts.0.stage
}

rep='Rep One <rep@ours.example>'
run init
code=1
run --json review
code_is 'review of nothing: nothing found' 1

letter o1 2 "$rep" 'Jane Doe <jane@north.example>' o1@ours.example
letter other 3 'Jane Doe <jane.doe@home.example>' rep@ours.example r1@home.example o1@ours.example
letter o2 2 "$rep" 'Amy Poe <amy@south.example>' o2@ours.example
letter colleague 4 'Bob Roe <bob@south.example>' rep@ours.example r2@south.example o2@ours.example
letter o3 2 "$rep" zoe@west.example o3@ours.example
letter away 5 zoe@west.example rep@ours.example r3@west.example o3@ours.example \
	'X-Auto-Response-Suppress: All
X-MS-Exchange-Inbox-Rules-Loop: zoe@west.example'
for file in o1 other o2 colleague o3 away; do
	record $file
done

# ---- review ----
run --json review
code_is 'review: done' 0
json_is 'review: v' v 1
json_is 'review: three' suggestions.# 3
documented review suggestions.0.@
json_is 'newest mail first' suggestions.0.address zoe@west.example
json_is 'a machine, perhaps' suggestions.0.reason suspect
json_is 'in words' suggestions.0.why 'it may have been written by a machine'
json_is 'a promotion is proposed' suggestions.0.proposes promote
json_is 'no other address' suggestions.0.other_address null
json_is 'class' suggestions.0.class suspect
json_is 'tier' suggestions.0.tier reference
json_is 'auth' suggestions.0.auth unknown
json_is 'message id' suggestions.0.message_id r3@west.example
json_is 'outreach' suggestions.0.outreach_id o3@ours.example
json_is 'at' suggestions.0.at 2026-11-05T09:00:00Z
json_is 'owner' suggestions.0.owner rep@ours.example
json_is 'colleague' suggestions.1.reason colleague
json_is 'colleague: who' suggestions.1.other_address bob@south.example
json_is 'colleague: called' suggestions.1.other_name 'Bob Roe'
json_is 'colleague: proposes' suggestions.1.proposes add-colleague
json_is 'other address' suggestions.2.reason other-address
json_is 'other address: which' suggestions.2.other_address jane.doe@home.example
json_is 'other address: whose' suggestions.2.name 'Jane Doe'
suspect=$(json suggestions.0.id) colleague=$(json suggestions.1.id) other=$(json suggestions.2.id)
run --json review --reason colleague
json_is 'by reason' suggestions.# 1
run --json review --since 2026-11-04
json_is 'since' suggestions.# 2
run --json review --limit 1
json_is 'limit' suggestions.# 1
run --json review --owner nobody@ours.example
code_is 'of nobody: nothing found' 1
run review --reason coleague
code_is 'a reason that is none: usage' 2
has 'a reason that is none: proposal' "did you mean 'colleague'" "$err"
run review
has 'as text: why' 'a colleague of the contact answered' "$out"
has 'as text: which' jane.doe@home.example "$out"
run --csv review
has 'as CSV' "$suspect,2026-11-05T09:00:00Z,zoe@west.example" "$out"
run --json status
json_is 'status counts the same' suggestions_open 3

# ---- accept ----
run --json accept --dry-run "$other" "$colleague" 99
code_is 'dry run with a number that is not there: nothing found' 1
has 'and it is named' 'suggestion 99 is not there' "$err"
documented answers answers.0.@
json_is 'dry run: what would happen' answers.0.done 'address-linked|promoted'
json_is 'dry run: nothing has' answers.0.changed false
json_is 'dry run: the other' answers.1.done contact-added
json_is 'dry run: the third' answers.2.result not-found
run --json review
json_is 'after the dry run' suggestions.# 3

run --json accept "$other" --reason 'she told me'
code_is 'accept another address: done' 0
json_is 'result' answers.0.result accepted
json_is 'changed' answers.0.changed true
json_is 'for whom' answers.0.address jane@north.example
run --json show jane@north.example
json_is 'the address is linked' contacts.0.addresses 'jane@north.example|jane.doe@home.example'
json_is 'and the reply counts' contacts.0.stage prospect
run --json history jane@north.example
json_is 'history: accepted' history.0.action accepted
json_is 'history: who' history.0.actor "$(id -un)"
json_is 'history: why' history.0.reason 'she told me'
json_is 'history: what' history.0.detail jane.doe@home.example
json_is 'history: no stage' history.0.to null
json_is 'history: then promoted' history.1.action promoted
json_is 'history: by the reply' history.1.message_id r1@home.example
json_is 'history: created' history.2.action created
documented history history.0.@
run accept "$other"
code_is 'accept twice: done' 0
has 'accept twice: says so' 'had this answer before; nothing changed' "$err"
run --json accept "$other"
json_is 'accept twice: in JSON' answers.0.result already
json_is 'accept twice: not changed' answers.0.changed false
run reject "$other"
code_is 'reject what was accepted: refused' 4
has 'reject what was accepted: says so' 'had the other answer before' "$err"

run --json accept "$colleague"
json_is 'accept a colleague' answers.0.done contact-added
run --json show bob@south.example
json_is 'colleague: source' contacts.0.source referral:amy@south.example
json_is 'colleague: name' contacts.0.name 'Bob Roe'
json_is 'colleague: a lead' contacts.0.stage lead
json_is 'colleague: owner' contacts.0.owner rep@ours.example

run lock zoe@west.example
code_is 'lock without a reason: usage' 2
run --json lock zoe@west.example --reason 'do not touch'
code_is 'lock: done' 0
json_is 'lock: locked' locked true
json_is 'lock: changed' changed true
documented lock @
run lock zoe@west.example --reason again
has 'lock twice: says so' 'it was locked before; nothing changed' "$err"
code_is 'lock twice: done' 0
run --json accept "$suspect" "$other"
code_is 'accept for a locked one: refused' 4
json_is 'accept for a locked one' answers.0.result locked
is 'still a lead' lead "$(stage_of zoe@west.example)"
run --json unlock zoe@west.example
json_is 'unlock' locked false
json_is 'unlock: changed' changed true
run unlock zoe@west.example
has 'unlock twice: says so' 'it was not locked before' "$err"
run --json accept "$suspect"
json_is 'accept a promotion' answers.0.done promoted
is 'a prospect now' prospect "$(stage_of zoe@west.example)"
run --json history zoe@west.example
json_is 'history: accepted by hand' history.0.action accepted
json_is 'history: from' history.0.from lead
json_is 'history: to' history.0.to prospect
json_is 'history: the suggestion' history.0.detail suspect
json_is 'history: its mail' history.0.message_id r3@west.example
json_is 'history: its outreach' history.0.outreach_id o3@ours.example
json_is 'history: unlocked' history.1.action unlocked
json_is 'history: locked' history.2.action locked
json_is 'history: locked, why' history.2.reason 'do not touch'
promotion=$(json history.0.id)

# ---- undo ----
run undo zoe@west.example
code_is 'undo without a reason: usage' 2
has 'undo without a reason: says so' 'undo needs --reason' "$err"
run --json undo zoe@west.example --reason 'a machine after all'
code_is 'undo: done' 0
documented undo @
json_is 'undo: from' from prospect
json_is 'undo: to' to lead
json_is 'undo: what' undone "$promotion"
json_is 'undo: changed' changed true
is 'a lead again' lead "$(stage_of zoe@west.example)"
run --json history zoe@west.example
json_is 'history: undone' history.0.action undone
json_is 'history: the counter-row' history.0.to lead
json_is 'history: the promotion stays' history.1.action accepted
for target in zoe@west.example "$promotion"; do
	run --json undo "$target" --reason again
	code_is "undo $target twice: done" 0
	json_is "undo $target twice: nothing changed" changed false
	has "undo $target twice: says so" 'it was undone before; nothing changed' "$err"
done
letter late 6 zoe@west.example rep@ours.example r4@west.example o3@ours.example
record late
is 'a reply from before the undoing does not count' lead "$(stage_of zoe@west.example)"
sed 's/6 Nov 2026/6 Nov 2096/; s/r4@/r5@/' "$mail/late" >"$mail/later"
record later
is 'a later one does' lead "$(stage_of zoe@west.example)"
run --json review --reason old-thread
json_is 'as far as its thread is not old' suggestions.0.message_id r5@west.example
run undo amy@south.example --reason x
code_is 'nothing to undo: nothing found' 1
run undo 4711 --reason x
code_is 'no such row: nothing found' 1
has 'no such row: message' 4711 "$err"
run stage amy@south.example prospect --reason vetted
run undo amy@south.example --reason x
code_is 'by hand: nothing found' 1
has 'by hand: says so' 'last changed by hand' "$err"
first=$("$leadctl" -c "$dir/conf" --db "$db" --json history jane@north.example | "$json_get" history.1.id)
run stage jane@north.example customer --reason bought
run undo "$first" --reason x
code_is 'changed since: refused' 4
has 'changed since: says so' 'changed again since' "$err"

# ---- reject ----
run review --reason old-thread
id=$("$leadctl" -c "$dir/conf" --db "$db" --json review --reason old-thread | "$json_get" suggestions.0.id)
run --json reject "$id" --reason 'long ago'
json_is 'reject' answers.0.result rejected
json_is 'reject: nothing done' answers.0.done ''
run --json history zoe@west.example --limit 1
json_is 'history: rejected' history.0.action rejected
json_is 'history: rejected, why' history.0.reason 'long ago'
run reject "$id"
has 'reject twice: says so' 'nothing changed' "$err"
run reject me
code_is 'a number that is none: usage' 2
has 'a number that is none: message' "'me' is no number" "$err"

# ---- ignore ----
run --json ignore list
code_is 'ignore list of nothing: nothing found' 1
run --json ignore add Law.Example --reason privileged
code_is 'ignore add: done' 0
documented ignore @
json_is 'ignore add: pattern' pattern law.example
json_is 'ignore add: scope' scope participant
json_is 'ignore add: changed' changed true
run --json ignore add law.example
json_is 'ignore add twice' changed false
has 'ignore add twice: says so' 'was on the list before; nothing changed' "$err"
run --json ignore add law.example --scope message
json_is 'ignore add, another scope' changed true
run --json ignore add law.example
json_is 'ignore add keeps the scope' scope message
run ignore add 'jane*@north.example' --scope participant
run --json ignore list
documented ignored ignored.0.@
json_is 'ignore list: two' ignored.# 2
json_is 'ignore list: in order' ignored.0.pattern 'jane*@north.example'
json_is 'ignore list: who' ignored.1.actor "$(id -un)"
json_is 'ignore list: scope' ignored.1.scope message
letter law 6 "$rep" 'amy@south.example, counsel@mx.law.example' o5@ours.example
record law
run --json ignore list
json_is 'what was dropped is counted' ignored.1.dropped 1
run --json log amy@south.example
json_is 'and nothing else remains' interactions.0.message_id o2@ours.example
letter jane 7 jane@north.example rep@ours.example r6@north.example o1@ours.example
run --json explain "$mail/jane"
json_is 'explain: left out' reason never-log
json_is 'explain: ignored' outcome ignored
run --json ignore remove law.example
json_is 'ignore remove: changed' changed true
run ignore remove law.example
code_is 'ignore remove twice: nothing found' 1
has 'ignore remove twice: says so' 'not on the list; nothing changed' "$err"
run --json history --limit 1
json_is 'history: taken off' history.0.action unignored
json_is 'history: which' history.0.detail law.example
json_is 'history: about no contact' history.0.address null
while IFS='|' read -r name text arguments; do
	# shellcheck disable=SC2086 # words are meant to be split
	run ignore $arguments
	code_is "$name: usage" 2
	has "$name: message" "$text" "$err"
done <<'ROWS'
no pattern|no address, no domain|add jane
everything|no address, no domain|add *@*
no scope|there are participant and message|add law.example --scope all
unknown word|there are add, remove and list|ad law.example
no pattern given|takes one PATTERN|add
a pattern too many|takes no pattern|list law.example
ROWS

done_testing
