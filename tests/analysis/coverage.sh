#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Which lines and branches the tests have run: coverage.sh BUILD-FOLDER [FOLDER=FLOOR...]
#
# BUILD-FOLDER was configured with --enable-coverage, and its tests have run. Prints a line
# for each folder of sources; fails if a FOLDER has run less than FLOOR percent of its
# lines. What was not run is in BUILD-FOLDER/coverage.missing, as FILE:LINE: TEXT.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd) || exit 1
shift
cd "$build" || exit 1

# gcov's report: "COUNT:LINE:TEXT", line 0 for what is about the file, and below a line
# what became of its branches. Headers come once for each source, and are left out, and so
# are objects that tests make of our sources for themselves.
find lib milter cli -name '*.gcno' ! -name '*-resources.gcno' ! -name 'tests_*' | sort |
	xargs gcov -b -t 2>coverage.err |
	awk -v floors="$*" -v top="$top/" '
	/^ *-: *0:Source:/ {
		file = $0
		sub(/.*:Source:/, "", file)
		if (index(file, top) == 1)
			file = substr(file, length(top) + 1)
		sub(/^(\.\.\/)+/, "", file)
		wanted = file ~ /^(lib|milter|cli)\/.*\.c$/
		folder = file
		sub(/\/[^\/]*$/, "", folder)
		next
	}
	!wanted { next }
	/^branch / {
		branches[folder]++
		branches_run[folder] += $3 == "taken" && $4 + 0 > 0
		next
	}
	/^ *[^ :]+: *[0-9]+:/ {
		count = $0
		sub(/:.*/, "", count)
		gsub(/ /, "", count)
		if (count == "-")
			next
		lines[folder]++
		if (count !~ /^[#=]/) {
			lines_run[folder]++
			next
		}
		text = $0
		sub(/^[^:]*: */, "", text)
		print file ":" text >"coverage.missing"
	}
	function percent(part, all) {
		return all > 0 ? 100 * part / all : 100
	}
	function report(name) {
		return sprintf("    %-18s %6d lines %5.1f %%   %6d branches %5.1f %%", name,
			lines[name], percent(lines_run[name], lines[name]),
			branches[name], percent(branches_run[name], branches[name]))
	}
	BEGIN { printf "" >"coverage.missing" }
	END {
		for (name in lines)
			print report(name) | "sort"
		close("sort")
		for (name in lines) {
			if (name == "all")
				continue
			lines["all"] += lines[name]
			lines_run["all"] += lines_run[name]
			branches["all"] += branches[name]
			branches_run["all"] += branches_run[name]
		}
		print report("all")
		n = split(floors, floor, " ")
		for (i = 1; i <= n; i++) {
			split(floor[i], part, "=")
			reached = percent(lines_run[part[1]], lines[part[1]])
			if (lines[part[1]] == 0 || reached < part[2] + 0) {
				printf "    %s: %.1f %% of lines are less than %s %%\n",
					part[1], reached, part[2]
				bad = 1
			}
		}
		exit bad
	}'
