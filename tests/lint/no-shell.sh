#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# No program is started, by a shell or otherwise: no call of that kind in the sources, and
# none among what the installed programs ask of the C library.
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${LEAD_BUILDDIR:-$top/build/plain}
cd "$top" || exit 99

names='system popen wordexp exec[lv]p?e? execvpe execveat fexecve posix_spawnp?
	g_spawn_[a-z_]+ g_subprocess_[a-z_]+ g_app_info_[a-z_]+'
pattern=$(printf '%s|' $names)
pattern="(^|[^a-zA-Z0-9_])(${pattern%|})[[:space:]]*\\("

# What the pattern must find, or the test would prove nothing.
finds() {
	printf '%s\n' "$1" | grep -qE "$pattern"
}

echo 1..4

if finds '	system(command);' && finds '	p = popen (x, "r");' && finds '(void)execl("/bin/sh",' &&
	finds 'g_spawn_command_line_sync(line,' && finds 'posix_spawnp(&pid,' &&
	! finds 'cannot open: it is on a network file_system (%s)'; then
	echo "ok 1 - the pattern finds calls, and calls only"
else
	echo "not ok 1 - the pattern finds calls, and calls only"
fi

# Comments and texts may speak of a file system (and its name).
calls=$(grep -nE "$pattern" $(find lib milter cli include -name '*.[ch]') |
	grep -vE ':[[:space:]]*(/?\*|//)|"[^"]*file system \(')
if [ -z "$calls" ]; then
	echo "ok 2 - no call that starts a program"
else
	printf '%s\n' "$calls" | sed 's/^/# /'
	echo "not ok 2 - no call that starts a program"
fi

texts=$(grep -nE '"(/bin/|/usr/bin/)?(ba|da)?sh"|sh -c' $(find lib milter cli include -name '*.[ch]'))
if [ -z "$texts" ]; then
	echo "ok 3 - no shell is named"
else
	printf '%s\n' "$texts" | sed 's/^/# /'
	echo "not ok 3 - no shell is named"
fi

programs=
for program in milter/leadmilter cli/leadctl; do
	[ ! -x "$build/$program" ] || programs="$programs $build/$program"
done
if [ -z "$programs" ] || ! command -v nm >/dev/null; then
	echo "ok 4 - no program asks for such a call # SKIP nothing is built, or no nm(1)"
	exit 0
fi
# A sanitizer brings calls of its own, for its symbolizer.
asked=$(for program in $programs; do
	nm --undefined-only "$program" 2>/dev/null | awk '{ print $NF }' | sed 's/@.*//'
done | sort -u)
case $asked in
*__asan_* | *__tsan_*)
	echo "ok 4 - no program asks for such a call # SKIP built with a sanitizer"
	exit 0
	;;
esac
found=$(printf '%s(\n' $asked | grep -E "$pattern")
if [ -z "$found" ] && [ -n "$asked" ]; then
	echo "ok 4 - no program asks for such a call"
else
	printf '%s\n' "$found" | sed 's/^/# /'
	echo "not ok 4 - no program asks for such a call"
fi
