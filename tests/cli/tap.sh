# SPDX-License-Identifier: BSD-2-Clause
# TAP for tests of leadctl in shell; sourced. Gives a folder of its own, removed at the end.
#
#   run [OPTION...] COMMAND...   runs leadctl on the test's database; then $code, $out, $err
#   is NAME WANTED GOT           equal texts
#   code_is NAME WANTED          $code of the last run
#   has NAME TEXT FILE           FILE contains TEXT
#   json_is NAME PATH WANTED     a value of $out (see json-get.c)
#   documented NAME PATH         the names of an object of $out are in the manual
#   done_testing                 the plan, and the exit status

: "${LEAD_BUILDDIR:=.}" "${LEAD_SRCDIR:=.}"
leadctl=$LEAD_BUILDDIR/cli/leadctl
json_get=$LEAD_BUILDDIR/tests/cli/json-get
tap_count=0
tap_failed=0

dir=$(mktemp -d "${TMPDIR:-/tmp}/leadctl.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
db=sqlite:$dir/lead.db
out=$dir/out err=$dir/err
printf '[milter]\nsocket = unix:%s/socket\n[mail]\nlocal_domains = ours.example\n' "$dir" \
	>"$dir/conf"

run()
{
	"$leadctl" -c "$dir/conf" --db "$db" "$@" >"$out" 2>"$err" </dev/null
	code=$?
}

ok() # NAME, after a test: uses $?
{
	set -- $? "$@"
	tap_count=$((tap_count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_count - $2"
		return 0
	fi
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_count - $2"
	return 1
}

tap_show() # LABEL FILE: what went wrong, as comments
{
	sed "s/^/#   $1: /" "$2" | head -n 20
}

is()
{
	[ "$2" = "$3" ]
	ok "$1" || { echo "#   wanted: $2"; echo "#   got:    $3"; }
}

code_is()
{
	[ "$code" -eq "$2" ]
	ok "$1" || { echo "#   wanted exit $2, got $code"; tap_show out "$out"; tap_show err "$err"; }
}

has()
{
	grep -F -q -e "$2" "$3"
	ok "$1" || { echo "#   wanted in it: $2"; tap_show got "$3"; }
}

hasnt()
{
	! grep -F -q -e "$2" "$3"
	ok "$1" || { echo "#   not wanted: $2"; tap_show got "$3"; }
}

json() # PATH [FILE]
{
	"$json_get" "$1" <"${2:-$out}"
}

json_is()
{
	tap_value=$(json "$2" 2>&1)
	is "$1" "$3" "$tap_value"
}

documented() # NAME PATH: the names of that object (ends in @) of $out stands in the manual
{
	for tap_name in $(json "$2"); do
		grep -q "^\.Li.*\b$tap_name\b" "$LEAD_SRCDIR/cli/leadctl.1"
		ok "$1: $tap_name is in the manual"
	done
}

done_testing()
{
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}
