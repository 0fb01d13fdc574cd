#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# leadmilter behind a real Sendmail, unpacked and not installed.
set -u
top=${LEAD_SRCDIR:?}
. "$top/tests/integration/postfix.sh"
. "$top/tests/integration/sendmail.sh"
. "$top/tests/integration/lab.sh"

if ! postfix_usable || ! command -v m4 >/dev/null; then
	echo "1..0 # SKIP needs root, m4, and Postfix for its sink"
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
chown postfix "$lab/sink"
sink_port=$(free_port)
sendmail_make "$lab_dir/sendmail" "S=unix:$lab_dir/run/leadmilter.sock, T=C:5s;S:5s;R:10s;E:1m"
mx_port=$sendmail_mx_port
submission_port=$sendmail_msa_port

leadctl init >/dev/null 2>&1
chown -R postfix "$lab_dir/store"
ok "the daemon starts" daemon_start
ok "the sink starts" sink_start
if ! sendmail_start; then
	sed 's/^/# /' "$sendmail_lab/log/"*
	echo "Bail out! Sendmail does not start"
	exit 1
fi

. "$top/tests/integration/cases.sh"
case_filter_down
echo "1..$count"
