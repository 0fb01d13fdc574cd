#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each threat of leadmilter(8) has rows in tests/contract/test-threats.c, and the other way
# round; the rows that others are measured by are called "none".
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$top" || exit 99
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT

sed -n '/^\.Sh THREATS/,/^\.Sh FILES/s/^\.It Sy //p' milter/leadmilter.8 |
	sort >"$folder/manual"
sed -n 's/^	{ "\([^":]*\): .*/\1/p' tests/contract/test-threats.c | grep -v '^none$' |
	sort -u >"$folder/rows"

echo 1..2
if [ "$(wc -l <"$folder/manual")" -ge 7 ]; then
	echo "ok 1 - the manual has the section"
else
	sed 's/^/# /' "$folder/manual"
	echo "not ok 1 - the manual has the section"
fi
if difference=$(diff "$folder/manual" "$folder/rows"); then
	echo "ok 2 - every threat has its rows"
else
	printf '%s\n' "$difference" | sed 's/^/# /'
	echo "not ok 2 - every threat has its rows"
fi
