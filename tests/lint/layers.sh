#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The layers: reads the #include lines of every source and fails on an arrow that runs
# back, and on an outside library used past its door.
#
#   mail <- settings <- crm <- store <- record <- milter; cli uses record, store, crm,
#   settings and mail.
top=${LEAD_SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$top" || exit 99

# Which folder implements a header of include/lead: looked up by the source beside it,
# and named here where header and source have different names.
owner_of() { # NAME (without .h)
	case $1 in
	address | field | error | envelope | body | facts) echo mail ;;
	history | summary | match | outcome | tier | decide | classify | direction | stage | subject | words) echo crm ;;
	contact | store) echo store ;;
	recorder | ingest | message-source | spool) echo record ;;
	settings) echo settings ;;
	*)
		for layer in mail settings crm store record; do
			if [ -f "lib/$layer/$1.c" ]; then
				echo "$layer"
				return
			fi
		done
		echo unknown
		;;
	esac
}
rank() {
	case $1 in
	mail) echo 1 ;; settings) echo 2 ;; crm) echo 3 ;; store) echo 4 ;; record) echo 5 ;;
	milter | cli) echo 6 ;; *) echo 0 ;;
	esac
}

problems=
complain() {
	problems="$problems# $1
"
}

check_file() { # FILE LAYER
	mine=$(rank "$2")
	for header in $(sed -n 's/^#include "lead\/\([a-z-]*\)\.h".*/\1/p' "$1"); do
		theirs=$(owner_of "$header")
		[ "$theirs" != unknown ] || complain "$1: nobody owns lead/$header.h"
		[ "$(rank "$theirs")" -le "$mine" ] ||
			complain "$1: $2 may not include lead/$header.h of $theirs"
	done
	case $1 in
	lib/mail/*) ;;
	*) ! grep -q '^#include <gmime/' "$1" || complain "$1: GMime's door is lib/mail" ;;
	esac
	case $1 in
	lib/store/sqlite/*) ;;
	*) ! grep -q '^#include <sqlite3.h>' "$1" || complain "$1: SQLite's door is lib/store/sqlite" ;;
	esac
	case $1 in
	milter/*) ;;
	*) ! grep -q '^#include <libmilter/' "$1" || complain "$1: libmilter's door is milter" ;;
	esac
	case ${1##*/} in
	*util* | *common* | *helper* | *manager* | *misc*) complain "$1: says nothing by its name" ;;
	esac
}

for layer in mail settings crm store record; do
	for file in $(find "lib/$layer" -name '*.[ch]' ! -name '*-resources.*'); do
		check_file "$file" "$layer"
	done
done
for file in $(find milter cli -name '*.[ch]'); do
	check_file "$file" "${file%%/*}"
done
for file in include/lead/*.h; do
	name=${file##*/}
	check_file "$file" "$(owner_of "${name%.h}")"
done

gmime=$(grep -l '^#include <gmime/' lib/mail/*.c | wc -l)
[ "$gmime" -le 6 ] || complain "GMime is used in $gmime files of lib/mail: its door stands wide open"

echo 1..1
if [ -z "$problems" ]; then
	echo "ok 1 - every include follows the arrows"
else
	printf '%s' "$problems"
	echo "not ok 1 - every include follows the arrows"
fi
