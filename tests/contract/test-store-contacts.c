/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract of every backend: contacts by hand, imports, lists, finding, history. */
#include <string.h>

#include "../unit/story.h"
#include "lead/error.h"
#include "lead/words.h"
#include "store-fixture.h"

static AddrSpec *address_of(const char *text)
{
	AddrSpec *address = addr_spec_parse(text, "+");

	g_assert_nonnull(address);
	return address;
}

static PutResult put(Fixture *fixture, const ContactDraft *draft)
{
	g_autoptr(GError) error = NULL;
	PutResult result;

	store_put_contact(fixture->store, draft, "tester", story_day(0), &result, NULL,
			  &error);
	g_assert_no_error(error);
	return result;
}

static int64_t find(Fixture *fixture, const char *who)
{
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	store_find_contact(fixture->store, who, &id, &error);
	g_assert_no_error(error);
	return id;
}

static char *list_of(const char *const *words)
{
	return g_strjoinv(",", (char **)(uintptr_t)words);
}

/* "name|organization|owner|source|tags|custom|stage|addresses" */
static bool describe(const Contact *contact, void *user)
{
	g_autofree char *tags = list_of(contact->tags);
	g_autofree char *addresses = list_of(contact->addresses);

	g_free(*(char **)user);
	*(char **)user =
		g_strjoin("|", contact->name != NULL ? contact->name : "-",
			  contact->organization != NULL ? contact->organization : "-",
			  contact->owner != NULL ? contact->owner : "-",
			  contact->source != NULL ? contact->source : "-", tags,
			  contact->custom != NULL ? contact->custom : "-",
			  stage_name(contact->stage), addresses, NULL);
	return true;
}

static char *description(Fixture *fixture, const char *who)
{
	g_autoptr(GError) error = NULL;
	char *text = NULL;

	store_visit_contact(fixture->store, find(fixture, who), describe, &text, &error);
	g_assert_no_error(error);
	return text;
}

/* ---- putting ---- */

