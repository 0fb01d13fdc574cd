#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every fuzz target reads all its seeds: what was found once, and what is worth beginning
# with.
: "${LEAD_BUILDDIR:=.}" "${LEAD_SRCDIR:=.}"
seeds=$LEAD_SRCDIR/tests/fuzz/seeds
count=0

echo "1..$(ls "$seeds" | wc -l)"
for folder in "$seeds"/*; do
	target=${folder##*/}
	count=$((count + 1))
	if said=$("$LEAD_BUILDDIR/tests/fuzz/fuzz-$target" "$folder"/* 2>&1); then
		echo "ok $count - $target: $(ls "$folder" | wc -l) seeds"
	else
		printf '%s\n' "$said" | tail -n 40 | sed 's/^/# /'
		echo "not ok $count - $target"
	fi
done
