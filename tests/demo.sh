#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The whole of leadmilter in a minute: installs what is missing (Debian 12, root), builds,
# starts a private Postfix on loopback with leadmilter and a SQLite store, sends outreach
# to three leads, and lets the first answer with an out-of-office, the second bounce, the
# third reply. Then leadctl tells who was promoted, and why. Everything runs below one
# temporary folder and is stopped and removed at the end; `--keep` keeps the folder.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/packages.sh"
. "$top/tests/build.sh"
. "$top/tests/integration/postfix.sh"

keep=
[ "${1:-}" != --keep ] || keep=1

if [ "$(id -u)" -ne 0 ]; then
	echo "demo.sh: needs root: Postfix starts as root, even a private one." >&2
	echo "         Try: sudo sh tests/demo.sh" >&2
	exit 1
fi
packages_need build run
echo "Building ..."
build_make plain
make -s -C "$top/build/plain" tests/integration/smtp-say tests/integration/smtp-keep

daemon_pid=
finish() {
	status=$?
	trap - EXIT
	postfix_stop
	[ -z "$daemon_pid" ] || kill "$daemon_pid" 2>/dev/null || true
	[ -z "$daemon_pid" ] || wait "$daemon_pid" 2>/dev/null || true
	sink_stop
	if [ "$status" -ne 0 ] && [ -f "$dir/leadmilter.log" ]; then
		tail -n 20 "$dir/leadmilter.log" "$dir/lab/log/mail.log" >&2 || true
	fi
	if [ -n "$keep" ]; then
		echo "Kept: $dir"
	else
		rm -rf "$dir"
	fi
	exit "$status"
}
dir=$(mktemp -d "${TMPDIR:-/tmp}/leadmilter-demo.XXXXXX")
trap finish EXIT
trap 'exit 130' INT TERM
chmod 755 "$dir"
bin=$top/build/plain
leadctl() {
	"$bin/cli/leadctl" -c "$dir/leadmilter.conf" "$@"
}
title() {
	printf '\n\033[1m%s\033[0m\n' "$1"
}
[ -t 1 ] || title() { printf '\n%s\n' "$1"; }

# ---- leadmilter: three sections of settings ----
cat >"$dir/leadmilter.conf" <<END
[milter]
socket = unix:$dir/run/leadmilter.sock
socket_group = postfix
user =
foreground = yes

[mail]
local_domains = ours.example .ours.example
# The demonstration's customers come over loopback, too.
internal_networks = 192.0.2.0/24

[store]
uri = sqlite:$dir/store/lead.db

[log]
target = stderr
END
mkdir "$dir/run"
chmod 755 "$dir/run"
cat >"$dir/leads.csv" <<END
email,name,organization,source
otto@orchard.example,Otto Orchard,Orchard Foods,spring fair
bella@bakery.example,Bella Baker,Bakery & Sons,spring fair
rosa@rails.example,Rosa Rails,Rails Transport,spring fair
END

title "1. A database, and three leads from a fair"
leadctl init
leadctl import "$dir/leads.csv"

title "2. leadmilter and a private Postfix start"
"$bin/milter/leadmilter" -c "$dir/leadmilter.conf" -f 2>"$dir/leadmilter.log" &
daemon_pid=$!
wait_for 20 test -S "$dir/run/leadmilter.sock"
postfix_make "$dir/lab" "unix:$dir/run/leadmilter.sock"
postfix_add_user anna "demo password"
sink_start
postfix_start
echo "Postfix listens on 127.0.0.1:$mx_port (from outside) and 127.0.0.1:$submission_port" \
	"(submission, authenticated)"

