#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Static analysis of the sources: analyze.sh clang-tidy|cppcheck BUILD-FOLDER
#
# Fails on every finding that tests/analysis/reviewed.txt does not name, if the tool could
# not read a source, and if it found nothing in tests/analysis/known-bad.c. BUILD-FOLDER is
# one that was configured, and built (for config.h).
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
tool=$1
build=$(cd "$2" && pwd) || exit 1
reviewed=$top/tests/analysis/reviewed.txt
jobs=$(nproc 2>/dev/null || echo 2)

sources() {
	(cd "$top" && find lib milter cli tests/analysis -name '*.c' ! -name '*-resources.c' | sort)
}

# Each prints FILE:LINE: MESSAGE [ID], with FILE as sources() names it.
run_clang_tidy() {
	sources | sed "s|^|$top/|" |
		xargs -P "$jobs" -n 4 clang-tidy --quiet -p "$build" 2>"$build/clang-tidy.err" |
		sed -n "s|^$top/\\([^:]*\\):\\([0-9]*\\):[0-9]*: [a-z]*: \\(.*\\]\\)\$|\\1:\\2: \\3|p"
}

# The macros of GLib are not expanded: posix.cfg and gtk.cfg say what they do.
run_cppcheck() {
	(cd "$top" && sources | cppcheck -q -j "$jobs" --std=c11 --library=posix,gtk \
		--enable=warning,portability,performance --file-list=- \
		--error-exitcode=0 -Iinclude -I. -Ilib/store -Ilib/store/sqlite \
		--template='{file}:{line}: {message} [{id}]' 2>&1)
}

# A line of the list is TOOL ID FILE COUNT REASON; further findings of that kind in that
# file are new ones.
judge() {
	awk -v tool="$tool" -v list="$reviewed" '
		FILENAME == list {
			if ($1 == tool)
				allowed[$3 " " $2] += $4
			next
		}
		{
			file = $1
			sub(/:.*/, "", file)
			id = $0
			sub(/.*\[/, "", id)
			sub(/[],].*/, "", id)
			all++
			if (++found[file " " id] > allowed[file " " id]) {
				print
				bad++
			}
		}
		END {
			for (key in allowed) {
				if (found[key] >= allowed[key])
					continue
				print "found less often, correct the list: " key
				bad += key ~ /known-bad/
			}
			printf "    %d findings, %d of them not reviewed\n", all, bad
			exit bad > 0
		}' "$reviewed" -
}

findings=$build/$tool.findings
case $tool in
clang-tidy)
	make -s -C "$build" compile_flags.txt || exit 1
	run_clang_tidy >"$findings"
	if grep -q 'error:' "$build/clang-tidy.err"; then
		grep 'error:' "$build/clang-tidy.err" | head -n 20
		exit 1
	fi
	;;
cppcheck) run_cppcheck >"$findings" ;;
*)
	echo "usage: analyze.sh clang-tidy|cppcheck BUILD-FOLDER" >&2
	exit 2
	;;
esac
judge <"$findings"
