# SPDX-License-Identifier: BSD-2-Clause
# A private Sendmail on loopback, from packages that are unpacked and never installed (they
# conflict with Postfix). Sourced after postfix.sh; needs root and Debian's packages.
#
#   sendmail_unpack DIR       fetches and unpacks; fails if the packages cannot be had
#   sendmail_filter NAME EQUATES         a milter, in Sendmail's words
#   sendmail_listener NAME PORT FILTERS  asks these in turn: names with semicolons between,
#                                        or none
#   sendmail_make DIR PORT               an instance below DIR with these; what sendmail(1)
#                                        submits goes to PORT, all other mail to sink_port
#   sendmail_add_user NAME PASSWORD      for AUTH; realm: the host name
#   sendmail_start / sendmail_stop
#   sendmail_submit ARGUMENT...          sendmail(1), the submission program

sendmail_packages='sendmail-bin sendmail-cf liblockfile1 libnsl2 libwrap0 libldap-2.5-0
	libsasl2-2 libdb5.3'
sasl_plugins=/usr/lib/$(uname -m)-linux-gnu/sasl2
sendmail_filters=
sendmail_listeners=
sendmail_ports=

sendmail_unpack() { # DIR
	sendmail_root=$1
	[ ! -x "$sendmail_root/sendmail" ] || return 0
	rm -rf "$sendmail_root"
	mkdir -p "$sendmail_root/packages"
	(
		cd "$sendmail_root/packages" || exit 1
		# shellcheck disable=SC2086
		apt-get download $sendmail_packages >download.log 2>&1 || exit 1
		for package in *.deb; do
			dpkg -x "$package" .. || exit 1
		done
	) || return 1
	# The packaged program is setgid, and such a program ignores LD_LIBRARY_PATH.
	cp "$sendmail_root/usr/libexec/sendmail/sendmail" "$sendmail_root/sendmail" &&
		chmod 755 "$sendmail_root/sendmail"
}

