-- SPDX-License-Identifier: BSD-2-Clause
-- Schema 1. Times are seconds UTC; digests 63 bits of SHA-256. Enumerations are kept by
-- the names that leadctl prints. What can be computed is not kept, so that most mail
-- writes a message, an interaction and little else.
--
-- A pair *_at, *_key is a place in the order of mail (rows.h, Moment); key 0 says that a
-- person did it.

CREATE TABLE organization (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL COLLATE NOCASE UNIQUE -- as people call it, or its domain
) STRICT;

CREATE TABLE rep (
	id INTEGER PRIMARY KEY,
	address TEXT NOT NULL UNIQUE, -- canonical
	login TEXT,
	person INTEGER NOT NULL       -- the first row of the same login
) STRICT;
CREATE INDEX rep_login ON rep (login) WHERE login IS NOT NULL;

CREATE TABLE contact (
	id INTEGER PRIMARY KEY,
	name TEXT,
	owner TEXT,
	source TEXT,
	organization INTEGER REFERENCES organization,
	stage TEXT NOT NULL,
	stage_since INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	created_key INTEGER NOT NULL,
	created_by TEXT,              -- a person; NULL: mail did
	rep INTEGER REFERENCES rep,   -- who wrote the outreach that made it
	message INTEGER,              -- that made it
	named_at INTEGER NOT NULL,
	named_key INTEGER NOT NULL,
	demoted_at INTEGER NOT NULL,  -- by a person; 0 never
	opted_out_at INTEGER NOT NULL,
	opted_out_key INTEGER NOT NULL, -- 0: did not
	absent_until INTEGER NOT NULL,
	absent_noted_at INTEGER NOT NULL,
	absent_noted_key INTEGER NOT NULL,
	locked INTEGER NOT NULL,
	erased INTEGER NOT NULL,
	criteria_met INTEGER NOT NULL,
	tags TEXT,                    -- a line each
	custom TEXT                   -- JSON object
) STRICT;

CREATE TABLE address (
	id INTEGER PRIMARY KEY,
	contact INTEGER NOT NULL REFERENCES contact,
	canonical TEXT NOT NULL UNIQUE,
	base TEXT,                    -- without subaddress; NULL: equals canonical
	original TEXT,                -- as it was written; NULL: equals canonical
	bad INTEGER NOT NULL,         -- bounced hard, and wrote no mail since
	noted_at INTEGER NOT NULL,
	noted_key INTEGER NOT NULL
) STRICT;
CREATE INDEX address_contact ON address (contact);
CREATE INDEX address_base ON address (base) WHERE base IS NOT NULL;

CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	id_digest INTEGER NOT NULL,   -- of the Message-ID, or of what stands in for it
	twin_digest INTEGER NOT NULL, -- of author and Date
	alternate INTEGER,            -- of the id that the MTA made, if it had none
	message_id TEXT,
	direction TEXT NOT NULL,
	class TEXT NOT NULL,
	outreach INTEGER NOT NULL,
	rep INTEGER REFERENCES rep,
	author TEXT,                  -- canonical; NULL: the rep, or nobody
	author_name TEXT,
	subject TEXT,
	subject_digest INTEGER NOT NULL,
	thread_digest INTEGER,
	body_digest INTEGER NOT NULL,
	auth TEXT,                    -- NULL: unknown
	size INTEGER NOT NULL,
	traits INTEGER NOT NULL,      -- bits: rows.h
	external INTEGER NOT NULL,    -- number of recipients outside
	recipients TEXT,              -- lines: role t c b, direction o i n x, address
	answers BLOB,                 -- 9 octets each: source, digest of the id named
	returned_digest INTEGER NOT NULL,
	reported TEXT,                -- lines: kind of bounce, recipient, original recipient
	bounce TEXT,
	disposition TEXT,
	calendar TEXT,
	absent_until INTEGER NOT NULL,
	snippet TEXT,
	outcome TEXT NOT NULL,
	reason TEXT NOT NULL,
	tier TEXT,
	contact INTEGER REFERENCES contact,  -- whom it concerns
	answered INTEGER REFERENCES message, -- the outbound message it answers
	evidence TEXT,                -- names of the rules that fired
	derived TEXT                  -- those of them that the history made fire
) STRICT;
CREATE INDEX message_id_digest ON message (id_digest);
CREATE INDEX message_alternate ON message (alternate) WHERE alternate IS NOT NULL;
CREATE INDEX message_thread ON message (thread_digest, at)
	WHERE thread_digest IS NOT NULL AND direction = 'outbound';

-- Who took part in what. In the order in which a contact's log is read.
CREATE TABLE interaction (
	contact INTEGER NOT NULL REFERENCES contact,
	at INTEGER NOT NULL,
	message INTEGER NOT NULL REFERENCES message,
	role TEXT NOT NULL,
	outbound INTEGER NOT NULL,
	PRIMARY KEY (contact, at, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_message ON interaction (message);

-- What an inbound message still waits for: an id that it names and nobody has recorded,
-- the address of an author who is no contact. Outreach recorded later finds it here.
CREATE TABLE message_ref (
	digest INTEGER NOT NULL,
	message INTEGER NOT NULL REFERENCES message,
	PRIMARY KEY (digest, message)
) STRICT, WITHOUT ROWID;

-- Outreach to addresses that were no contacts: no content, nothing to read an address from.
CREATE TABLE remembered (
	id_digest INTEGER NOT NULL,
	recipient_digest INTEGER NOT NULL,
	at INTEGER NOT NULL,
	rep INTEGER NOT NULL,
	external INTEGER NOT NULL,
	PRIMARY KEY (id_digest, recipient_digest)
) STRICT, WITHOUT ROWID;

-- Changes of stage. Append-only: an entry that earlier mail overtook names the one that
-- stands in its place, and one that was withdrawn names itself.
CREATE TABLE history (
	id INTEGER PRIMARY KEY,
	contact INTEGER NOT NULL REFERENCES contact,
	moment_at INTEGER NOT NULL,
	moment_key INTEGER NOT NULL,
	from_stage TEXT NOT NULL,
	to_stage TEXT NOT NULL,
	actor TEXT NOT NULL,
	reason TEXT,
	tier TEXT,
	message INTEGER REFERENCES message,
	message_id TEXT,
	outreach_id TEXT,
	evidence TEXT,
	superseded INTEGER REFERENCES history
) STRICT;
CREATE INDEX history_contact ON history (contact);

CREATE TABLE suggestion (
	id INTEGER PRIMARY KEY,
	contact INTEGER NOT NULL REFERENCES contact,
	message INTEGER NOT NULL REFERENCES message,
	reason TEXT NOT NULL,
	address TEXT,                 -- that wrote, where it is not the contact's
	state TEXT NOT NULL           -- open, or what a person made of it
) STRICT;
CREATE INDEX suggestion_message ON suggestion (message);
CREATE INDEX suggestion_open ON suggestion (contact) WHERE state = 'open';

-- For others to read on: append-only, in the order in which it became known.
CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	contact INTEGER NOT NULL,
	message INTEGER,
	kind TEXT NOT NULL,
	text TEXT
) STRICT;

-- Addresses of people who were erased: never made a contact again.
CREATE TABLE blocked (
	digest INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;
