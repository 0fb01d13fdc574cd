-- SPDX-License-Identifier: BSD-2-Clause
-- Schema 3: lists and numbers that take as long at ten million interactions as at ten.

CREATE INDEX contact_created ON contact (created_at);
CREATE INDEX contact_kind ON contact (stage, source);
CREATE INDEX contact_name ON contact (name COLLATE NOCASE);
CREATE INDEX history_moment ON history (moment_at) WHERE superseded IS NULL;

-- How many contacts there are, without those that were erased. New ones are counted as
-- below; a contact is seldom moved, so that triggers do for the rest.
CREATE TABLE contact_count (
	month INTEGER NOT NULL, -- of created_at, UTC: 202611
	stage TEXT NOT NULL,
	source TEXT NOT NULL,   -- '': none
	number INTEGER NOT NULL,
	PRIMARY KEY (month, stage, source)
) STRICT, WITHOUT ROWID;

INSERT INTO contact_count
SELECT CAST(strftime('%Y%m', created_at, 'unixepoch') AS INTEGER), stage,
	ifnull(source, ''), count(*)
FROM contact WHERE NOT erased GROUP BY 1, 2, 3;

CREATE TRIGGER contact_changed
AFTER UPDATE OF created_at, stage, source, erased ON contact
WHEN (OLD.created_at, OLD.stage, OLD.source, OLD.erased) IS NOT
	(NEW.created_at, NEW.stage, NEW.source, NEW.erased)
BEGIN
	INSERT INTO contact_count
	SELECT CAST(strftime('%Y%m', OLD.created_at, 'unixepoch') AS INTEGER), OLD.stage,
		ifnull(OLD.source, ''), -1
	WHERE NOT OLD.erased
	ON CONFLICT DO UPDATE SET number = number - 1;
	INSERT INTO contact_count
	SELECT CAST(strftime('%Y%m', NEW.created_at, 'unixepoch') AS INTEGER), NEW.stage,
		ifnull(NEW.source, ''), 1
	WHERE NOT NEW.erased
	ON CONFLICT DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER contact_removed AFTER DELETE ON contact WHEN NOT OLD.erased
BEGIN
	INSERT INTO contact_count VALUES
		(CAST(strftime('%Y%m', OLD.created_at, 'unixepoch') AS INTEGER), OLD.stage,
		 ifnull(OLD.source, ''), -1)
	ON CONFLICT DO UPDATE SET number = number - 1;
END;

-- What every message adds to: counted by the writer in memory, and added once a
-- transaction (tally.h).
CREATE TABLE tally (
	name TEXT NOT NULL,
	month INTEGER NOT NULL, -- UTC: 202611; 0: of all time
	number INTEGER NOT NULL,
	PRIMARY KEY (name, month)
) STRICT, WITHOUT ROWID;

INSERT INTO tally
SELECT iif(outbound, 'outbound', 'inbound'),
	CAST(strftime('%Y%m', at, 'unixepoch') AS INTEGER), count(*)
FROM interaction GROUP BY 1, 2;
INSERT INTO tally VALUES ('messages', 0, (SELECT count(*) FROM message));
INSERT INTO tally VALUES ('last-message-at', 0, (SELECT ifnull(max(at), 0) FROM message));
INSERT INTO tally VALUES ('promotions', 0, (SELECT count(*) FROM history
	WHERE superseded IS NULL AND message IS NOT NULL));
