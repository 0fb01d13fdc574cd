#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The manual pages are clean mdoc, and their list of options is the program's.
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$top" || exit 99
if ! command -v mandoc >/dev/null; then
	echo "1..0 # SKIP mandoc is not installed"
	exit 0
fi
pages='milter/leadmilter.8 milter/leadmilter.conf.5 cli/leadctl.1'
echo 1..3
n=0
for page in $pages; do
	n=$((n + 1))
	if complaints=$(mandoc -T lint -W warning "$page" 2>&1) && [ -z "$complaints" ]; then
		echo "ok $n - $page"
	else
		printf '%s\n' "$complaints" | sed 's/^/# /'
		echo "not ok $n - $page"
	fi
done
