#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every public header compiles alone, and every source has its licence line.
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$top" || exit 99
flags=$(pkg-config --cflags glib-2.0 gio-2.0)
set -- include/lead/*.h
echo "1..$(($# + 1))"
n=0
for header; do
	n=$((n + 1))
	# shellcheck disable=SC2086
	if errors=$(printf '#include "lead/%s"\n' "${header##*/}" |
		${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -Iinclude $flags -fsyntax-only -xc - 2>&1); then
		echo "ok $n - $header compiles alone"
	else
		printf '%s\n' "$errors" | sed 's/^/# /'
		echo "not ok $n - $header compiles alone"
	fi
done
n=$((n + 1))
without=$(grep -L 'SPDX-License-Identifier: BSD-2-Clause' include/lead/*.h \
	$(find lib milter cli tests -name '*.[ch]' ! -name '*-resources.*'))
if [ -z "$without" ]; then
	echo "ok $n - every source names its licence"
else
	printf '%s\n' "$without" | sed 's/^/# /'
	echo "not ok $n - every source names its licence"
fi