static void test_put(Fixture *fixture)
{
	static const struct {
		const char *name, *person, *organization, *owner, *source, *tags, *custom;
		bool if_new;
		Stage stage;
		PutResult result;
		const char *wanted;
	} rows[] = {
		{"new", "Jane Doe", "ACME", "rep", "fair", "a b", "size 10", false, 0,
		 PUT_ADDED,
		 "Jane Doe|ACME|rep|fair|a,b|{\"size\":\"10\"}|lead|Jane@Lead.Example"},
		{"the same", "Jane Doe", "ACME", "rep", "fair", "a b", "size 10", false, 0,
		 PUT_UNCHANGED,
		 "Jane Doe|ACME|rep|fair|a,b|{\"size\":\"10\"}|lead|Jane@Lead.Example"},
		{"nothing said", NULL, NULL, NULL, NULL, NULL, NULL, false, 0,
		 PUT_UNCHANGED,
		 "Jane Doe|ACME|rep|fair|a,b|{\"size\":\"10\"}|lead|Jane@Lead.Example"},
		{"organization in another case", NULL, "acme", NULL, NULL, NULL, NULL,
		 false, 0, PUT_UNCHANGED,
		 "Jane Doe|ACME|rep|fair|a,b|{\"size\":\"10\"}|lead|Jane@Lead.Example"},
		{"a tag and a field more", NULL, NULL, NULL, NULL, "b c", "city Ulm", false,
		 0, PUT_UPDATED,
		 "Jane Doe|ACME|rep|fair|a,b,c|{\"size\":\"10\",\"city\":\"Ulm\"}|lead|"
		 "Jane@Lead.Example"},
		{"a default source", NULL, NULL, NULL, "batch", NULL, NULL, true, 0,
		 PUT_UNCHANGED,
		 "Jane Doe|ACME|rep|fair|a,b,c|{\"size\":\"10\",\"city\":\"Ulm\"}|lead|"
		 "Jane@Lead.Example"},
		{"a stated source", NULL, NULL, NULL, "call", NULL, NULL, false, 0,
		 PUT_UPDATED,
		 "Jane Doe|ACME|rep|call|a,b,c|{\"size\":\"10\",\"city\":\"Ulm\"}|lead|"
		 "Jane@Lead.Example"},
		{"all else", "J. Doe", "Lead Ltd", "boss", NULL, NULL, "size 11", false,
		 STAGE_CUSTOMER, PUT_UPDATED,
		 "J. Doe|Lead "
		 "Ltd|boss|call|a,b,c|{\"size\":\"11\",\"city\":\"Ulm\"}|customer|"
		 "Jane@Lead.Example"},
		{"a tag that begins as another", NULL, NULL, NULL, NULL, "big", NULL, false,
		 0, PUT_UPDATED,
		 "J. Doe|Lead "
		 "Ltd|boss|call|a,b,c,big|{\"size\":\"11\",\"city\":\"Ulm\"}|customer|"
		 "Jane@Lead.Example"},
		{"and one that it begins with", NULL, NULL, NULL, NULL, "bi", NULL, false,
		 0, PUT_UPDATED,
		 "J. Doe|Lead "
		 "Ltd|boss|call|a,b,c,big,bi|{\"size\":\"11\",\"city\":\"Ulm\"}|customer|"
		 "Jane@Lead.Example"},
	};
	g_autoptr(AddrSpec) address = address_of("Jane@Lead.Example");

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(GStrv) tags =
			rows[i].tags != NULL ? g_strsplit(rows[i].tags, " ", -1) : NULL;
		g_auto(GStrv) custom =
			rows[i].custom != NULL ? g_strsplit(rows[i].custom, " ", -1) : NULL;
		g_autofree char *got = NULL;
		ContactDraft draft = {
			.address = address,
			.name = rows[i].person,
			.organization = rows[i].organization,
			.owner = rows[i].owner,
			.source = rows[i].source,
			.source_if_new = rows[i].if_new,
			.stage = rows[i].stage,
			.tags = (const char *const *)tags,
			.custom = (const char *const *)custom,
		};

		if (put(fixture, &draft) != rows[i].result)
			g_error("%s: another result", rows[i].name);
		got = description(fixture, "jane@lead.example");
		assert_text(rows[i].name, rows[i].wanted, got);
	}
}

/* What a person says of a contact stands, whatever mail says. */
static void test_person_before_mail(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=jane@lead.example id=o1 day=5",
		"in from=jane@lead.example name=Mail_Name to=rep@ours.example id=r1 day=6",
		"put jane@lead.example name=By-Hand owner=boss source=fair",
		"in from=jane@lead.example name=Earlier_Name to=rep@ours.example id=r0 "
		"day=5",
		"out from=rep@ours.example to=jane@lead.example id=o0 day=1",
		NULL,
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *got = description(fixture, "jane@lead.example");

	assert_text("person before mail",
		    "By-Hand|lead.example|boss|fair||-|lead|jane@lead.example", got);
}

static void test_free_mail_is_no_organization(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=jane@gmail.com id=o1 day=1",
		"out from=rep@ours.example to=joe@mx.lead.co.uk id=o2 day=1",
		NULL,
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *free_mail = description(fixture, "jane@gmail.com");
	g_autofree char *company = description(fixture, "joe@mx.lead.co.uk");

	assert_text("free mail", "-|-|rep@ours.example|outreach||-|lead|jane@gmail.com",
		    free_mail);
	assert_text("company",
		    "-|lead.co.uk|rep@ours.example|outreach||-|lead|joe@mx.lead.co.uk",
		    company);
}

