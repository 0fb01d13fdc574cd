#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The unit of systemd: understood by it, and as closed as it says. systemd-analyze reads a
# file here; nothing is asked of a running service manager.
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
# Of ten, in tenths. What is left: sockets and the network (the MTA and syslog are reached
# there), the group of the MTA, chown (the socket's group), no file system of its own.
most_exposed=13

if ! command -v systemd-analyze >/dev/null; then
	echo "1..0 # SKIP systemd-analyze is not installed"
	exit 0
fi
if ! systemd-analyze --help | grep -q -e --offline; then
	echo "1..0 # SKIP this systemd-analyze cannot judge a file (before version 250)"
	exit 0
fi

folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/sbin"
printf '#!/bin/sh\n' >"$folder/sbin/leadmilter"
chmod 755 "$folder/sbin/leadmilter"
unit=$folder/leadmilter.service
sed -e "s|@sbindir[@]|$folder/sbin|g" -e "s|@sysconfdir[@]|/etc|g" \
	"$top/conf/leadmilter.service.in" >"$unit"

result() { # NUMBER NAME STATUS OUTPUT
	if [ "$3" -eq 0 ]; then
		echo "ok $1 - $2"
	else
		printf '%s\n' "$4" | sed 's/^/# /'
		echo "not ok $1 - $2"
	fi
}

exposure() { # FILE: in tenths
	systemd-analyze security --offline=true --no-pager "$1" 2>/dev/null |
		sed -n 's/^.*Overall exposure level.*: \([0-9]*\)\.\([0-9]\).*/\1\2/p'
}

echo 1..4
output=$(systemd-analyze verify --man=no "$unit" 2>&1)
result 1 "systemd reads the unit without a complaint" "$?${output:+1}" "$output"

output=$(systemd-analyze security --offline=true --no-pager --threshold="$most_exposed" "$unit" 2>&1)
result 2 "exposure is at most $most_exposed tenths" "$?" "$output"

# The same unit without its sandbox must be told apart, or the two above prove nothing.
open=$folder/open.service
sed -n '/^\[Unit\]/p; /^Description/p; /^\[Service\]/p; /^Type/p; /^User/p; /^Exec/p' "$unit" >"$open"
level=$(exposure "$open")
[ "${level:-0}" -gt 50 ]
result 3 "a unit without a sandbox is exposed" "$?" "exposure of it: $level tenths"

output=$(printf '[Service]\nExecStart=%s\nNoNewPriviliges=yes\n' "$folder/sbin/leadmilter" >"$open"
	systemd-analyze verify --man=no "$open" 2>&1)
[ -n "$output" ]
result 4 "a misspelt setting is found" "$?" "verify said nothing"
