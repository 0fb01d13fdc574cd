# SPDX-License-Identifier: BSD-2-Clause
# What every MTA must give: mail arrives octet for octet as it would without us. Each
# message goes through mx_port and through plain_port, where no milter is asked, and what
# the sink got is compared, the octets on the wire, without what the MTA itself varies
# (untouched_text). Sourced after lab.sh. mta_refused has the names of those that the MTA does
# not take.

untouched_dir=$lab_dir/untouched
mkdir -p "$untouched_dir"

# A message as it goes over the wire, lines ending in CRLF and dots stuffed, from a format
# of printf.
untouched() { # NAME FORMAT
	# shellcheck disable=SC2059
	printf "$2" >"$untouched_dir/$1.wire"
}
head_of() { # NAME: fields that every message should have, as a format
	printf '%s' 'From: S\303\270ren <s@sender.example>\r\nTo: anna@ours.example\r\n' \
		'Date: Mon, 2 Nov 2026 10:00:00 +0100\r\n' "Message-ID: <$1@sender.example>" '\r\n'
}
repeat() { # TIMES TEXT: backslashes stay
	yes "$2" | head -n "$1" | tr -d '\n'
}

untouched plain "$(head_of plain)Subject: plain\r\n\r\nHello.\r\n"
untouched eight-bit "$(head_of eight-bit)Subject: \351t\351, \303\274ber\r\n\r\n\351 \303\274 \377\376\200\r\n"
untouched folded "$(head_of folded)Subject: a\r\n  b\r\n\tc\r\n \t \r\nX-Bare:none\r\nX-Empty:\r\nX-Blank: \r\nX-Trailing: x  \t\r\nx-CaSe: y\r\nReferences:\r\n <1@a.example>\r\n\t<2@a.example>\r\n\r\ntext\r\n"
untouched no-ids 'From: s@sender.example\r\nTo: anna@ours.example\r\nSubject: neither id nor date\r\n\r\ntext\r\n'
untouched no-header 'Just text.\r\nNo header at all.\r\n'
untouched no-body "$(head_of no-body)Subject: no body\r\n"
untouched empty-body "$(head_of empty-body)Subject: empty body\r\n\r\n"
untouched nothing ''
untouched dots "$(head_of dots)Subject: dots\r\n\r\n..\r\n...\r\n..x\r\n . \r\n..\r\n"
untouched bare-cr "$(head_of bare-cr)Subject: bare CR\r\n\r\na\rb\r\nc\r\r\nd\r\n\r\n\r\n"
untouched bare-lf "$(head_of bare-lf)Subject: bare LF\r\n\r\na\nb\r\n\n\nc\r\n"
untouched nul-body "$(head_of nul-body)Subject: NUL\r\n\r\na\000b\r\n"
untouched nul-header "$(head_of nul-header)Subject: N\000UL\r\n\r\nab\r\n"
untouched long-line "$(head_of long-line)Subject: long line\r\n\r\n$(repeat 5000 x)\r\n$(repeat 998 y)\r\n$(repeat 999 z)\r\n"
untouched long-field "$(head_of long-field)Subject: long field\r\nX-Long: $(repeat 3000 x)\r\nX-Folded: $(repeat 150 'seventy octets of a folded field, which is nothing out of the ordinary\r\n ')x\r\n\r\ntext\r\n"
untouched many-fields "$(head_of many-fields)Subject: many fields\r\n$(repeat 300 'X-Many: one of them\r\n')\r\ntext\r\n"
untouched received "Received: from a by b with SMTP id 1;\r\n\tMon, 2 Nov 2026 09:00:00 +0100\r\nReturn-Path: <x@y.example>\r\nDelivered-To: x\r\n$(head_of received)Bcc: hidden@sender.example\r\nSubject: from afar\r\nSubject: twice\r\n\r\ntext\r\n"
untouched bad-field "$(head_of bad-field)Subject : blank before the colon\r\nno field at all\r\nX-After: y\r\n\r\ntext\r\n"
untouched mime "$(head_of mime)Subject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\nbefore\r\n--=_b\r\nContent-Type: text/plain; format=flowed\r\n\r\nflowed \r\n-- \r\nsig\r\n--=_b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAw==\r\n--=_b--\r\nafter\r\n"
{
	# shellcheck disable=SC2059
	printf "$(head_of big)Subject: big\r\n\r\n"
	awk 'BEGIN { for (i = 0; i < 40000; i++) printf "%06d of many lines, which fill chunk after chunk\r\n", i }'
} >"$untouched_dir/big.wire"
untouched_names=$(cd "$untouched_dir" && ls ./*.wire | sed 's|^\./||; s/\.wire$//')

# Any answer will do here, and the end of the connection (Sendmail's to a bare CR): the
# ways are compared.
untouched_send() { # WAY PORT
	for name in $untouched_names; do
		smtp "$2" >/dev/null <<-END
			EHLO mx.sender.example
			MAIL FROM:<s@sender.example> BODY=8BITMIME
			RCPT TO:<$name.$1@ours.example>
			DATA
			%raw $untouched_dir/$name.wire
			%end
			?QUIT
		END
		echo "$name: $(sed -n 's/^< \([0-9]*\).*/\1/p' "$lab_dir/smtp.log" | paste -sd' ')"
	done >"$untouched_dir/$1.codes"
}

