#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Fuzzing: builds the targets for libFuzzer with clang, with address and undefined
# sanitizer, in a folder of their own, and runs each for a time.
#
#   FUZZ_SECONDS  for each target (default 60)
#   FUZZ_TARGETS  "body milter"; default all
#   FUZZ_BUILD    folder of the build (default build/fuzz); below it corpus/TARGET holds
#                 what was learned, for the next run, and crashes/ what broke
#
# Prints a line a target: CPU seconds, inputs tried, and whether it held. Exit 1 if one
# did not.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${FUZZ_BUILD:-$top/build/fuzz}
seconds=${FUZZ_SECONDS:-60}
targets=${FUZZ_TARGETS:-$(ls "$top/tests/fuzz/seeds")}

mkdir -p "$build/crashes" || exit 1
cd "$build" || exit 1
{
	[ -x "$top/configure" ] || "$top/autogen.sh"
	[ -f config.status ] || "$top/configure" --enable-fuzzing CC=clang CFLAGS='-g -O1'
} >configure.log 2>&1 || {
	tail -n 20 configure.log
	exit 1
}
make -j"$(nproc)" fuzz-programs >make.log 2>&1 || {
	tail -n 40 make.log
	exit 1
}

# A seed of more than 64 KiB teaches nothing that a smaller one would not.
run() { # TARGET
	mkdir -p "corpus/$1"
	LSAN_OPTIONS="suppressions=$top/tests/lsan.supp:print_suppressions=0" \
		G_SLICE=always-malloc \
		"tests/fuzz/fuzz-$1" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
		-rss_limit_mb=2048 -print_final_stats=1 -use_value_profile=1 \
		-artifact_prefix="crashes/$1-" "corpus/$1" "$top/tests/fuzz/seeds/$1" \
		>"$1.log" 2>&1
}

failed=0
printf '%-14s %8s %10s  %s\n' TARGET CPU INPUTS RESULT
for target in $targets; do
	before=$(awk '{ print $16 + $17 }' /proc/$$/stat)
	run "$target" && result=held || result="BROKEN: see $build/$target.log"
	[ "$result" = held ] || failed=1
	after=$(awk '{ print $16 + $17 }' /proc/$$/stat)
	printf '%-14s %7ss %10s  %s\n' "$target" \
		"$(((after - before) / $(getconf CLK_TCK)))" \
		"$(awk '/^stat::number_of_executed_units/ { print $2 }' "$target.log")" "$result"
done
exit $failed