/* Whom nobody gave an owner belongs to the rep who first wrote, whoever made him. */
static void test_owner(Fixture *fixture)
{
	static const char *const steps[] = {
		"put imported@lead.example",
		"put owned@lead.example owner=boss",
		"put late@lead.example",
		"in from=imported@lead.example to=one@ours.example id=i1 day=1",
		"out from=two@ours.example to=imported@lead.example id=o1 day=3",
		"out from=one@ours.example to=imported@lead.example id=o2 day=2",
		"out from=one@ours.example to=made@lead.example id=o3 day=2",
		"out from=two@ours.example to=made@lead.example id=o4 day=3",
		"out from=one@ours.example to=owned@lead.example id=o5 day=2",
		"out from=one@ours.example to=late@lead.example id=o6 day=2 "
		"signs=auto-submitted-vacation",
		"out from=two@ours.example to=late@lead.example id=o7 day=3",
		"put made@lead.example owner=boss",
		NULL,
	};
	static const struct {
		const char *name, *owner;
	} rows[] = {
		{"imported@lead.example", "one@ours.example"},
		{"owned@lead.example", "boss"},
		{"late@lead.example", "two@ours.example"},
		{"made@lead.example", "boss"},
	};
	g_autofree char *results = fixture_steps(fixture, steps);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = description(fixture, rows[i].name);
		g_auto(GStrv) parts = g_strsplit(got, "|", -1);

		assert_text(rows[i].name, rows[i].owner, parts[2]);
	}
}

/* ---- lists ---- */

static bool collect_address(const Contact *contact, void *text)
{
	g_string_append_printf(text, "%s ", contact->address);
	return true;
}

static void test_filters(Fixture *fixture)
{
	static const char *const steps[] = {
		"put zoe@else.example stage=customer owner=Boss source=Fair",
		"put bob@mx.lead.example stage=prospect owner=boss source=Ärzte",
		"put amy@lead.example source=fair",
		"put eve@evil-lead.example",
		"out from=rep@ours.example to=amy@lead.example id=o1 day=9",
		"out from=rep@ours.example to=new@else.example id=o2 day=3",
		NULL,
	};
	static const struct {
		const char *name;
		ContactFilter filter;
		const char *wanted;
	} rows[] = {
		{"all",
		 {0},
		 "amy@lead.example bob@mx.lead.example eve@evil-lead.example "
		 "new@else.example zoe@else.example "},
		{"stage", {.stage = STAGE_PROSPECT}, "bob@mx.lead.example "},
		{"owner", {.owner = "BOSS"}, "bob@mx.lead.example zoe@else.example "},
		{"owner by outreach",
		 {.owner = "rep@ours.example"},
		 "amy@lead.example new@else.example "},
		{"source", {.source = "FAIR"}, "amy@lead.example zoe@else.example "},
		{"source beyond ASCII", {.source = "äRZTE"}, "bob@mx.lead.example "},
		{"stage and source",
		 {.stage = STAGE_LEAD, .source = "fair"},
		 "amy@lead.example "},
		{"stage without source",
		 {.stage = STAGE_LEAD, .limit = 1, .owner = "rep@ours.example"},
		 "amy@lead.example "},
		{"stage and source, none",
		 {.stage = STAGE_PROSPECT, .source = "fair"},
		 ""},
		{"domain",
		 {.domain = "Lead.Example"},
		 "amy@lead.example bob@mx.lead.example "},
		{"since",
		 {.since = 1700000000 + 3 * 86400},
		 "amy@lead.example new@else.example "},
		{"since later", {.since = 1700000000 + 4 * 86400}, "amy@lead.example "},
		{"limit", {.limit = 2}, "amy@lead.example bob@mx.lead.example "},
		{"limit behind a filter",
		 {.domain = "else.example", .limit = 1},
		 "new@else.example "},
		{"none", {.stage = STAGE_CLIENT}, ""},
	};
	g_autofree char *results = fixture_steps(fixture, steps);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) got = g_string_new(NULL);
		g_autoptr(GError) error = NULL;

		store_visit_contacts(fixture->store, &rows[i].filter, collect_address, got,
				     &error);
		g_assert_no_error(error);
		assert_text(rows[i].name, rows[i].wanted, got->str);
	}
}

static bool stop_at_once(const Contact *contact, void *count)
{
	(void)contact;
	++*(unsigned *)count;
	return false;
}

