#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# leadmilter behind a real Sendmail, unpacked and not installed.
set -u
top=${LEAD_SRCDIR:?}
. "$top/tests/integration/postfix.sh"
. "$top/tests/integration/sendmail.sh"
. "$top/tests/integration/lab.sh"

if ! postfix_usable || ! command -v m4 >/dev/null; then
	echo "1..0 # SKIP needs root, m4, saslpasswd2, and Postfix's user"
	exit 0
fi
if ! sendmail_unpack "$build/sendmail-root"; then
	echo "1..0 # SKIP Sendmail's packages cannot be had"
	exit 0
fi

# Sendmail refuses a socket below a folder that everybody may write to, as /tmp is.
lab_make "$(mktemp -d /run/lead-sendmail.XXXXXX)"
trap lab_finish EXIT
trap 'exit 130' INT TERM
lab=$lab_dir/lab
mkdir -p "$lab/sink" "$lab/log"
take_ports sink_port mx_port submission_port plain_port first_port last_port tap_port \
	tap_strict_port strict_port inet_port
auth_port=$mx_port
again_port=$mx_port
again_unseen_port=$plain_port
patience='T=C:1m;S:1m;R:1m;E:5m'
sendmail_filter lead "S=unix:$socket, $patience"
sendmail_filter strict "S=unix:$socket, F=T, $patience"
sendmail_filter tap "S=unix:$tap_socket, $patience"
sendmail_filter tapstrict "S=unix:$tap_socket, F=T, $patience"
sendmail_filter second "S=unix:$second_socket, $patience"
sendmail_filter leadinet "S=inet:$milter_port@127.0.0.1, $patience"
sendmail_listener MTA-lab "$mx_port" lead
sendmail_listener MSA "$submission_port" lead
sendmail_listener MTA-plain "$plain_port" ''
sendmail_listener MTA-first "$first_port" 'lead;second'
sendmail_listener MTA-last "$last_port" 'second;lead'
sendmail_listener MTA-tap "$tap_port" tap
sendmail_listener MTA-tap-strict "$tap_strict_port" tapstrict
sendmail_listener MTA-strict "$strict_port" strict
sendmail_listener MTA-inet "$inet_port" leadinet
sendmail_make "$lab_dir/sendmail" "$submission_port"
sendmail_add_user anna secret

mta_refused='bare-cr bare-lf'
mta_has() {
	case $1 in
	nrcpts) return 0 ;;
	*) return 1 ;;
	esac
}
# A client of the submission listener like any other.
local_submit() { # FROM TO
	sendmail_submit -f "$1" "$2"
}

leadctl init >/dev/null 2>&1
chown -R postfix "$lab_dir/store"
ok "the daemon starts" daemon_start
ok "a tap and a second milter start" eval 'tap_start && second_start'
ok "the sink starts" sink_start
if ! sendmail_start; then
	sed 's/^/# /' "$sendmail_lab/log/"*
	echo "Bail out! Sendmail does not start"
	exit 1
fi

. "$top/tests/integration/cases.sh"
. "$top/tests/integration/cases-untouched.sh"
. "$top/tests/integration/cases-faults.sh"
echo "1..$count"
