-- SPDX-License-Identifier: BSD-2-Clause
-- For miltertest, with -D socket=...: the filter asks for no right to change anything,
-- and changes nothing. Prints TAP; miltertest itself says nothing about a failure.

local number = 0

local function ok(good, name)
	number = number + 1
	print((good and "ok " or "not ok ") .. number .. " - " .. name)
end

local conn = mt.connect(socket)
if conn == nil then
	print("Bail out! cannot connect to " .. socket)
	return
end
if mt.negotiate(conn, nil, nil, nil) ~= nil then
	print("Bail out! negotiation failed")
	return
end

local actions = { { "ADDHDRS", SMFIF_ADDHDRS }, { "CHGBODY", SMFIF_CHGBODY },
	{ "ADDRCPT", SMFIF_ADDRCPT }, { "DELRCPT", SMFIF_DELRCPT },
	{ "CHGHDRS", SMFIF_CHGHDRS }, { "QUARANTINE", SMFIF_QUARANTINE },
	{ "CHGFROM", SMFIF_CHGFROM }, { "ADDRCPT_PAR", SMFIF_ADDRCPT_PAR } }
for _, action in ipairs(actions) do
	ok(not mt.test_action(conn, action[2]), "does not ask for " .. action[1])
end
ok(mt.test_action(conn, SMFIF_SETSYMLIST), "asks for macros")
ok(not mt.test_option(conn, SMFIP_RCPT_REJ), "does not ask for refused recipients")

mt.conninfo(conn, "client.example", "192.0.2.1")
mt.helo(conn, "client.example")
mt.macro(conn, SMFIC_MAIL, "i", "lua1")
mt.mailfrom(conn, "<lead@customer.example>")
mt.rcptto(conn, "<rep@ours.example>")
mt.header(conn, "From", "lead@customer.example")
mt.header(conn, "To", "rep@ours.example")
mt.header(conn, "Subject", "Re: Our offer of this week")
mt.eoh(conn)
mt.bodystring(conn, "Yes, please.\r\n")
mt.eom(conn)
ok(mt.getreply(conn) == SMFIR_CONTINUE, "goes on at the end of the message")

local changes = { { "HDRADD", MT_HDRADD }, { "HDRINSERT", MT_HDRINSERT },
	{ "HDRCHANGE", MT_HDRCHANGE }, { "HDRDELETE", MT_HDRDELETE },
	{ "BODYCHANGE", MT_BODYCHANGE }, { "QUARANTINE", MT_QUARANTINE } }
for _, change in ipairs(changes) do
	ok(not mt.eom_check(conn, change[2]), "makes no change of kind " .. change[1])
end
for _, path in ipairs({ "<rep@ours.example>", "<lead@customer.example>" }) do
	ok(not mt.eom_check(conn, MT_RCPTADD, path), "does not add " .. path)
	ok(not mt.eom_check(conn, MT_RCPTDELETE, path), "does not delete " .. path)
end
mt.disconnect(conn)
print("1.." .. number)