static void test_visitor_stops(Fixture *fixture)
{
	static const char *const steps[] = {"put a@lead.example", "put b@lead.example",
					    NULL};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autoptr(GError) error = NULL;
	unsigned count = 0;

	g_assert_true(
		store_visit_contacts(fixture->store, NULL, stop_at_once, &count, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(count, ==, 1);
}

/* ---- finding ---- */

static void test_find(Fixture *fixture)
{
	static const char *const steps[] = {
		"put jane@lead.example name=Jane",
		"put joe+sales@lead.example name=Joseph",
		"put jo@lead.example name=Joanna",
		"put 2@lead.example name=100%",
		NULL,
	};
	static const struct {
		const char *who, *address; /* NULL: an error */
		LeadError code;
		const char *text;
	} rows[] = {
		{"jane@lead.example", "jane@lead.example", 0, NULL},
		{"JANE+tag@Lead.Example", "jane@lead.example", 0, NULL},
		{"joe@lead.example", "joe+sales@lead.example", 0, NULL},
		{"jan", "jane@lead.example", 0, NULL},
		{"JOS", "joe+sales@lead.example", 0, NULL},
		{"100%", "2@lead.example", 0, NULL},
		{"Jo", NULL, LEAD_ERROR_INVALID,
		 "Joanna <jo@lead.example>, Joseph <joe+sales@lead.example>"},
		{"j%", NULL, LEAD_ERROR_NOT_FOUND, "'j%'"},
		{"nobody@lead.example", NULL, LEAD_ERROR_NOT_FOUND,
		 "'nobody@lead.example'"},
		{"", NULL, LEAD_ERROR_NOT_FOUND, "''"},
		{"99999", NULL, LEAD_ERROR_NOT_FOUND, "'99999'"},
		{"99999999999999999999", NULL, LEAD_ERROR_NOT_FOUND,
		 "99999999999999999999"},
	};
	g_autofree char *results = fixture_steps(fixture, steps);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *number = NULL;
		int64_t id = 0;
		bool found = store_find_contact(fixture->store, rows[i].who, &id, &error);

		if (found != (rows[i].address != NULL))
			g_error("%s: found %d", rows[i].who, found);
		if (!found) {
			g_assert_error(error, LEAD_ERROR, (int)rows[i].code);
			if (strstr(error->message, rows[i].text) == NULL)
				g_error("%s: %s", rows[i].who, error->message);
			continue;
		}
		number = g_strdup_printf("%" G_GINT64_FORMAT, id);
		g_assert_cmpint(find(fixture, rows[i].address), ==, id);
		g_assert_cmpint(find(fixture, number), ==, id);
	}
}

static void test_no_such_contact(Fixture *fixture)
{
	g_autoptr(GError) visit = NULL, log = NULL, history = NULL, move = NULL;

	g_assert_false(store_visit_contact(fixture->store, 7, describe, NULL, &visit));
	g_assert_error(visit, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_false(store_visit_interactions(fixture->store, 7, 0, NULL, NULL, &log));
	g_assert_error(log, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_false(store_visit_history(fixture->store, 7, 0, NULL, NULL, &history));
	g_assert_error(history, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
	g_assert_false(
		store_set_stage(fixture->store, 7, STAGE_CLIENT, "x", "y", 1, &move));
	g_assert_error(move, LEAD_ERROR, LEAD_ERROR_NOT_FOUND);
}

/* ---- history ---- */

static bool append_history(const HistoryRow *row, void *text)
{
	g_string_append_printf(text, "%d %s: %s -> %s by %s, %s, %s, %s, %s\n",
			       (int)((row->at - story_day(0)) / 86400), row->address,
			       row->from != 0 ? stage_name(row->from) : "-",
			       stage_name(row->to), row->actor, row->reason,
			       row->tier != TIER_NONE ? tier_name(row->tier) : "-",
			       row->message_id != NULL ? row->message_id : "-",
			       row->outreach_id != NULL ? row->outreach_id : "-");
	return true;
}

static void test_history(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=jane@lead.example id=o1 day=1",
		"in from=jane@lead.example to=rep@ours.example id=r1 answers=o1 day=2",
		"stage jane@lead.example lead 3",
		"in from=jane@lead.example to=rep@ours.example id=r2 answers=o1 day=4",
		"stage jane@lead.example client 5",
		"put joe@else.example stage=prospect",
		NULL,
	};
	static const char jane[] =
		"5 jane@lead.example: prospect -> client by tester, because, -, -, -\n"
		"4 jane@lead.example: lead -> prospect by leadmilter, reply-reference, "
		"reference, r2, o1\n"
		"3 jane@lead.example: prospect -> lead by tester, because, -, -, -\n"
		"2 jane@lead.example: lead -> prospect by leadmilter, reply-reference, "
		"reference, r1, o1\n"
		"1 jane@lead.example: - -> lead by leadmilter, outreach, -, o1, -\n";
	static const char joe[] =
		"0 joe@else.example: - -> prospect by tester, , -, -, -\n";
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *both = g_strconcat(jane, joe, NULL);
	const struct {
		const char *name;
		int64_t contact;
		size_t limit;
		const char *wanted;
	} rows[] = {
		{"of one", find(fixture, "jane@lead.example"), 0, jane},
		{"of all", 0, 0, both},
		{"the newest", 0, 1,
		 "5 jane@lead.example: prospect -> client by tester, because, -, -, -\n"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) got = g_string_new(NULL);
		g_autoptr(GError) error = NULL;

		store_visit_history(fixture->store, rows[i].contact, rows[i].limit,
				    append_history, got, &error);
		g_assert_no_error(error);
		assert_text(rows[i].name, rows[i].wanted, got->str);
	}
}

static bool append_interaction(const Interaction *row, void *text)
{
	g_string_append_printf(text, "%s %s %s %s %s %s\n", direction_name(row->direction),
			       party_role_name(row->role), row->kind,
			       row->rep != NULL ? row->rep : "-", row->message_id,
			       row->evidence);
	return true;
}

static void test_interactions(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example bcc=jane@lead.example id=o1 day=1",
		"in from=jane@lead.example to=rep@ours.example id=r1 answers=o1 day=2 "
		"signs=x-autoreply",
		NULL,
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GString) newest = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	int64_t id = find(fixture, "jane@lead.example");

	store_visit_interactions(fixture->store, id, 0, append_interaction, got, &error);
	g_assert_no_error(error);
	store_visit_interactions(fixture->store, id, 1, append_interaction, newest, &error);
	g_assert_no_error(error);
	assert_text("all",
		    "inbound author email rep@ours.example r1 x-autoreply\n"
		    "outbound bcc email rep@ours.example o1 \n",
		    got->str);
	assert_text("newest", "inbound author email rep@ours.example r1 x-autoreply\n",
		    newest->str);
}

/* ---- imports ---- */

static PutResult import_put(StoreImport *import, const char *text, const char *name,
			    const char *tag)
{
	g_autoptr(AddrSpec) address = address_of(text);
	const char *const tags[] = {tag, NULL};
	ContactDraft draft = {
		.address = address, .name = name, .tags = tag != NULL ? tags : NULL};
	g_autoptr(GError) error = NULL;
	PutResult result;

	store_import_put(import, &draft, &result, &error);
	g_assert_no_error(error);
	return result;
}

static StoreImport *import_begin(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	StoreImport *import =
		store_import_begin(fixture->store, "tester", story_day(0), &error);

	g_assert_no_error(error);
	return import;
}

static void test_import(Fixture *fixture)
{
	static const char *const steps[] = {"put jane@lead.example name=Jane", NULL};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *before = fixture_contacts(fixture);
	g_autofree char *joe = NULL, *during = NULL;
	g_autoptr(GError) error = NULL;
	StoreImport *import = import_begin(fixture);

	g_assert_cmpint(import_put(import, "joe@lead.example", "Joe", "a"), ==, PUT_ADDED);
	g_assert_cmpint(import_put(import, "jane@lead.example", "Jane", NULL), ==,
			PUT_UNCHANGED);
	g_assert_cmpint(import_put(import, "joe@lead.example", NULL, "b"), ==, PUT_UPDATED);
	g_assert_cmpint(import_put(import, "jane@lead.example", "J. Doe", NULL), ==,
			PUT_UPDATED);
	during = fixture_contacts(fixture);
	assert_text("seen by nobody before the commit", before, during);
	g_assert_true(store_import_commit(import, &error));
	g_assert_no_error(error);
	joe = description(fixture, "joe@lead.example");
	assert_text("united", "Joe|-|-|-|a,b|-|lead|joe@lead.example", joe);
	g_assert_cmpint(find(fixture, "J. Doe"), ==, find(fixture, "jane@lead.example"));
}

/* More than are written at once; of addresses that differ late. */
static void test_import_many(Fixture *fixture)
{
	enum { MANY = 1234, STEP = 577, KNOWN = 7, TWICE = 10 };
	static const char *const steps[] = {"put one.of.very.many.0007@lead.example", NULL};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autoptr(GString) wanted = g_string_new(NULL);
	g_autofree char *contacts = NULL, *last = NULL;
	g_autoptr(GError) error = NULL;
	StoreImport *import = import_begin(fixture);

	for (unsigned i = 0; i < MANY; i++) {
		unsigned n = i * STEP % MANY;
		g_autofree char *address =
			g_strdup_printf("one.of.very.many.%04u@lead.example", n);
		g_autofree char *name = g_strdup_printf("Name %u", n);

		g_assert_cmpint(import_put(import, address, name, "a"), ==,
				n == KNOWN ? PUT_UPDATED : PUT_ADDED);
		if (n % TWICE == 0)
			g_assert_cmpint(import_put(import, address, name, NULL), ==,
					PUT_UNCHANGED);
		g_string_append_printf(wanted, "one.of.very.many.%04u@lead.example lead 0\n",
				       i);
	}
	g_assert_true(store_import_commit(import, &error));
	g_assert_no_error(error);
	contacts = fixture_contacts(fixture);
	assert_text("each once", wanted->str, contacts);
	last = description(fixture, "one.of.very.many.1233@lead.example");
	assert_text("with its own name",
		    "Name 1233|-|-|-|a|-|lead|one.of.very.many.1233@lead.example", last);
}

static void test_import_abort(Fixture *fixture)
{
	StoreImport *import = import_begin(fixture);
	g_autofree char *contacts = NULL;

	g_assert_cmpint(import_put(import, "joe@lead.example", "Joe", NULL), ==, PUT_ADDED);
	store_import_abort(import);
	contacts = fixture_contacts(fixture);
	assert_text("nothing is left", "", contacts);
}

/* Mail goes on while an import is being read. */
static void test_import_beside_mail(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=joe@lead.example id=o1 day=1", NULL};
	StoreImport *import = import_begin(fixture);
	g_autofree char *results = NULL, *joe = NULL;
	g_autoptr(GError) error = NULL;

	import_put(import, "joe@lead.example", "Joe", NULL);
	results = fixture_steps(fixture, steps);
	assert_text("recorded", "logged outreach contacts=1 created=1 again=0/0\n",
		    results);
	g_assert_true(store_import_commit(import, &error));
	joe = description(fixture, "joe@lead.example");
	assert_text("both",
		    "Joe|lead.example|rep@ours.example|outreach||-|lead|joe@lead.example",
		    joe);
}

static void test_status(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=jane@lead.example id=o1 day=1",
		"in from=jane@lead.example to=rep@ours.example id=r1 answers=o1 day=2",
		"out from=rep@ours.example to=joe@lead.example id=o2 day=3",
		"in from=bob@lead.example to=rep@ours.example id=r2 answers=o2 day=4",
		NULL,
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autoptr(GError) error = NULL;
	StoreStatus status;

	g_assert_true(store_status(fixture->store, &status, &error));
	g_assert_cmpint(status.schema, ==, store_schema_version());
	g_assert_cmpint(status.contacts, ==, 2);
	g_assert_cmpint(status.interactions, ==, 3);
	g_assert_cmpint(status.messages, ==, 4);
	g_assert_cmpint(status.promotions, ==, 1);
	g_assert_cmpint(status.suggestions_open, ==, 1);
	g_assert_cmpint(status.last_message_at, ==, story_day(4));
	g_assert_cmpint(status.commits, ==, 4);
	g_assert_cmpint(status.bytes > 0, ==, fixture->path != NULL);
}

/* ---- numbers ---- */

static bool append_count(const Count *count, void *text)
{
	const char *stage = stage_name(count->stage);
	const char *direction = direction_name(count->direction);

	g_string_append_printf(text, "%d %s %s %s %d\n", (int)count->month,
			       stage != NULL ? stage : "-",
			       count->source != NULL ? count->source : "-",
			       count->direction != 0 ? direction : "-", (int)count->number);
	return true;
}

static char *counts_text(Fixture *fixture, CountOf of, unsigned by)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(store_visit_counts(fixture->store, of, by, append_count, text, &error));
	g_assert_no_error(error);
	return g_string_free(text, FALSE);
}

static void test_counts(Fixture *fixture)
{
	static const char *const steps[] = {
		"put ann@lead.example source=fair",
		"put bob@lead.example source=fair",
		"put cid@lead.example source=ads stage=customer",
		"put dan@lead.example",
		"stage dan@lead.example client 5",
		"put cid@lead.example source=fair",
		"out from=rep@ours.example to=ann@lead.example id=o1 day=1",
		"in from=ann@lead.example to=rep@ours.example id=r1 answers=o1 day=40",
		"out from=rep@ours.example to=bob@lead.example id=o2 day=40",
		NULL,
	};
	static const struct {
		const char *name;
		CountOf of;
		unsigned by;
		const char *wanted;
	} rows[] = {
		{"all", COUNT_CONTACTS, 0, "0 - - - 4\n"},
		{"by stage", COUNT_CONTACTS, COUNT_BY_STAGE,
		 "0 lead - - 1\n0 prospect - - 1\n0 customer - - 1\n0 client - - 1\n"},
		{"by source", COUNT_CONTACTS, COUNT_BY_SOURCE, "0 - - - 1\n0 - fair - 3\n"},
		{"by both", COUNT_CONTACTS, COUNT_BY_SOURCE | COUNT_BY_STAGE,
		 "0 lead fair - 1\n0 prospect fair - 1\n0 customer fair - 1\n"
		 "0 client - - 1\n"},
		{"what does not apply", COUNT_CONTACTS, COUNT_BY_DIRECTION, "0 - - - 4\n"},
		{"interactions", COUNT_INTERACTIONS, 0, "0 - - - 3\n"},
		{"by direction", COUNT_INTERACTIONS, COUNT_BY_DIRECTION | COUNT_BY_STAGE,
		 "0 - - inbound 1\n0 - - outbound 2\n"},
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *contacts = fixture_contacts(fixture);
	g_autofree char *months = NULL, *wanted = NULL;
	g_autoptr(GDateTime) first = g_date_time_new_from_unix_utc(story_day(1));
	g_autoptr(GDateTime) last = g_date_time_new_from_unix_utc(story_day(40));

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = counts_text(fixture, rows[i].of, rows[i].by);

		assert_text(rows[i].name, rows[i].wanted, got);
	}
	months = counts_text(fixture, COUNT_INTERACTIONS, COUNT_BY_MONTH);
	wanted = g_strdup_printf("%d%02d - - - 1\n%d%02d - - - 2\n",
				 g_date_time_get_year(first), g_date_time_get_month(first),
				 g_date_time_get_year(last), g_date_time_get_month(last));
	assert_text("by month", wanted, months);
}

/* ---- mail, without recording it ---- */

static void test_concerns(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=jane@lead.example id=o1 day=1 thread=t",
		NULL};
	static const struct {
		const char *mail;
		bool concerns;
	} rows[] = {
		{"out from=rep@ours.example to=x@else.example id=n1 day=2", true},
		{"in from=jane@lead.example to=rep@ours.example id=n2 day=2", true},
		{"in from=jane+tag@lead.example to=rep@ours.example id=n3 day=2", true},
		{"in from=x@else.example to=rep@ours.example id=n4 day=2", false},
		{"in from=x@else.example to=rep@ours.example others=jane@lead.example "
		 "id=n5 day=2",
		 true},
		{"in from=x@else.example to=rep@ours.example id=n6 answers=o1 day=2", true},
		{"in from=x@else.example to=rep@ours.example id=n7 answers=other day=2",
		 true},
		{"in from=x@else.example to=rep@ours.example id=n8 answers=other day=2 "
		 "signs=list-id",
		 true},
		{"in from=x@else.example to=rep@ours.example id=n13 day=2 signs=list-id",
		 false},
		{"in from=x@else.example to=rep@ours.example id=n9 thread=t day=2", true},
		{"in from=x@else.example to=rep@ours.example id=n10 thread=u day=2", false},
		{"internal from=rep@ours.example to=two@ours.example id=n11 day=2", false},
		{"transit from=a@else.example to=b@else.example id=n12 day=2", false},
	};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *before = fixture_dump(fixture);
	g_autofree char *after = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(MessageSummary) summary = fixture_summary(rows[i].mail);
		g_autoptr(GError) error = NULL;
		bool concerns = false;

		store_concerns(fixture->store, summary, fixture->settings, &concerns,
			       &error);
		g_assert_no_error(error);
		if (concerns != rows[i].concerns)
			g_error("%s: %d", rows[i].mail, concerns);
	}
	after = fixture_dump(fixture);
	assert_text("nothing was written", before, after);
}

