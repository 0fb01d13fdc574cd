-- SPDX-License-Identifier: BSD-2-Clause
-- Schema 2: what people make of what was decided for them.

-- The owner of a contact for whom nobody named one: the rep of the first outreach. Until
-- now only whoever made the contact was kept.
ALTER TABLE contact ADD COLUMN owned_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN owned_key INTEGER NOT NULL DEFAULT 0; -- 0: by nobody
-- A person has lifted do-not-contact: what asked for it until then counts no more.
ALTER TABLE contact ADD COLUMN allowed_at INTEGER NOT NULL DEFAULT 0; -- 0: never

UPDATE contact SET (rep, owned_at, owned_key) =
	(SELECT m.rep, i.at, -m.id_digest
	 FROM interaction i JOIN message m ON m.id = i.message
	 WHERE i.contact = contact.id AND i.outbound AND m.outreach AND m.rep IS NOT NULL
	 ORDER BY i.at, m.id_digest DESC LIMIT 1)
WHERE EXISTS
	(SELECT 1 FROM interaction i JOIN message m ON m.id = i.message
	 WHERE i.contact = contact.id AND i.outbound AND m.outreach AND m.rep IS NOT NULL);

-- How a stage came about, and for an undoing, of what.
ALTER TABLE history ADD COLUMN action TEXT NOT NULL DEFAULT 'moved';
ALTER TABLE history ADD COLUMN detail TEXT; -- the suggestion that was accepted
ALTER TABLE history ADD COLUMN undoes INTEGER REFERENCES history;
UPDATE history SET action = 'promoted' WHERE message IS NOT NULL;

-- What people did besides moving stages. Append-only.
CREATE TABLE act (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	behind INTEGER NOT NULL,                  -- the last row of the history then; 0
	contact INTEGER REFERENCES contact,       -- NULL: it is about none
	suggestion INTEGER REFERENCES suggestion, -- that was answered
	action TEXT NOT NULL,
	detail TEXT,                              -- an address, a pattern, an owner
	actor TEXT NOT NULL,
	reason TEXT
) STRICT;
CREATE INDEX act_contact ON act (contact, at);
CREATE INDEX act_at ON act (at);

-- Whose mail is never recorded. Of messages dropped whole the number is all that is left.
CREATE TABLE never_log (
	id INTEGER PRIMARY KEY,
	pattern TEXT NOT NULL UNIQUE,
	scope TEXT NOT NULL,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	reason TEXT,
	dropped INTEGER NOT NULL
) STRICT;

-- How often a list was changed that programs keep in memory.
CREATE TABLE generation (
	name TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO generation VALUES ('never-log', 0);
