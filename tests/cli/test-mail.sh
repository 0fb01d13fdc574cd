#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# explain, ingest and log: outreach, an absence notice, a bounce and a real reply.
. "${LEAD_SRCDIR:-.}/tests/cli/tap.sh"

mail=$dir/mail
mkdir "$mail"
cat >"$mail/1-outreach" <<'M'
Received: from desk.ours.example by mx.ours.example; Mon, 2 Nov 2026 09:00:00 +0000
From: Rep One <rep@ours.example>
To: Jane Doe <jane@north.example>
Subject: Our offer for the northern plant
Date: Mon, 2 Nov 2026 09:00:00 +0000
Message-ID: <offer-1@ours.example>

Dear Jane, may I show you our offer?
M
cat >"$mail/2-absence" <<'M'
Return-Path: <>
Received: from mx.north.example by mx.ours.example; Mon, 2 Nov 2026 09:01:00 +0000
From: Jane Doe <jane@north.example>
To: rep@ours.example
Subject: Automatic reply: Our offer for the northern plant
Date: Mon, 2 Nov 2026 09:01:00 +0000
Message-ID: <ooo-1@north.example>
In-Reply-To: <offer-1@ours.example>
Auto-Submitted: auto-replied (vacation)

I am away until Thursday.
M
cat >"$mail/3-reply" <<'M'
Return-Path: <jane@north.example>
Received: from mx.north.example by mx.ours.example; Tue, 3 Nov 2026 10:00:00 +0000
From: Jane Doe <jane@north.example>
To: rep@ours.example
Subject: Re: Our offer for the northern plant
Date: Tue, 3 Nov 2026 10:00:00 +0000
Message-ID: <reply-1@north.example>
In-Reply-To: <offer-1@ours.example>

Yes, please call me tomorrow at ten.
M
cat >"$mail/4-stranger" <<'M'
Received: from mx.west.example by mx.ours.example; Wed, 4 Nov 2026 10:00:00 +0000
From: somebody@west.example
To: rep@ours.example
Subject: Hello
Date: Wed, 4 Nov 2026 10:00:00 +0000
Message-ID: <hello-1@west.example>

Hello, is this still for sale?
M

explain_fields='v file direction class bounce evidence author message_id answers tier auth outcome reason recorded contact stage outreach_at outreach_rep rules why'

# without a database
"$leadctl" -c "$dir/conf2" --json explain "$mail/3-reply" >"$out" 2>"$err" </dev/null
code=$?
code_is 'settings that are not there: usage' 2
printf '[mail]\nlocal_domains = ours.example\n[store]\nuri = sqlite:%s/none.db\n' "$dir" >"$dir/conf2"
"$leadctl" -c "$dir/conf2" --json explain "$mail/3-reply" >"$out" 2>"$err" </dev/null
code=$?
code_is 'explain without a database: done' 0
json_is 'explain: the fields, in order' @ "$explain_fields"
json_is 'explain: v' v 1
documented explain @
json_is 'explain: file' file "$mail/3-reply"
json_is 'explain: direction' direction inbound
json_is 'explain: class' class human
json_is 'explain: bounce' bounce null
json_is 'explain: author' author jane@north.example
json_is 'explain: message id' message_id reply-1@north.example
json_is 'explain: answers nothing known' answers null
json_is 'explain: tier' tier null
case $(json outcome) in logged | ignored) true ;; *) false ;; esac
ok 'explain without a history promotes nobody'