untouched_found() { # NAME.WAY: the file at the sink
	grep -lF -e "<$1@ours.example>" "$lab/sink"/*.env 2>/dev/null | sed 's/env$/mail/'
}

# Without the MTA's own Received field, which stands on top, and with names for its queue
# id and for dates of its own.
untouched_text() { # FILE
	queue_id=$(sed -n '1,5s/.* id \([A-Za-z0-9]*\).*/\1/p' "$1" | head -n 1)
	LC_ALL=C sed -e '1{/^Received:/!b;:more;$d;N;/\n[ \t][^\n]*$/bmore;s/.*\n//}' "$1" |
		LC_ALL=C sed -e "s/<[0-9]*\.${queue_id:-none}@/<TIME.QUEUE-ID@/" \
			-e '/^Date: Mon, 2 Nov 2026 10/!s/^Date: .*/Date: NOW/'
}

untouched_same() { # NAME
	for way in with without; do
		found=$(untouched_found "$1.$way")
		[ -n "$found" ] || return 1
		untouched_text "$found" >"$untouched_dir/$way.text"
		grep '^MAIL' "${found%mail}env" | sed 's/ SIZE=[0-9]*//' >"$untouched_dir/$way.envelope"
	done
	cmp "$untouched_dir/with.envelope" "$untouched_dir/without.envelope" &&
		cmp "$untouched_dir/with.text" "$untouched_dir/without.text" && return 0
	diff -a "$untouched_dir/with.text" "$untouched_dir/without.text" | cut -c 1-200 | cat -v | head -n 20
	return 1
}

untouched_arrived() { # how many, on both ways
	cat "$lab/sink"/*.env | grep -c '^RCPT T[Oo]:<[^@]*\.with\(out\)\{0,1\}@ours\.example>'
}

messages_before=$(messages_seen)
untouched_send with "$mx_port"
untouched_send without "$plain_port"
same "messages of all kinds get the same answers with and without a milter" "$(cat "$untouched_dir/without.codes")" "$(cat "$untouched_dir/with.codes")"
sent=$(echo "$untouched_names" | wc -l)
refused=$(echo "$mta_refused" | wc -w)
same "the filter saw what the MTA took, and nothing of the other way" $((sent - refused)) \
	$(($(messages_seen) - messages_before))
becomes "it arrives, on both ways" $((2 * (sent - refused))) untouched_arrived
for name in $untouched_names; do
	case " $mta_refused " in
	*" $name "*) same "untouched: $name is refused by the MTA" "" "$(untouched_found "$name.with")" ;;
	*) ok "untouched: $name" untouched_same "$name" ;;
	esac
done
