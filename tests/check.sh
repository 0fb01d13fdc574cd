#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# All tests: installs what is missing (Debian 12, root), builds, tests. The last line
# counts: N passed, N failed, N skipped.
#
#   plain      gcc, hardened, warnings are errors: everything, with a real Postfix
#   sanitized  address and undefined: unit, contract, protocol, CLI
#   threads    thread sanitizer: what is shared between threads
#   clang      builds without a warning
#   analysis   cppcheck and clang-tidy find nothing that was not reviewed
#   memcheck   unit tests under valgrind: no error, nothing definitely lost
#   coverage   lines and branches that unit, contract, protocol and CLI tests run, by
#              folder; lib/mail and lib/crm at least 95 % of lines
#   dist       make distcheck: the release builds from its own tarball, in a read-only
#              tree, and installs and uninstalls
#
# Without root, packages must be there, and what needs root is skipped, and says so.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/packages.sh"
. "$top/tests/build.sh"

packages_need build run test || exit 1

passed=0
failed=0
skipped=0

count_file() { # test-suite.log of a finished `make check`
	eval "$(awk '
		$1 == "#" && $2 == "PASS:" { pass = $3 }
		$1 == "#" && $2 == "SKIP:" { skip = $3 }
		$1 == "#" && ($2 == "FAIL:" || $2 == "XPASS:" || $2 == "ERROR:") { fail += $3 }
		END { printf "p=%d f=%d s=%d", pass, fail, skip }' "$1")"
	passed=$((passed + p))
	failed=$((failed + f))
	skipped=$((skipped + s))
	echo "    $p passed, $f failed, $s skipped"
}

one() { # NAME STATUS: counts a step that is one test
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		echo "    ok"
	else
		failed=$((failed + 1))
		echo "    FAILED: $1"
	fi
}

run_check() { # NAME [make variables]
	check_dir=$top/build/$1
	shift
	rm -f "$check_dir/test-suite.log"
	status=0
	make -C "$check_dir" check "$@" >"$check_dir/check.log" 2>&1 </dev/null || status=$?
	if [ ! -f "$check_dir/test-suite.log" ]; then
		build_log_tail "$check_dir/check.log"
		failed=$((failed + 1))
		return
	fi
	count_file "$check_dir/test-suite.log"
	[ "$status" -eq 0 ] || {
		grep -E '^(FAIL|ERROR|XPASS)' "$check_dir/check.log" | head -n 40
		grep -vE '^(ok|PASS|SKIP)' "$check_dir/test-suite.log" | sed '1,/^.. contents/d' | head -n 150
	}
	grep '^SKIP' "$check_dir/check.log" | sort | uniq -c | head -n 20
}

step() {
	printf '%s  %s\n' "$(date +%H:%M:%S)" "$1"
}

step "plain: build"
if build_make plain --enable-werror; then
	step "plain: all tests"
	run_check plain -j"$jobs"
else
	one "plain: build" 1
fi

for tool in cppcheck clang-tidy; do
	step "analysis: $tool"
	sh "$top/tests/analysis/analyze.sh" "$tool" "$top/build/plain"
	one "analysis: $tool" $?
done

step "memcheck: unit tests under valgrind"
run_check plain -j"$jobs" "TESTS=$(make -s -C "$top/build/plain" print-tests-memcheck)" \
	LOG_COMPILER="sh $top/tests/analysis/memcheck"

step "coverage: build"
if build_make coverage --enable-werror --enable-coverage --disable-hardening CFLAGS='-g -O0'; then
	step "coverage: unit, contract, protocol, CLI tests"
	find "$top/build/coverage" -name '*.gcda' -exec rm -f {} +
	run_check coverage -j"$jobs" check_PROGRAMS=tests/cli/json-get \
		"TESTS=$(make -s -C "$top/build/coverage" print-tests-coverage)"
	sh "$top/tests/analysis/coverage.sh" "$top/build/coverage" lib/mail=95 lib/crm=95
	one "coverage: floors" $?
else
	one "coverage: build" 1
fi

step "sanitized (address, undefined): build"
if build_make sanitized --enable-werror --enable-sanitizers=address,undefined \
	CFLAGS='-g -O1'; then
	step "sanitized: unit, contract, protocol, CLI tests"
	run_check sanitized -j"$jobs" "TESTS=$(make -s -C "$top/build/sanitized" print-tests-sanitized)"
else
	one "sanitized: build" 1
fi

step "threads: build"
if build_make threads --enable-werror --enable-sanitizers=thread CFLAGS='-g -O1'; then
	step "threads: contract and protocol tests, recorder, ingest"
	run_check threads -j"$jobs" check_PROGRAMS=tests/cli/json-get \
		"TESTS=$(make -s -C "$top/build/threads" print-tests-threads)"
else
	one "threads: build" 1
fi

step "clang: build without a warning"
build_make clang --enable-werror --disable-hardening CC=clang CFLAGS='-g -O0'
one "clang: build" $?

step "dist: make distcheck"
status=0
make -C "$top/build/plain" -j"$jobs" distcheck \
	AM_DISTCHECK_CONFIGURE_FLAGS="--enable-werror --disable-hardening CFLAGS='-g -O0'" \
	"TESTS=$(make -s -C "$top/build/plain" print-tests-dist)" \
	>"$top/build/plain/distcheck.log" 2>&1 </dev/null || status=$?
[ "$status" -eq 0 ] || build_log_tail "$top/build/plain/distcheck.log"
one "dist: make distcheck" "$status"

step "done"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
