#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What tests/data/VIOLATIONS.md says of a test row is still there: `module: row` is a text
# in tests/unit/test-module.c, or the end of a test's path.
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$top" || exit 99
list=tests/data/VIOLATIONS.md

# Backquoted "module: row" of the last column, one a line.
references() {
	sed -n 's/^|.*| \(`[^|]*`\) |$/\1/p' "$list" | sed 's/`, `/`\
`/g' | sed 's/^`//; s/`$//'
}

missing=$(references | while IFS= read -r reference; do
	module=${reference%%: *}
	row=${reference#*: }
	file=tests/unit/test-$module.c
	[ -f "$file" ] && grep -qF -e "\"$row\"" -e "/$row\"" "$file" ||
		echo "# $list: no row '$row' in $file"
done)
rows=$(grep -c '^| .* |$' "$list")
cited=$(sed -n 's/^|.*| \(`[^|]*`\) |$/x/p' "$list" | wc -l)
heads=$(grep -c '^| what is wrong' "$list")

echo 1..2
if [ -z "$missing" ]; then
	echo "ok 1 - every row that is named exists"
else
	printf '%s\n' "$missing"
	echo "not ok 1 - every row that is named exists"
fi
if [ "$cited" -gt 0 ] && [ "$((rows - heads))" -eq "$cited" ]; then
	echo "ok 2 - every line names a row"
else
	echo "# $((rows - heads)) lines, $cited of them name a row"
	echo "not ok 2 - every line names a row"
fi
