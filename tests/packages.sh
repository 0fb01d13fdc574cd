# SPDX-License-Identifier: BSD-2-Clause
# What leadmilter needs from Debian 12, and its installation. Sourced by demo.sh and
# check.sh:
#
#   packages_need build            to build
#   packages_need build run test   also to run the demo, and all tests
#
# As root it installs what is missing (and nothing else); otherwise it names what is
# missing and fails. No service is started by an installation, and nothing that is
# installed already is configured anew.

packages_build='gcc libc6-dev make autoconf automake pkg-config libglib2.0-dev libmilter-dev
	libgmime-3.0-dev libsqlite3-dev libpsl-dev libidn2-dev libical-dev libsmartcols-dev
	libjson-glib-dev libcsv-dev libsystemd-dev'
packages_run='postfix libsasl2-modules sasl2-bin'
packages_test='clang clang-tidy cppcheck libclang-rt-14-dev mandoc miltertest m4 systemd valgrind
	xz-utils'

package_is_installed() {
	case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in
	*' ok installed') return 0 ;;
	esac
	return 1
}

packages_missing() { # GROUP...
	for group; do
		eval "names=\$packages_$group"
		for name in $names; do
			package_is_installed "$name" || printf '%s ' "$name"
		done
	done
}

# A policy-rc.d that says no keeps a package's installation from starting its service;
# one that the admin has put there stays as it is.
packages_install() {
	policy=/usr/sbin/policy-rc.d
	made_policy=
	if [ ! -e "$policy" ]; then
		printf '#!/bin/sh\nexit 101\n' >"$policy"
		chmod 755 "$policy"
		made_policy=1
	fi
	case " $* " in
	*' postfix '*)
		echo 'postfix postfix/main_mailer_type select No configuration' |
			debconf-set-selections
		;;
	esac
	log=$(mktemp)
	status=0
	{
		apt-get update &&
			DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
	} >"$log" 2>&1 </dev/null || status=$?
	[ -z "$made_policy" ] || rm -f "$policy"
	if [ "$status" -ne 0 ]; then
		tail -n 20 "$log" >&2
		echo "packages: the installation failed (all of it: $log)" >&2
		return 1
	fi
	rm -f "$log"
}

packages_need() { # GROUP...
	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		echo "Not root, and these Debian packages are missing: $missing" >&2
		echo "As root: apt-get install $missing" >&2
		return 1
	fi
	command -v apt-get >/dev/null || {
		echo "No apt-get here, and these Debian packages are missing: $missing" >&2
		return 1
	}
	echo "Installing: $missing"
	# shellcheck disable=SC2086
	packages_install $missing
}
