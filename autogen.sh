#!/bin/sh
# Makes ./configure from a fresh clone: needs autoconf, automake and pkg-config.
set -e
cd "$(dirname "$0")"
for tool in autoreconf automake pkg-config; do
	command -v "$tool" >/dev/null || {
		echo "autogen.sh: $tool is missing (apt-get install autoconf automake pkg-config)" >&2
		exit 1
	}
done
mkdir -p build-aux
autoreconf --install --warnings=all,no-portability "$@"