sendmail_filter() { # NAME EQUATES
	sendmail_filters="$sendmail_filters
MAIL_FILTER(\`$1', \`$2')dnl"
}

sendmail_listener() { # NAME PORT FILTERS
	sendmail_ports="$sendmail_ports $2"
	sendmail_listeners="$sendmail_listeners
DAEMON_OPTIONS(\`Name=$1, Port=$2, Addr=127.0.0.1, InputMailFilters=$3')dnl"
}

# What the server and the submission program have in common.
sendmail_mc() { # QUEUE
	cat <<-END
		divert(-1)
		divert(0)dnl
		OSTYPE(\`linux')dnl
		define(\`confCW_FILE', \`$sendmail_lab/cw')dnl
		define(\`QUEUE_DIR', \`$1')dnl
		define(\`MSP_QUEUE_DIR', \`$1')dnl
		define(\`confPID_FILE', \`$1.pid')dnl
		define(\`confSERVICE_SWITCH_FILE', \`$sendmail_lab/switch')dnl
		define(\`STATUS_FILE', \`')dnl
		define(\`HELP_FILE', \`')dnl
		undefine(\`ALIAS_FILE')dnl
		define(\`confDOMAIN_NAME', \`mta.ours.example')dnl
		define(\`confTO_IDENT', \`0s')dnl
		define(\`confDONT_BLAME_SENDMAIL', \`GroupWritableDirPathSafe')dnl
		FEATURE(\`nocanonify')dnl
		FEATURE(\`accept_unresolvable_domains')dnl
		FEATURE(\`accept_unqualified_senders')dnl
	END
}

# MaxHeadersLength stays what it is by default, 32768; the port of ESMTP's arguments is
# where the smart host listens.
sendmail_make_server() {
	sendmail_mc "$sendmail_lab/queue"
	cat <<-END
		define(\`confDELIVERY_MODE', \`background')dnl
		define(\`confBAD_RCPT_THROTTLE', \`0')dnl
		define(\`confPRIVACY_FLAGS', \`')dnl
		define(\`confAUTH_MECHANISMS', \`PLAIN')dnl
		FEATURE(\`promiscuous_relay')dnl
		FEATURE(\`no_default_msa')dnl
		define(\`SMART_HOST', \`esmtp:[127.0.0.1]')dnl
		define(\`ESMTP_MAILER_ARGS', \`TCP \$h $sink_port')dnl
		$sendmail_filters
		$sendmail_listeners
		MAILER(\`local')dnl
		MAILER(\`smtp')dnl
	END
}

sendmail_make_submission() { # PORT
	sendmail_mc "$sendmail_lab/submission"
	cat <<-END
		define(\`confRUN_AS_USER', \`postfix')dnl
		define(\`RELAY_MAILER_ARGS', \`TCP \$h $1')dnl
		FEATURE(\`msp', \`[127.0.0.1]')dnl
	END
}

sendmail_make() { # DIR SUBMISSION-PORT
	sendmail_lab=$1
	cf=$sendmail_root/usr/share/sendmail/cf/
	mkdir -p "$sendmail_lab/queue" "$sendmail_lab/submission" "$sendmail_lab/log" "$sendmail_lab/sasl"
	chmod 700 "$sendmail_lab/queue" "$sendmail_lab/submission"
	chown postfix "$sendmail_lab/submission" # it refuses to run as root
	printf 'hosts\tfiles\naliases\tfiles\n' >"$sendmail_lab/switch"
	printf '127.0.0.1 localhost mta.ours.example\n' >"$sendmail_lab/hosts"
	printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$sendmail_lab/resolv.conf"
	: >"$sendmail_lab/cw"
	cp -a "$sasl_plugins/." "$sendmail_lab/sasl"
	cat >"$sendmail_lab/sasl/Sendmail.conf" <<-END
		pwcheck_method: auxprop
		auxprop_plugin: sasldb
		sasldb_path: $sendmail_lab/sasldb2
		mech_list: PLAIN
	END
	sendmail_make_server >"$sendmail_lab/sendmail.mc"
	sendmail_make_submission "$2" >"$sendmail_lab/submit.mc"
	for name in sendmail submit; do
		m4 -D_CF_DIR_="$cf" "$cf/m4/cf.m4" "$sendmail_lab/$name.mc" >"$sendmail_lab/$name.cf" \
			2>>"$sendmail_lab/log/m4"
	done
}

sendmail_add_user() { # NAME PASSWORD
	printf '%s' "$2" | saslpasswd2 -p -c -f "$sendmail_lab/sasldb2" -u mta.ours.example "$1"
	chmod 600 "$sendmail_lab/sasldb2"
}

sendmail_is_up() {
	for port in $sendmail_ports; do
		port_listens "$port" || return 1
	done
}

# In name spaces of its own: an unqualified host name would make it ask the DNS and sleep,
# and its SASL settings lie where those of the system do.
sendmail_exec() { # ARGUMENT...: in a subshell, which becomes the program
	cd "$sendmail_lab" || exit 1
	LD_LIBRARY_PATH=$sendmail_root/usr/lib/$(uname -m)-linux-gnu:$sendmail_root/lib/$(uname -m)-linux-gnu
	export LD_LIBRARY_PATH sendmail_root sasl_plugins
	exec unshare --uts --mount sh -c '
		hostname mta.ours.example
		mount --bind hosts /etc/hosts
		mount --bind resolv.conf /etc/resolv.conf
		mount --bind sasl "$sasl_plugins"
		exec "$sendmail_root/sendmail" "$@"
	' sh "$@"
}

sendmail_start() {
	sendmail_exec -bD -X "$sendmail_lab/log/trace" "-C$sendmail_lab/sendmail.cf" \
		>"$sendmail_lab/log/sendmail" 2>&1 &
	sendmail_pid=$!
	wait_for 60 sendmail_is_up
}

sendmail_submit() { # ARGUMENT...
	(sendmail_exec -Ac "-C$sendmail_lab/submit.cf" "$@")
}

sendmail_stop() {
	[ -z "${sendmail_pid:-}" ] || kill "$sendmail_pid" 2>/dev/null || true
	sendmail_pid=
}
