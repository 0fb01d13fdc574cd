# SPDX-License-Identifier: BSD-2-Clause
# An independent client, miltertest, against the daemon: see no-action.lua.
set -eu

command -v miltertest >/dev/null || {
	echo "1..0 # SKIP miltertest is not installed"
	exit 0
}
dir=$(mktemp -d "${TMPDIR:-/tmp}/lead-XXXXXX")
finish() {
	if [ -s "$dir/socket.lock" ]; then
		kill "$(cat "$dir/socket.lock")" && flock "$dir/socket.lock" true
	fi
	rm -rf "$dir"
}
trap finish EXIT

cat >"$dir/leadmilter.conf" <<END
[milter]
socket = unix:$dir/socket
user =
[mail]
local_domains = ours.example
[store]
uri = sqlite:$dir/lead.db
END
# In the background it returns when it is ready.
"$LEAD_BUILDDIR/milter/leadmilter" -c "$dir/leadmilter.conf"
miltertest -D socket="unix:$dir/socket" -s "$LEAD_SRCDIR/tests/protocol/no-action.lua"
