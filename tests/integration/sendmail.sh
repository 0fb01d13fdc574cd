# SPDX-License-Identifier: BSD-2-Clause
# A private Sendmail on loopback, from packages that are unpacked and never installed (they
# conflict with Postfix). Sourced after postfix.sh; needs root and Debian's packages.
#
#   sendmail_unpack DIR       fetches and unpacks; fails if the packages cannot be had
#   sendmail_make DIR MILTER  an instance below DIR that asks MILTER ("S=..." equates; empty
#                             for none)
#   sendmail_start / sendmail_stop
#
# Afterwards: sendmail_lab, sendmail_mx_port, sendmail_msa_port. Mail goes to the sink of
# postfix.sh.

sendmail_packages='sendmail-bin sendmail-cf liblockfile1 libnsl2 libwrap0 libldap-2.5-0
	libsasl2-2 libdb5.3'

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

sendmail_make() { # DIR MILTER-EQUATES
	sendmail_lab=$1
	sendmail_mx_port=$(free_port)
	sendmail_msa_port=$(free_port)
	cf=$sendmail_root/usr/share/sendmail/cf/
	mkdir -p "$sendmail_lab/queue" "$sendmail_lab/log"
	chmod 700 "$sendmail_lab/queue"
	printf 'hosts\tfiles\naliases\tfiles\n' >"$sendmail_lab/switch"
	printf '127.0.0.1 localhost mta.ours.example\n' >"$sendmail_lab/hosts"
	printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$sendmail_lab/resolv.conf"
	: >"$sendmail_lab/cw"
	filter=
	[ -z "$2" ] || filter="INPUT_MAIL_FILTER(\`lead', \`$2')dnl"
	cat >"$sendmail_lab/sendmail.mc" <<-END
		divert(-1)
		divert(0)dnl
		OSTYPE(\`linux')dnl
		define(\`confCW_FILE', \`$sendmail_lab/cw')dnl
		define(\`QUEUE_DIR', \`$sendmail_lab/queue')dnl
		define(\`confPID_FILE', \`$sendmail_lab/sendmail.pid')dnl
		define(\`confSERVICE_SWITCH_FILE', \`$sendmail_lab/switch')dnl
		define(\`STATUS_FILE', \`')dnl
		define(\`HELP_FILE', \`')dnl
		undefine(\`ALIAS_FILE')dnl
		define(\`confDOMAIN_NAME', \`mta.ours.example')dnl
		define(\`confDELIVERY_MODE', \`background')dnl
		define(\`confTO_IDENT', \`0s')dnl
		define(\`confBAD_RCPT_THROTTLE', \`0')dnl
		define(\`confPRIVACY_FLAGS', \`')dnl
		define(\`confDONT_BLAME_SENDMAIL', \`GroupWritableDirPathSafe')dnl
		FEATURE(\`nocanonify')dnl
		FEATURE(\`accept_unresolvable_domains')dnl
		FEATURE(\`accept_unqualified_senders')dnl
		FEATURE(\`promiscuous_relay')dnl
		FEATURE(\`no_default_msa')dnl
		define(\`SMART_HOST', \`esmtp:[127.0.0.1]')dnl
		define(\`ESMTP_MAILER_ARGS', \`TCP \$h $sink_port')dnl
		DAEMON_OPTIONS(\`Name=MTA-lab, Port=$sendmail_mx_port, Addr=127.0.0.1')dnl
		DAEMON_OPTIONS(\`Name=MSA, Port=$sendmail_msa_port, Addr=127.0.0.1')dnl
		$filter
		MAILER(\`local')dnl
		MAILER(\`smtp')dnl
	END
	m4 -D_CF_DIR_="$cf" "$cf/m4/cf.m4" "$sendmail_lab/sendmail.mc" >"$sendmail_lab/sendmail.cf" \
		2>"$sendmail_lab/log/m4"
}

sendmail_is_up() {
	port_listens "$sendmail_mx_port" && port_listens "$sendmail_msa_port"
}

# In name spaces of its own: an unqualified host name would make it ask the DNS and sleep.
sendmail_start() {
	(
		cd "$sendmail_lab" || exit 1
		LD_LIBRARY_PATH=$sendmail_root/usr/lib/$(uname -m)-linux-gnu:$sendmail_root/lib/$(uname -m)-linux-gnu
		export LD_LIBRARY_PATH
		exec unshare --uts --mount sh -c '
			hostname mta.ours.example
			mount --bind hosts /etc/hosts
			mount --bind resolv.conf /etc/resolv.conf
			exec "$1" -bD -X "$2/log/trace" "-C$2/sendmail.cf"
		' sh "$sendmail_root/sendmail" "$sendmail_lab"
	) >"$sendmail_lab/log/sendmail" 2>&1 &
	sendmail_pid=$!
	wait_for 20 sendmail_is_up
}

sendmail_stop() {
	[ -z "${sendmail_pid:-}" ] || kill "$sendmail_pid" 2>/dev/null || true
	sendmail_pid=
}
