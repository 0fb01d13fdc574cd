#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The full runs of the durability tests (`make durability`), of which `make check` does a few
# of each. What they found is printed as they end; exit 1 if anything failed. Sizes:
#
#   LEAD_CUTS           power cuts
#   LEAD_KILLS          SIGKILLs under load
#   LEAD_REPLAY_KILLS   SIGKILLs in the midst of a replay
#   LEAD_LOCK_S         seconds for which another process holds the write lock
#   LEAD_RELOADS        reloads under load
#   LEAD_PLACES         calls of each kind to the file system that fail in turn; more than
#                       there are: every one
#
# LEAD_DURABILITY names the tests: "power kill faults changes io-faults".
set -u
: "${LEAD_BUILDDIR:=.}"
: "${LEAD_CUTS:=60}" "${LEAD_KILLS:=120}" "${LEAD_REPLAY_KILLS:=40}" "${LEAD_LOCK_S:=30}"
: "${LEAD_RELOADS:=200}" "${LEAD_PLACES:=1000000}"
: "${LEAD_DURABILITY:=power kill faults changes io-faults}"
export LEAD_CUTS LEAD_KILLS LEAD_REPLAY_KILLS LEAD_LOCK_S LEAD_RELOADS LEAD_PLACES
failed=0

for name in $LEAD_DURABILITY; do
	log=$LEAD_BUILDDIR/tests/durability/full-$name.log
	echo "$name ($(date +%H:%M:%S)), log in $log"
	"$LEAD_BUILDDIR/tests/durability/test-$name" --tap >"$log" 2>&1 </dev/null ||
		failed=1
	sed -n -e 's/^# *figures: /    /p' -e '/^not ok/p' -e '/^ok.*# SKIP/p' "$log"
	grep -q '^1\.\.' "$log" && ! grep -q '^not ok\|^Bail out' "$log" || {
		failed=1
		echo "    FAILED:"
		tail -n 20 "$log" | sed 's/^/    /'
	}
done
[ "$failed" -eq 0 ] && echo "nothing was lost"
exit "$failed"
