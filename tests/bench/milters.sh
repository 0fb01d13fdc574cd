# SPDX-License-Identifier: BSD-2-Clause
# The milters that are measured, for scripts. Sourced; needs dir (a folder of its own),
# contacts (how many the store has), LEAD_BUILDDIR, and sync_ms if syncs are to be slower.
#
#	write_settings [LINE...]  leadmilter.conf, with further lines
#	prepare_store             the store that leadmilter begins with, each time
#	start MILTER              sets $pid, with the socket open and a fresh store; $socket
#	stop                      returns when the milter is gone
#
# MILTER: null-ideal, null-body, null-skip, null-full, ceiling-u, ceiling-u-G, leadmilter, other
# (another leadmilter of the same schema, $other).

bench=$LEAD_BUILDDIR/tests/bench
socket=unix:$dir/run/socket
pid=

write_settings() {
	{
		cat <<-END
			[milter]
			socket = $socket
			user =
			[mail]
			local_domains = ours.example
			trusted_authserv_ids = mx.ours.example
			[store]
			uri = sqlite:$dir/run/lead.db
			[log]
			level = warning
		END
		[ $# -eq 0 ] || printf '%s\n' "$@"
	} >"$dir/conf"
}

prepare_store() {
	"$bench/mta-load" --csv --contacts "$contacts" >"$dir/contacts.csv"
	"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --db "sqlite:$dir/prepared.db" init
	"$LEAD_BUILDDIR/cli/leadctl" -c "$dir/conf" --db "sqlite:$dir/prepared.db" \
		import "$dir/contacts.csv"
}

run_milter() { # PROGRAM [ARGUMENT...]
	if [ "${sync_ms:-0}" = 0 ]; then
		"$@"
		return
	fi
	delay_us=$(awk -v ms="$sync_ms" 'BEGIN { printf "%d", ms * 1000 }')
	LD_PRELOAD=$bench/slow-sync.so LEAD_SYNC_DELAY_US=$delay_us "$@"
}

start_leadmilter() { # PROGRAM
	cp "$dir/prepared.db" "$dir/run/lead.db"
	sync "$dir/run/lead.db" # or the first sync of the milter would have to write the copy
	run_milter "$1" -c "$dir/conf" # in the background it returns when it is ready
	pid=$(cat "$dir/run/socket.lock")
}

start() { # MILTER
	rm -rf "$dir/run"
	mkdir "$dir/run"
	case $1 in
	null-ideal) pid=$("$bench/null-milter" -s "$socket") ;;
	null-body) pid=$("$bench/null-milter" -s "$socket" -b) ;;
	null-skip) pid=$("$bench/null-milter" -s "$socket" -k) ;;
	null-full) pid=$("$bench/null-milter" -s "$socket" -f) ;;
	ceiling-u) pid=$(run_milter "$bench/ceiling-milter" -s "$socket" -d "$dir/run/db" -u) ;;
	ceiling-u-G) pid=$(run_milter "$bench/ceiling-milter" -s "$socket" -d "$dir/run/db" -u -G) ;;
	leadmilter) start_leadmilter "$LEAD_BUILDDIR/milter/leadmilter" ;;
	other) start_leadmilter "$other" ;;
	*)
		echo "there is no milter '$1'" >&2
		exit 2
		;;
	esac
}

# The next one begins when its threads and its last writes are gone.
stop() {
	kill "$pid"
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.02
	done
	pid=
}

finish() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || :
	rm -rf "$dir"
}
