# SPDX-License-Identifier: BSD-2-Clause
# A private Postfix on loopback: own configuration, own queue, high ports, nothing of the
# system's Postfix touched. Sourced; needs root, Postfix, and Cyrus SASL's sasldb.
#
#   postfix_make DIR MILTER   writes an instance below DIR that asks MILTER (main.cf
#                             syntax; empty for none)
#   postfix_start / postfix_stop
#   postfix_listener PORT OPTION...   one more listener, before the start, with these
#                             settings of its own ("name = value")
#   sink_start / sink_stop    where all accepted mail goes, see smtp-keep.c: files in
#                             $lab/sink; refusing.example is unknown there
#
# Afterwards these are set: lab, mx_port (from outside), submission_port (AUTH),
# xclient_port, sink_port.

free_port() { # a port nobody listens on or talks from now
	awk -v seed="$$$(date +%N)" 'BEGIN { srand(seed % 2147483647 + ++n) }
		function hex(s,   v, i) {
			for (i = 1; i <= length(s); i++)
				v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
			return v
		}
		FNR > 1 { split($2, a, ":"); used[hex(a[2])] = 1 }
		END { do p = 20000 + int(rand() * 12000); while (p in used); print p }
	' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# None is free any more for the next, nor for another test that runs at the same time and
# has not opened its own yet: a folder is there for each that was taken within the hour.
take_ports() { # NAME...: variables to set
	ports_taken=${TMPDIR:-/tmp}/lead-ports.$(id -u)
	mkdir -p "$ports_taken" || exit 1
	find "$ports_taken" -mindepth 1 -maxdepth 1 -mmin +60 -exec rmdir {} + 2>/dev/null
	for port_name; do
		port=$(free_port)
		until mkdir "$ports_taken/$port" 2>/dev/null; do
			[ -w "$ports_taken" ] || exit 1
			port=$(free_port)
		done
		eval "$port_name=$port"
	done
}

wait_for() { # SECONDS COMMAND...: until it succeeds
	wait_until=$(($(date +%s) + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$wait_until" ] || return 1
		sleep 0.05
	done
}

port_listens() { # PORT
	awk -v want="$(printf '%04X' "$1")" '{ split($2, a, ":") }
		a[2] == want && $4 == "0A" { found = 1 } END { exit !found }' \
		/proc/net/tcp /proc/net/tcp6 2>/dev/null
}

postfix_usable() {
	[ "$(id -u)" -eq 0 ] && command -v postfix >/dev/null &&
		command -v saslpasswd2 >/dev/null && getent passwd postfix >/dev/null
}

postfix_make() { # DIR MILTER
	lab=$1
	take_ports mx_port submission_port xclient_port sink_port
	mkdir -p "$lab/etc/sasl" "$lab/queue" "$lab/data" "$lab/sink" "$lab/log"
	chmod 755 "$lab" "$lab/etc" "$lab/queue"
	chown postfix "$lab/data" "$lab/sink"

	cat >"$lab/etc/main.cf" <<-END
		compatibility_level = 3.6
		queue_directory = $lab/queue
		data_directory = $lab/data
		maillog_file = $lab/log/mail.log
		maillog_file_prefixes = $lab
		alternate_config_directories = $lab/etc
		import_environment = MAIL_CONFIG TZ
		myhostname = mta.ours.example
		mydomain = ours.example
		myorigin = ours.example
		mydestination =
		mynetworks = 127.0.0.1/32
		inet_interfaces = 127.0.0.1
		inet_protocols = ipv4
		relay_domains = ours.example
		relayhost = [127.0.0.1]:$sink_port
		relay_transport = smtp:[127.0.0.1]:$sink_port
		internal_mail_filter_classes = bounce
		smtp_dns_support_level = disabled
		smtp_host_lookup = native
		smtpd_peername_lookup = no
		smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated,
		  reject_unauth_destination
		smtpd_client_connection_count_limit = 0
		smtputf8_enable = yes
		alias_maps =
		alias_database =
		local_recipient_maps =
		biff = no
		smtpd_milters = $2
		non_smtpd_milters = $2
		milter_default_action = accept
		milter_connect_timeout = 60s
		milter_command_timeout = 60s
	END
	cat >"$lab/etc/master.cf" <<-END
		postlog   unix-dgram n  -  n  -  1  postlogd
		127.0.0.1:$mx_port inet n - n - 60 smtpd
		127.0.0.1:$submission_port inet n - n - 20 smtpd
		  -o syslog_name=postfix/submission
		  -o milter_macro_daemon_name=ORIGINATING
		  -o smtpd_sasl_auth_enable=yes
		  -o smtpd_sasl_security_options=noanonymous
		127.0.0.1:$xclient_port inet n - n - 20 smtpd
		  -o smtpd_authorized_xclient_hosts=127.0.0.0/8
		pickup    unix n  -  n  60 1  pickup
		cleanup   unix n  -  n  -  0  cleanup
		qmgr      unix n  -  n  300 1 qmgr
		tlsmgr    unix -  -  n  1000? 1 tlsmgr
		rewrite   unix -  -  n  -  -  trivial-rewrite
		bounce    unix -  -  n  -  0  bounce
		defer     unix -  -  n  -  0  bounce
		trace     unix -  -  n  -  0  bounce
		verify    unix -  -  n  -  1  verify
		flush     unix n  -  n  1000? 0 flush
		proxymap  unix -  -  n  -  -  proxymap
		smtp      unix -  -  n  -  -  smtp
		relay     unix -  -  n  -  -  smtp
		showq     unix n  -  n  -  -  showq
		error     unix -  -  n  -  -  error
		retry     unix -  -  n  -  -  error
		discard   unix -  -  n  -  -  discard
		local     unix -  n  n  -  -  local
		virtual   unix -  n  n  -  -  virtual
		lmtp      unix -  -  n  -  -  lmtp
		anvil     unix -  -  n  -  1  anvil
		scache    unix -  -  n  -  1  scache
	END
	# Debian's Postfix looks for this in the folder "sasl" of the configuration.
	cat >"$lab/etc/sasl/smtpd.conf" <<-END
		pwcheck_method: auxprop
		auxprop_plugin: sasldb
		sasldb_path: $lab/data/sasldb2
		mech_list: PLAIN
	END
}

postfix_listener() { # PORT OPTION...
	echo "127.0.0.1:$1 inet n - n - 20 smtpd"
	shift
	for option; do
		printf '  -o { %s }\n' "$option"
	done
} >>"$lab/etc/master.cf"

postfix_add_user() { # NAME PASSWORD (realm: the host name)
	printf '%s' "$2" | saslpasswd2 -p -c -f "$lab/data/sasldb2" -u mta.ours.example "$1"
	chown postfix "$lab/data/sasldb2"
}

auth_plain() { # NAME PASSWORD: the argument of AUTH PLAIN
	printf '\000%s\000%s' "$1" "$2" | base64
}

postfix_is_up() {
	port_listens "$mx_port" && port_listens "$submission_port"
}

postfix_start() {
	postfix -c "$lab/etc" check >"$lab/log/check" 2>&1 || {
		cat "$lab/log/check" >&2
		return 1
	}
	postfix -c "$lab/etc" start >"$lab/log/start" 2>&1 || {
		cat "$lab/log/start" "$lab/log/mail.log" >&2
		return 1
	}
	wait_for 60 postfix_is_up
}

postfix_stop() {
	[ -z "${lab:-}" ] || [ ! -f "$lab/etc/main.cf" ] ||
		postfix -c "$lab/etc" stop >/dev/null 2>&1 || true
}

# Postfix's own smtp-sink would do for counting, but not for comparing octets.
sink_start() {
	"${LEAD_BUILDDIR:-$top/build/plain}/tests/integration/smtp-keep" "$sink_port" "$lab/sink" \
		2>"$lab/log/sink" &
	sink_pid=$!
	wait_for 60 port_listens "$sink_port"
}

sink_stop() {
	[ -z "${sink_pid:-}" ] || kill "$sink_pid" 2>/dev/null || true
	sink_pid=
}

sink_count() {
	find "$lab/sink" -name '*.mail' | wc -l
}
