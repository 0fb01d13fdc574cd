/* SPDX-License-Identifier: BSD-2-Clause */
#include "statement.h"

/* clang-format off */
/* ?1 stage, ?2 source and ?3 owner, both folded, ?4 domain, ?5 time; NULL: any. */
#define CONTACT_PASSES \
	" AND NOT c.erased AND (?1 IS NULL OR c.stage = ?1)" \
	" AND (?2 IS NULL OR folded(c.source) = ?2)" \
	" AND (?3 IS NULL OR folded(ifnull(c.owner," \
	"  (SELECT address FROM rep WHERE id = c.rep))) = ?3)" \
	" AND (?4 IS NULL OR EXISTS (SELECT 1 FROM address WHERE contact = c.id" \
	"  AND substr(canonical, -1 - length(?4)) IN ('@' || ?4, '.' || ?4)))" \
	" AND (?5 IS NULL OR c.stage_since >= ?5 OR EXISTS (SELECT 1 FROM interaction" \
	"  WHERE contact = c.id AND at >= ?5 AND (outbound OR role = 'author')))"

const StatementText statement_table[STATEMENT_N] = {
	[BEGIN_READ] = { "begin to read", "BEGIN" },
	/* Takes the lock at once: a transaction that reads first and then finds the lock
	 * taken cannot wait for it, its facts would be stale. */
	[BEGIN_WRITE] = { "begin to write", "BEGIN IMMEDIATE" },
	[COMMIT] = { "commit", "COMMIT" },
	[ROLLBACK] = { "roll back", "ROLLBACK" },
	[SAVEPOINT] = { "set a savepoint", "SAVEPOINT decision" },
	[RELEASE] = { "release a savepoint", "RELEASE decision" },
	[ROLLBACK_TO] = { "roll back to a savepoint", "ROLLBACK TO decision" },
	/* Asked in every write: another one than before says that others have written
	 * meanwhile. A newer program may have changed the schema. */
	[DATA_VERSION_READ] = { "look for changes", "PRAGMA data_version" },
	[SCHEMA_VERSION_READ] = { "read the schema version", "PRAGMA user_version" },

	[ADDRESS_BY_CANONICAL] = { "look up an address",
		"SELECT id FROM address WHERE canonical = ?1" },
	/* Plain ones asked for by a tagged form, and tagged ones. */
	[ADDRESSES_BY_BASE] = { "look up an address",
		"SELECT id FROM address WHERE canonical = ?1"
		" UNION ALL SELECT id FROM address WHERE base = ?1" },
	[ADDRESSES_OF] = { "read a contact's addresses",
		"SELECT id FROM address WHERE contact = ?1 ORDER BY id" },
	[ORGANIZATION_BY_NAME] = { "look up an organization",
		"SELECT id FROM organization WHERE name = ?1" },
	[REP_BY_ADDRESS] = { "look up a rep", "SELECT id FROM rep WHERE address = ?1" },
	[REP_BY_LOGIN] = { "look up a rep",
		"SELECT id FROM rep WHERE login = ?1 ORDER BY id LIMIT 1" },
	/* The compare-and-set of a promotion. */
	[CONTACT_MOVE] = { "move a contact",
		"UPDATE contact SET stage = ?3, stage_since = ?4 WHERE id = ?1 AND stage = ?2" },
	[IS_BLOCKED] = { "look up an erased address",
		"SELECT 1 FROM blocked WHERE digest = ?1" },
	[HAS_BLOCKED] = { "look up erased addresses", "SELECT 1 FROM blocked LIMIT 1" },

	[MESSAGES_WITH_ID] = { "look up a message",
		"SELECT id FROM message WHERE id_digest = ?1"
		" UNION ALL SELECT id FROM message WHERE alternate = ?1"
		" AND id_digest <> ?1" },
	[MESSAGES_IN_THREAD] = { "look up a thread",
		"SELECT id FROM message WHERE thread_digest = ?1 AND direction = 'outbound'"
		" AND at <= ?2 ORDER BY at DESC, id_digest DESC LIMIT ?3" },
	[OUTREACH_TO] = { "look up outreach",
		"SELECT m.id FROM interaction i JOIN message m ON m.id = i.message"
		" WHERE i.contact = ?1 AND i.outbound AND i.at BETWEEN ?2 AND ?3 AND m.outreach"
		" ORDER BY i.at DESC, m.id_digest DESC LIMIT ?4" },
	[WRITTEN_BY] = { "look up a contact's mail",
		"SELECT m.id, m.at, m.id_digest, m.body_digest"
		" FROM interaction i JOIN message m ON m.id = i.message"
		" WHERE i.contact = ?1 AND NOT i.outbound AND i.role = 'author'"
		" AND i.at BETWEEN ?2 AND ?3 ORDER BY i.at DESC, m.id_digest DESC LIMIT ?4" },
	[MESSAGES_AWAITING] = { "look up waiting mail",
		"SELECT m.id, m.at, m.id_digest, m.body_digest"
		" FROM message_ref r JOIN message m ON m.id = r.message"
		" WHERE r.digest = ?1 ORDER BY m.at, m.id_digest" },
	[AWAIT] = { "note what a message waits for",
		"INSERT INTO message_ref (digest, message) VALUES (?1, ?2)"
		" ON CONFLICT DO NOTHING" },
	[AWAIT_NO_MORE] = { "note that a message waits no more",
		"DELETE FROM message_ref WHERE digest = ?1 AND message = ?2" },

	/* A contact takes part in a message once; all who do have the message's time. */
	[INTERACTION_ADD] = { "record an interaction",
		"INSERT INTO interaction (contact, at, message, role, outbound)"
		" VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING" },
	[INTERACTIONS_DROP] = { "take interactions back",
		"DELETE FROM interaction WHERE message = ?1 RETURNING at, outbound" },
	[INTERACTIONS_OF_MESSAGE] = { "read interactions",
		"SELECT contact, at, message, role, outbound FROM interaction"
		" WHERE message = ?1 ORDER BY contact" },
	[INTERACTIONS_OF_CONTACT] = { "read interactions",
		"SELECT i.contact, i.at, i.message, i.role, i.outbound"
		" FROM interaction i JOIN message m ON m.id = i.message WHERE i.contact = ?1"
		" ORDER BY i.at DESC, i.outbound, m.id_digest DESC LIMIT ?2" },
	[LAST_CONTACTED] = { "read last interactions",
		"SELECT"
		" (SELECT at FROM interaction WHERE contact = ?1 AND NOT outbound"
		"  AND role = 'author' ORDER BY at DESC LIMIT 1),"
		" (SELECT at FROM interaction WHERE contact = ?1 AND outbound"
		"  ORDER BY at DESC LIMIT 1)" },

	[REMEMBER] = { "remember a recipient",
		"INSERT INTO remembered (id_digest, recipient_digest, at, rep, external)"
		" VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
		" at = min(at, excluded.at), external = max(external, excluded.external)" },
	[REMEMBERED] = { "look up a remembered recipient",
		"SELECT at, rep, external FROM remembered"
		" WHERE id_digest = ?1 AND recipient_digest = ?2" },

	/* The last that was written: after a person's word no mail moves a promotion. */
	[HISTORY_LAST] = { "read the history",
		"SELECT id FROM history WHERE contact = ?1 AND superseded IS NULL"
		" ORDER BY id DESC LIMIT 1" },
	[HISTORY_NEWEST] = { "read the history", "SELECT max(id) FROM history" },
	[HISTORY_OF] = { "read the history",
		"SELECT id FROM history WHERE contact = ?1 AND superseded IS NULL"
		" ORDER BY moment_at DESC, id DESC LIMIT ?2" },
	[HISTORY_OF_ALL] = { "read the history",
		"SELECT id FROM history WHERE superseded IS NULL"
		" ORDER BY moment_at DESC, id DESC LIMIT ?1" },
	[SUGGESTIONS_OF] = { "read suggestions",
		"SELECT id FROM suggestion WHERE message = ?1 ORDER BY id" },
	[SUGGESTIONS_OPEN] = { "read suggestions",
		"SELECT s.id FROM suggestion s JOIN message m ON m.id = s.message"
		" WHERE s.state = 'open' ORDER BY m.at DESC, s.id DESC" },
	[ACTS_OF] = { "read the history",
		"SELECT id FROM act WHERE contact = ?1 ORDER BY at DESC, id DESC LIMIT ?2" },
	[ACTS_OF_ALL] = { "read the history",
		"SELECT id FROM act ORDER BY at DESC, id DESC LIMIT ?1" },

	[NEVER_LOG_GENERATION] = { "look at the never-log list",
		"SELECT value FROM generation WHERE name = 'never-log'" },
	[NEVER_LOG_CHANGED] = { "change the never-log list",
		"UPDATE generation SET value = value + 1 WHERE name = 'never-log'" },

	/* What is NULL is not asked for; the caller looks again at what comes. In order of
	 * the index of addresses, so that the first come at once; a contact stands where its
	 * first address does. */
	[CONTACTS_LIKE] = { "list contacts",
		"SELECT c.id FROM address a INDEXED BY sqlite_autoindex_address_1"
		" CROSS JOIN contact c ON c.id = a.contact"
		" WHERE NOT EXISTS"
		"  (SELECT 1 FROM address WHERE contact = a.contact AND id < a.id)"
		CONTACT_PASSES " ORDER BY a.canonical" },
	/* The same where stage and source leave few: these, and then in order. */
	[CONTACTS_LIKE_FEW] = { "list contacts",
		"SELECT c.id FROM contact c INDEXED BY contact_kind"
		" CROSS JOIN address a ON a.contact = c.id"
		" WHERE c.stage IN (SELECT stage FROM contact_count WHERE ?1 IS NULL OR stage = ?1)"
		" AND (?2 IS NULL OR c.source IN (SELECT source FROM contact_count"
		"  WHERE folded(source) = ?2))"
		" AND NOT EXISTS"
		"  (SELECT 1 FROM address WHERE contact = a.contact AND id < a.id)"
		CONTACT_PASSES " ORDER BY a.canonical" },
	/* How many have stage and source, and how many there are. */
	[CONTACTS_LIKE_NUMBER] = { "list contacts",
		"SELECT ifnull(sum(number) FILTER (WHERE (?1 IS NULL OR stage = ?1)"
		"  AND (?2 IS NULL OR folded(source) = ?2)), 0), ifnull(sum(number), 0)"
		" FROM contact_count" },
	[NEWCOMERS] = { "count new contacts",
		"SELECT count(*) FROM (SELECT 1 FROM"
		"  (SELECT created_at, created_key, source, rep FROM contact"
		"   WHERE created_at > ?1 AND created_at <= ?2"
		"   ORDER BY created_at DESC LIMIT ?6)"
		" WHERE NOT (created_at = ?2 AND created_key = ?3) AND created_key <> 0"
		" AND CASE WHEN ?4 = 0 THEN substr(source, 1, 8) = 'inbound:'"
		"  ELSE source = 'outreach' AND rep IN (SELECT id FROM rep WHERE person = ?4)"
		"  END LIMIT ?5)" },
	[CONTACTS_NEWEST] = { "list contacts",
		"SELECT id FROM contact ORDER BY created_at DESC, id DESC LIMIT ?1" },
	[CONTACTS_BY_NAME] = { "look up a name",
		"SELECT id FROM contact WHERE name COLLATE NOCASE >= ?1"
		" AND name COLLATE NOCASE < ?1 || char(0x10ffff)"
		" AND substr(name, 1, length(?1)) = ?1 COLLATE NOCASE"
		" AND NOT erased ORDER BY name COLLATE NOCASE, id LIMIT ?2" },
	[STATUS] = { "read the status",
		"SELECT (SELECT sum(number) FROM contact_count),"
		" (SELECT sum(number) FROM tally WHERE name IN ('inbound', 'outbound')),"
		" (SELECT number FROM tally WHERE name = 'messages'),"
		" (SELECT number FROM tally WHERE name = 'promotions'),"
		" (SELECT number FROM tally WHERE name = 'last-message-at')" },
	[COUNT_OF_CONTACTS] = { "count contacts",
		"SELECT month, stage, source, number FROM contact_count" },
	[COUNT_MORE_CONTACTS] = { "count",
		"INSERT INTO contact_count (month, stage, source, number)"
		" VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT DO UPDATE SET number = number + excluded.number" },
	[COUNT_OF_INTERACTIONS] = { "count interactions",
		"SELECT month, name = 'outbound', number FROM tally"
		" WHERE name IN ('inbound', 'outbound')" },
	[TALLY_ADD] = { "count",
		"INSERT INTO tally (name, month, number) VALUES (?1, ?2, ?3)"
		" ON CONFLICT DO UPDATE SET number = number + excluded.number" },
	[TALLY_RAISE] = { "count",
		"INSERT INTO tally (name, month, number) VALUES (?1, 0, ?2)"
		" ON CONFLICT DO UPDATE SET number = max(number, excluded.number)" },
};
