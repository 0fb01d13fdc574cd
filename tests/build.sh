# SPDX-License-Identifier: BSD-2-Clause
# Building for demo.sh and check.sh. Sourced; $top is the source folder.
#
#   build_make NAME [configure options]   builds in $top/build/NAME, quietly; on failure
#                                         shows the end of the log and fails

jobs=$(nproc 2>/dev/null || echo 2)

build_log_tail() { # LOG
	tail -n 40 "$1" >&2
	echo "The whole log is $1" >&2
}

build_autogen() {
	if [ ! -x "$top/configure" ] || [ "$top/configure.ac" -nt "$top/configure" ] ||
		[ -n "$(find "$top" -name Makefile.inc -newer "$top/Makefile.in" 2>/dev/null)" ]; then
		mkdir -p "$top/build"
		"$top/autogen.sh" >"$top/build/autogen.log" 2>&1 || {
			build_log_tail "$top/build/autogen.log"
			return 1
		}
	fi
}

build_make() { # NAME [CONFIGURE-OPTION...]
	build_name=$1
	shift
	build_autogen || return 1
	mkdir -p "$top/build/$build_name"
	(
		cd "$top/build/$build_name" || exit 1
		{
			[ -f config.status ] && [ config.status -nt "$top/configure" ] ||
				"$top/configure" "$@"
		} >configure.log 2>&1 || {
			build_log_tail "$PWD/configure.log"
			exit 1
		}
		make -j"$jobs" >make.log 2>&1 || {
			build_log_tail "$PWD/make.log"
			exit 1
		}
	)
}