static void test_judge(Fixture *fixture)
{
	static const char *const steps[] = {
		"out from=rep@ours.example to=jane@lead.example id=o1 day=1", NULL};
	g_autofree char *results = fixture_steps(fixture, steps);
	g_autofree char *before = fixture_dump(fixture);
	g_autofree char *after = NULL;
	g_autoptr(MessageSummary) summary = fixture_summary(
		"in from=jane@lead.example to=rep@ours.example id=r1 answers=o1 day=2");
	g_autoptr(GError) error = NULL;
	g_autoptr(History) history = NULL;
	Decision decision;

	g_assert_true(store_judge(fixture->store, summary, fixture->settings, &decision,
				  &history, &error));
	g_assert_cmpint(decision.outcome, ==, OUTCOME_PROMOTED);
	g_assert_cmpstr(decision.answers, ==, "o1");
	decision_clear(&decision);
	after = fixture_dump(fixture);
	assert_text("nothing was written", before, after);
}

static void test_record_many(Fixture *fixture)
{
	enum { COUNT = 700 };
	g_autoptr(GPtrArray) summaries =
		g_ptr_array_new_with_free_func((GDestroyNotify)summary_unref);
	g_autofree RecordResult *results = g_new0(RecordResult, COUNT);
	g_autoptr(GError) error = NULL;
	StoreStatus status;

	for (unsigned i = 0; i < COUNT; i++) {
		g_autofree char *mail = g_strdup_printf(
			"out from=rep@ours.example to=p%u@lead.example id=o%u day=1", i / 2,
			i / 2);

		g_ptr_array_add(summaries, fixture_summary(mail));
	}
	g_assert_true(store_record_many(fixture->store,
					(MessageSummary *const *)summaries->pdata, COUNT,
					fixture->settings, results, &error));
	for (unsigned i = 0; i < COUNT; i++)
		g_assert_cmpint(results[i].reason, ==,
				i % 2 == 0 ? REASON_OUTREACH : REASON_DUPLICATE);
	g_assert_true(store_status(fixture->store, &status, &error));
	g_assert_cmpint(status.messages, ==, COUNT / 2);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	fixture_add_test("put", test_put);
	fixture_add_test("person before mail", test_person_before_mail);
	fixture_add_test("owner", test_owner);
	fixture_add_test("organization", test_free_mail_is_no_organization);
	fixture_add_test("filters", test_filters);
	fixture_add_test("visitor stops", test_visitor_stops);
	fixture_add_test("find", test_find);
	fixture_add_test("no such contact", test_no_such_contact);
	fixture_add_test("history", test_history);
	fixture_add_test("interactions", test_interactions);
	fixture_add_test("import", test_import);
	fixture_add_test("import of many", test_import_many);
	fixture_add_test("import aborted", test_import_abort);
	fixture_add_test("import beside mail", test_import_beside_mail);
	fixture_add_test("status", test_status);
	fixture_add_test("counts", test_counts);
	fixture_add_test("concerns", test_concerns);
	fixture_add_test("judge", test_judge);
	fixture_add_test("record many", test_record_many);
	return g_test_run();
}