# ---- mail ----
smtp() { # PORT, script on standard input
	"$bin/tests/integration/smtp-say" "$1" >"$dir/smtp.log" || {
		cat "$dir/smtp.log" >&2
		return 1
	}
}
outreach() { # NAME ADDRESS ID
	smtp "$submission_port" <<-END
		EHLO desk.ours.example
		AUTH PLAIN $(auth_plain anna@mta.ours.example "demo password")
		MAIL FROM:<anna@ours.example>
		RCPT TO:<$2>
		DATA
		From: Anna Sales <anna@ours.example>
		To: $1 <$2>
		Subject: The route planner you asked about
		Date: $(date -R)
		Message-ID: <$3>

		Good morning, would you like to see it next week?
		Anna
		.
		QUIT
	END
	echo "outreach to $2"
}
title "3. Anna writes to each of them"
outreach "Otto Orchard" otto@orchard.example plan.1.otto@desk.ours.example
outreach "Bella Baker" bella@bakery.example plan.2.bella@desk.ours.example
outreach "Rosa Rails" rosa@rails.example plan.3.rosa@desk.ours.example

title "4. What comes back: an out-of-office, a bounce, a reply"
smtp "$mx_port" <<END
EHLO mx.orchard.example
MAIL FROM:<>
RCPT TO:<anna@ours.example>
DATA
From: Otto Orchard <otto@orchard.example>
To: Anna Sales <anna@ours.example>
Subject: Automatic reply: The route planner you asked about
Date: $(date -R)
Message-ID: <away.7@mx.orchard.example>
In-Reply-To: <plan.1.otto@desk.ours.example>
Auto-Submitted: auto-replied (vacation)

I am away until Monday.
.
QUIT
END
echo "out-of-office from otto@orchard.example"
smtp "$mx_port" <<END
EHLO mx.bakery.example
MAIL FROM:<>
RCPT TO:<anna@ours.example>
DATA
From: Mail Delivery System <MAILER-DAEMON@mx.bakery.example>
To: anna@ours.example
Subject: Undelivered Mail Returned to Sender
Date: $(date -R)
Message-ID: <dsn.9@mx.bakery.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered to bella@bakery.example: no such user.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.bakery.example

Final-Recipient: rfc822; bella@bakery.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--cut
Content-Type: text/rfc822-headers

From: Anna Sales <anna@ours.example>
To: Bella Baker <bella@bakery.example>
Subject: The route planner you asked about
Message-ID: <plan.2.bella@desk.ours.example>

--cut--
.
QUIT
END
echo "bounce for bella@bakery.example"
cat >"$dir/reply.eml" <<END
From: Rosa Rails <rosa@rails.example>
To: Anna Sales <anna@ours.example>
Subject: Re: The route planner you asked about
Date: $(date -R)
Message-ID: <CAF.33@mail.rails.example>
In-Reply-To: <plan.3.rosa@desk.ours.example>
References: <plan.3.rosa@desk.ours.example>

Tuesday at ten would suit us. Can you show the night trains, too?

Rosa

On Monday Anna Sales wrote:
> Good morning, would you like to see it next week?
END
smtp "$mx_port" <<END
EHLO mail.rails.example
MAIL FROM:<rosa@rails.example>
RCPT TO:<anna@ours.example>
DATA
%file $dir/reply.eml
.
QUIT
END
echo "reply from rosa@rails.example"

title "5. Who is a prospect now? (leadctl list)"
leadctl list
title "   Who was promoted, when, on what evidence? (leadctl history)"
leadctl history rosa@rails.example
title "   What happened with Otto and Bella? (leadctl log)"
leadctl log otto@orchard.example
leadctl log bella@bakery.example
title "   Why? (leadctl explain, on Rosa's reply as the server saw it)"
leadctl explain --mail-from rosa@rails.example --rcpt anna@ours.example \
	--client 198.51.100.7 "$dir/reply.eml"
title "   The daemon's log, a line a message"
grep 'direction=' "$dir/leadmilter.log"

prospects=$(leadctl --csv list --stage prospect | sed 1d)
case $prospects in
*rosa@rails.example*)
	[ "$(printf '%s\n' "$prospects" | wc -l)" -eq 1 ] || {
		echo "demo.sh: more than one was promoted" >&2
		exit 1
	}
	;;
*)
	echo "demo.sh: Rosa was not promoted" >&2
	exit 1
	;;
esac
title "Exactly one of the three is a prospect: Rosa, who really replied."