run init
run --json explain "$mail"/*
code_is 'explain of several: done' 0
is 'explain: an object a line' 4 "$(wc -l <"$out" | tr -d ' ')"
sed -n 2p "$out" >"$dir/second"
is 'explain: absence' out-of-office "$(json class "$dir/second")"
case $(json evidence "$dir/second") in
*auto-submitted*) true ;;
*) false ;;
esac
ok 'explain: evidence names the rule' || tap_show second "$dir/second"
sed -n 1p "$out" >"$dir/first"
is 'explain: outbound by its author' outbound "$(json direction "$dir/first")"
run --json status
json_is 'explain records nothing' interactions 0

run explain "$mail/2-absence"
has 'explain as text: class' 'out-of-office' "$out"
has 'explain as text: what made the rule fire' 'auto-replied (vacation)' "$out"
has 'explain as text: outcome in words' 'outcome' "$out"
run --csv explain "$mail/2-absence" "$mail/3-reply"
is 'explain as CSV: header and rows' 3 "$(wc -l <"$out" | tr -d ' ')"
has 'explain as CSV: header' 'file,direction,class,bounce,evidence,author,message_id,answers,tier,auth,outcome,reason,recorded,contact,stage,outreach_at,outreach_rep,why,error' "$out"

# a bad file among good ones
: >"$dir/empty"
run --json explain "$mail/1-outreach" "$dir/none" "$dir/empty" "$mail/3-reply"
code_is 'explain with a bad file: refused' 4
is 'explain with a bad file: four lines' 4 "$(wc -l <"$out" | tr -d ' ')"
sed -n 2p "$out" >"$dir/second"
case $(json error "$dir/second") in *"$dir/none"*) true ;; *) false ;; esac
ok 'explain with a bad file: error names it'
is 'explain with a bad file: its name' "$dir/none" "$(json file "$dir/second")"
sed -n 4p "$out" >"$dir/fourth"
is 'explain with a bad file: the rest goes on' human "$(json class "$dir/fourth")"

# standard input, and an mbox line in front
{
	echo 'From jane@north.example Tue Nov  3 10:00:00 2026'
	cat "$mail/3-reply"
} >"$dir/with-from"
"$leadctl" -c "$dir/conf" --db "$db" --json explain - <"$dir/with-from" >"$out" 2>"$err"
code=$?
code_is 'explain -: done' 0
json_is 'explain -: author' author jane@north.example
json_is 'explain -: class' class human
json_is 'explain -: file' file -

# the envelope by options
run --json explain --client 192.0.2.1 --mail-from rep@ours.example --rcpt jane@north.example \
	"$mail/1-outreach"
[ "$(json direction)" != outbound ]
ok 'explain --client: from outside it is not ours' || tap_show out "$out"
run --json explain --client 192.0.2.1 --auth rep --rcpt jane@north.example "$mail/1-outreach"
json_is 'explain --auth: submitted' direction outbound
run --json explain --client 192.0.2.1 --daemon ORIGINATING --rcpt jane@north.example \
	"$mail/1-outreach"
json_is 'explain --daemon: submitted' direction outbound
run --json explain --client local --rcpt jane@north.example "$mail/1-outreach"
json_is 'explain --client local' direction outbound
run --json explain --rcpt joe@north.example --rcpt rep@ours.example "$mail/4-stranger"
json_is 'explain --rcpt: inbound to one of them' direction inbound
run --json explain --rcpt joe@north.example "$mail/4-stranger"
json_is 'explain --rcpt: to others' direction transit
run --json explain --mail-from '' "$mail/3-reply"
case $(json class) in human) false ;; *) true ;; esac
ok 'explain --mail-from: the null reverse-path counts' || tap_show out "$out"

# ingest, and what it leaves
run --json ingest --dry-run "$mail"
code_is 'ingest, dry: done' 0
json_is 'ingest, dry: read' read 4
run --json status
json_is 'ingest, dry: nothing recorded' messages 0
run --json ingest --progress "$mail"
code_is 'ingest: done' 0
json_is 'ingest: the fields, in order' @ \
	'v read recorded duplicates ignored failed promoted suggested seconds'
json_is 'ingest: v' v 1
documented ingest @
json_is 'ingest: read' read 4
json_is 'ingest: promoted' promoted 1
json_is 'ingest: failed' failed 0
run --json ingest "$mail"
json_is 'ingest twice: read' read 4
json_is 'ingest twice: nothing recorded' recorded 0
json_is 'ingest twice: nobody promoted' promoted 0
run ingest "$mail"
has 'ingest as text' 'duplicates' "$out"
run ingest "$dir/none"
code_is 'ingest of nothing there: refused' 4
has 'ingest of nothing there: message' "$dir/none" "$err"
mkdir "$dir/hollow"
run ingest "$dir/hollow"
code_is 'ingest of an empty folder: nothing found' 1

run --json show jane@north.example
json_is 'the lead is a prospect' contacts.0.stage prospect
json_is 'source' contacts.0.source outreach
json_is 'last outbound' contacts.0.last_outbound 2026-11-02T09:00:00Z
json_is 'last inbound' contacts.0.last_inbound 2026-11-03T10:00:00Z
json_is 'since the reply' contacts.0.stage_since 2026-11-03T10:00:00Z
run --json list --since 2026-11-03
json_is 'since a day' contacts.# 1
run --json list --since 2026-11-04
json_is 'since the day after' contacts.# 0

run --json log jane@north.example
code_is 'log: done' 0
json_is 'log: v' v 1
json_is 'log: three' interactions.# 3
documented log interactions.0.@
json_is 'log: newest first' interactions.0.message_id reply-1@north.example
json_is 'log: at' interactions.0.at 2026-11-03T10:00:00Z
json_is 'log: direction' interactions.0.direction inbound
json_is 'log: kind' interactions.0.kind email
json_is 'log: class' interactions.1.class out-of-office
json_is 'log: rep' interactions.0.rep rep@ours.example
json_is 'log: subject' interactions.2.subject 'Our offer for the northern plant'
json_is 'log: outcome' interactions.0.outcome promoted
json_is 'log: outbound' interactions.2.direction outbound
run --json log jane@north.example --since 2026-11-03
json_is 'log: since' interactions.# 1
run --json log jane@north.example --limit 2
json_is 'log: limit' interactions.# 2
run log jane@north.example
has 'log as text' 'out-of-office' "$out"
run --csv log jane@north.example
has 'log as CSV' 'at,direction,kind,class' "$out"

run --json history
json_is 'history: promotion' history.0.to prospect
json_is 'history: from' history.0.from lead
json_is 'history: reason' history.0.reason reply-reference
json_is 'history: tier' history.0.tier reference
json_is 'history: actor' history.0.actor leadmilter
json_is 'history: the message' history.0.message_id reply-1@north.example
json_is 'history: the outreach' history.0.outreach_id offer-1@ours.example

run --json explain "$mail/3-reply"
json_is 'explained after recording: so it says' recorded true
json_is 'explained after recording: what was decided' outcome promoted
json_is 'explained after recording: why' reason reply-reference
json_is 'explained after recording: how' tier reference
json_is 'explained after recording: what it answers' answers offer-1@ours.example
json_is 'explained after recording: in words' why 'a person answered outreach and names its message id'
run explain "$mail/3-reply"
has 'explained after recording, as text' 'recorded: promoted (reply-reference)' "$out"
has 'as text: what ties it to the outreach' 'offer-1@ours.example; named by In-Reply-To' "$out"
has 'as text: the outreach' 'sent 2026-11-02T09:00:00Z by rep@ours.example to 1 outside, 1 day before; counts for 365' "$out"
run --json explain "$mail/2-absence"
json_is 'an absence after recording' outcome logged
json_is 'an absence after recording: class' class out-of-office
json_is 'a rule with the text that made it fire' rules.0.text 'Auto-Submitted: auto-replied (vacation)'
json_is 'and its name' rules.0.rule "$(json evidence | cut -d'|' -f1)"
documented explain rules.0.@
run --json explain --mail-from '' "$mail/3-reply"
json_is 'another envelope after recording: what that would be' class auto-reply
json_is 'another envelope after recording: by which rule' evidence.0 null-reverse-path
json_is 'another envelope after recording: what was decided' outcome promoted
sed 's/reply-1@/reply-2@/' "$mail/3-reply" >"$dir/again"
run --json explain "$dir/again"
json_is 'explained with a history: answers' answers offer-1@ours.example
json_is 'explained with a history: tier' tier reference
json_is 'explained with a history: not recorded' recorded false
json_is 'explained with a history: contact' contact jane@north.example
json_is 'explained with a history: stage' stage prospect
json_is 'explained with a history: outreach' outreach_at 2026-11-02T09:00:00Z
json_is 'explained with a history: rep' outreach_rep rep@ours.example
json_is 'explained with a history: why not' reason not-lead

run --json status
json_is 'status: contacts' contacts 1
json_is 'status: interactions' interactions 3
json_is 'status: last message' last_message_at 2026-11-03T10:00:00Z
json_is 'status: promotions' promotions 1

done_testing
