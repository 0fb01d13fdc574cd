/* SPDX-License-Identifier: BSD-2-Clause */
/* decide() by story: "outcome reason tier answers | outreach keep | effects". */
#include <string.h>

#include "lead/words.h"
#include "story.h"

typedef struct {
	const char *name, *settings, *world, *message, *wanted;
} Row;

#define JANE "contact 1 jane@lead.example name=Jane_Doe; "
#define BOB "contact 2 bob@lead.example name=Bob_Roe; "
#define SENT "sent 10 o1 to=jane@lead.example day=-5 subject=offer thread=t"
#define FROM_JANE "in from=jane@lead.example to=rep@ours.example "
#define REPLY FROM_JANE "answers=o1 "
#define OUT "out from=rep@ours.example "
#define AUTHOR "interaction 1 author"
#define PROMOTED \
	"promoted reply-reference reference o1 | keep | " AUTHOR ", ok 1, promote 1 reply-reference"
#define SUGGESTED(reason)                                              \
	"suggested " reason " reference o1 | keep | " AUTHOR ", ok 1, suggest 1 " reason
#define LOGGED(reason) "logged " reason " reference o1 | keep | " AUTHOR

/* clang-format off */
static const Row promotion_rows[] = {
	{ "reply", NULL, JANE SENT, REPLY, PROMOTED },
	{ "reply with authentication", NULL, JANE SENT, REPLY "auth=pass", PROMOTED },
	{ "reply without authentication", NULL, JANE SENT, REPLY "auth=none", PROMOTED },
	{ "reply from another registered address", NULL,
	  "contact 1 jane@lead.example,jd@home.example; " SENT,
	  "in from=jd@home.example to=rep@ours.example answers=o1", PROMOTED },
	{ "forward back to the rep", NULL, JANE SENT, FROM_JANE "fwd subject=offer answers=o1", PROMOTED },
	{ "bounced before", NULL, "contact 1 jane@lead.example bad; " SENT, REPLY, PROMOTED },
	{ "thread began before the contact existed", NULL, JANE SENT " cached", REPLY, PROMOTED },
	{ "thread-index", NULL, JANE SENT, FROM_JANE "thread=t",
	  "promoted reply-thread-index thread-index o1 | keep | " AUTHOR ", ok 1, promote 1 reply-thread-index" },
	{ "subject with authentication", NULL, JANE SENT, FROM_JANE "subject=offer re auth=pass",
	  "promoted reply-subject subject o1 | keep | " AUTHOR ", ok 1, promote 1 reply-subject" },
	{ "reply to all among leads", NULL, JANE BOB "sent 10 o1 to=jane@lead.example,bob@lead.example",
	  REPLY "others=bob@lead.example",
	  "promoted reply-reference reference o1 | keep | " AUTHOR ", interaction 2 cc, ok 1, promote 1 reply-reference" },
	{ "reply after the demotion", NULL, "contact 1 jane@lead.example demoted=-1; " SENT, REPLY, PROMOTED },
	{ "reference to many recipients", NULL, JANE SENT " external=26", REPLY, PROMOTED },
	{ "criteria met", "[promotion]\nmode = criteria\ncriteria_min = 2",
	  "contact 1 jane@lead.example criteria=2; " SENT, REPLY, PROMOTED },
	{ "another is never promoted", "[promotion]\nnever_promote = bob@lead.example", JANE SENT, REPLY, PROMOTED },
};

static const Row suggestion_rows[] = {
	{ "two years old", NULL, JANE "sent 10 o1 to=jane@lead.example day=-730", REPLY, SUGGESTED("old-thread") },
	{ "forged", NULL, JANE SENT, REPLY "auth=fail",
	  "suggested auth-fail reference o1 | keep | " AUTHOR ", suggest 1 auth-fail" },
	{ "suspect", NULL, JANE SENT, REPLY "class=suspect",
	  "suggested suspect reference o1 | keep | " AUTHOR ", suggest 1 suspect" },
	{ "declined", NULL, JANE SENT, REPLY "class=declined",
	  "suggested declined reference o1 | keep | " AUTHOR ", suggest 1 declined" },
	{ "unthreaded", NULL, JANE SENT, FROM_JANE "auth=pass",
	  "suggested unthreaded unthreaded o1 | keep | " AUTHOR ", ok 1, suggest 1 unthreaded" },
	{ "subject without authentication", NULL, JANE SENT, FROM_JANE "subject=offer re",
	  "suggested weak-auth subject o1 | keep | " AUTHOR ", ok 1, suggest 1 weak-auth" },
	{ "subject, forged", NULL, JANE SENT, FROM_JANE "subject=offer re auth=fail",
	  "suggested auth-fail subject o1 | keep | " AUTHOR ", suggest 1 auth-fail" },
	{ "subject, Reply-To for a service that authenticates itself", NULL, JANE SENT,
	  FROM_JANE "subject=offer re auth=pass stand-in",
	  "suggested weak-auth subject o1 | keep | " AUTHOR ", ok 1, suggest 1 weak-auth" },
	{ "thread-index of many recipients", NULL, JANE SENT " external=26", FROM_JANE "thread=t",
	  "suggested many-recipients thread-index o1 | keep | " AUTHOR ", ok 1, suggest 1 many-recipients" },
	{ "through a list", NULL, JANE SENT, REPLY "class=list",
	  "suggested via-list reference o1 | keep | " AUTHOR ", suggest 1 via-list" },
	{ "several authors", NULL, JANE SENT, REPLY "many", SUGGESTED("ambiguous-address") },
	{ "asked us to stop, writes again", NULL, "contact 1 jane@lead.example unwanted; " SENT, REPLY,
	  SUGGESTED("do-not-contact") },
	{ "asked us to stop, new subject", NULL, "contact 1 jane@lead.example unwanted", FROM_JANE,
	  "suggested do-not-contact | keep | " AUTHOR ", ok 1, suggest 1 do-not-contact" },
	{ "mode suggest", "[promotion]\nmode = suggest", JANE SENT, REPLY, SUGGESTED("mode") },
	{ "criteria not met", "[promotion]\nmode = criteria\ncriteria_min = 2",
	  "contact 1 jane@lead.example criteria=1; " SENT, REPLY, SUGGESTED("mode") },
	{ "accepted", NULL, JANE SENT, REPLY "class=calendar calendar=accepted",
	  "suggested calendar reference o1 | keep | " AUTHOR ", suggest 1 calendar" },
	{ "accepted what a calendar server sent", NULL, JANE, FROM_JANE "class=calendar calendar=accepted",
	  "suggested calendar | keep | " AUTHOR ", suggest 1 calendar" },
	{ "accepted, forged", NULL, JANE SENT, REPLY "class=calendar calendar=accepted auth=fail",
	  "suggested auth-fail reference o1 | keep | " AUTHOR ", suggest 1 auth-fail" },
	{ "invites us", NULL, JANE SENT, FROM_JANE "class=calendar calendar=request",
	  "suggested calendar unthreaded o1 | keep | " AUTHOR ", suggest 1 calendar" },
	{ "Exchange calendar without an object", NULL, JANE SENT, REPLY "class=calendar",
	  "suggested calendar reference o1 | keep | " AUTHOR ", suggest 1 calendar" },
	/* another address */
	{ "other address of the only recipient", NULL, JANE SENT,
	  "in from=jane@home.example to=rep@ours.example answers=o1",
	  "suggested other-address reference o1 | keep | " AUTHOR ", suggest 1 other-address" },
	{ "other address, several recipients", NULL, JANE BOB "sent 10 o1 to=jane@lead.example,bob@lead.example",
	  "in from=jane@home.example to=rep@ours.example answers=o1",
	  "suggested other-address reference o1 | keep | suggest 1 other-address" },
	{ "another name", NULL, JANE SENT, "in from=zoe@home.example to=rep@ours.example answers=o1",
	  "suggested other-address reference o1 | keep | suggest 1 other-address" },
	{ "other address, forged", NULL, JANE SENT,
	  "in from=jane@home.example to=rep@ours.example answers=o1 auth=fail",
	  "suggested auth-fail reference o1 | keep | suggest 1 auth-fail" },
	{ "other address, suspect", NULL, JANE SENT,
	  "in from=jane@home.example to=rep@ours.example answers=o1 class=suspect",
	  "suggested suspect reference o1 | keep | " AUTHOR ", suggest 1 suspect" },
	{ "colleague", NULL, JANE SENT, "in from=bob@lead.example to=rep@ours.example answers=o1",
	  "suggested colleague reference o1 | keep | suggest 1 colleague" },
	{ "colleague writes, the lead is in copy", NULL, JANE SENT,
	  "in from=bob@lead.example to=rep@ours.example others=jane@lead.example answers=o1",
	  "suggested colleague reference o1 | keep | interaction 1 cc, suggest 1 colleague" },
	{ "colleague whom we know", NULL, JANE BOB SENT, "in from=bob@lead.example to=rep@ours.example answers=o1",
	  "suggested colleague reference o1 | keep | interaction 2 author, ok 2, suggest 2 colleague" },
	{ "base form of two contacts", NULL,
	  "contact 1 jane+a@lead.example; contact 2 jane+b@lead.example; sent 10 o1 to=jane+a@lead.example", REPLY,
	  "suggested ambiguous-address reference o1 | keep | suggest 1 ambiguous-address" },
};

static const Row nothing_rows[] = {
	{ "automatic reply", NULL, JANE SENT, REPLY "class=auto-reply", LOGGED("auto-reply") },
	{ "out of office", NULL, JANE SENT, REPLY "class=out-of-office", LOGGED("out-of-office") },
	{ "out of office with a date", NULL, JANE SENT, REPLY "class=out-of-office absent=9",
	  LOGGED("out-of-office") ", absent 1 9" },
	{ "out of office until yesterday", NULL, JANE SENT, REPLY "class=out-of-office absent=-1", LOGGED("out-of-office") },
	{ "out of office for ever", NULL, JANE SENT, REPLY "class=out-of-office absent=5000", LOGGED("out-of-office") },
	{ "out of office, forged", NULL, JANE SENT, REPLY "class=out-of-office absent=9 auth=fail", LOGGED("out-of-office") },
	{ "out of office, other address", NULL, JANE SENT,
	  "in from=jane@home.example to=rep@ours.example answers=o1 class=out-of-office absent=9",
	  LOGGED("out-of-office") ", absent 1 9" },
	{ "out of office of a stranger", NULL, JANE SENT,
	  "in from=zoe@home.example to=rep@ours.example answers=o1 class=out-of-office absent=9",
	  "ignored out-of-office reference o1 | keep |" },
	{ "absence of nobody known", NULL, "", FROM_JANE "class=out-of-office",
	  "ignored out-of-office | drop |" },
	{ "absence before its outreach", NULL, "", REPLY "class=out-of-office", "ignored out-of-office | keep |" },
	{ "receipt", NULL, JANE SENT, REPLY "class=receipt", LOGGED("receipt") },
	{ "spam", NULL, JANE SENT, REPLY "class=spam", LOGGED("spam") },
	{ "spam of a stranger", NULL, JANE SENT, "in from=x@y.example to=rep@ours.example class=spam answers=other others=jane@lead.example",
	  "ignored spam | drop |" },
	{ "machine", NULL, JANE SENT, REPLY "class=machine", LOGGED("machine") },
	{ "bulk", NULL, JANE SENT, REPLY "class=bulk", LOGGED("bulk") },
	{ "list", NULL, JANE SENT, FROM_JANE "class=list", "logged list | keep | " AUTHOR },
	{ "left the company", NULL, JANE SENT, REPLY "class=left-company", LOGGED("left-company") },
	{ "own-loop", NULL, JANE SENT, REPLY "class=own-loop", "ignored own-loop | drop |" },
	{ "no outreach", NULL, JANE, FROM_JANE, "logged no-outreach | keep | " AUTHOR ", ok 1" },
	{ "unthreaded without authentication", NULL, JANE SENT, FROM_JANE, "logged no-outreach | keep | " AUTHOR ", ok 1" },
	{ "unthreaded, forged", NULL, JANE SENT, FROM_JANE "auth=fail", "logged no-outreach | keep | " AUTHOR },
	{ "answers what went to a contact elsewhere", NULL,
	  JANE "contact 3 zoe@else.example; sent 10 o1 to=zoe@else.example", REPLY,
	  "logged no-outreach reference o1 | keep | " AUTHOR ", ok 1" },
	{ "prospect", NULL, "contact 1 jane@lead.example stage=prospect; " SENT, REPLY, LOGGED("not-lead") ", ok 1" },
	{ "customer", NULL, "contact 1 jane@lead.example stage=customer; " SENT, REPLY, LOGGED("not-lead") ", ok 1" },
	{ "locked", NULL, "contact 1 jane@lead.example locked; " SENT, REPLY, LOGGED("locked") ", ok 1" },
	{ "never promoted", "[promotion]\nnever_promote = lead.example", JANE SENT, REPLY, LOGGED("never-promote") ", ok 1" },
	{ "demoted since", NULL, "contact 1 jane@lead.example demoted=1; " SENT, REPLY, LOGGED("after-demotion") ", ok 1" },
	{ "calendar decline", NULL, JANE SENT, REPLY "class=calendar calendar=declined", LOGGED("calendar") },
	{ "calendar cancellation", NULL, JANE SENT, REPLY "class=calendar calendar=cancel", LOGGED("calendar") },
	{ "asked us to stop, declines", NULL, "contact 1 jane@lead.example unwanted; " SENT, REPLY "class=declined",
	  LOGGED("do-not-contact") },
	{ "asked us to stop, forged", NULL, "contact 1 jane@lead.example unwanted; " SENT, REPLY "auth=fail",
	  LOGGED("do-not-contact") },
	{ "opt-out", NULL, JANE SENT, REPLY "class=opt-out", LOGGED("opt-out") ", unwanted 1 opt-out" },
	{ "opt-out of a customer, out of the blue", NULL, "contact 1 jane@lead.example stage=customer",
	  FROM_JANE "class=opt-out", "logged opt-out | keep | " AUTHOR ", unwanted 1 opt-out" },
	{ "opt-out, forged", NULL, JANE SENT, REPLY "class=opt-out auth=fail", LOGGED("auth-fail") },
	{ "opt-out from another address", NULL, JANE SENT,
	  "in from=jane@home.example to=rep@ours.example answers=o1 class=opt-out",
	  LOGGED("opt-out") ", unwanted 1 opt-out" },
	{ "opt-out of a colleague", NULL, JANE SENT,
	  "in from=bob@lead.example to=rep@ours.example answers=o1 class=opt-out",
	  "suggested opt-out reference o1 | keep | suggest 1 opt-out" },
	{ "opt-out of a stranger, forged", NULL, JANE SENT,
	  "in from=bob@lead.example to=rep@ours.example answers=o1 class=opt-out auth=fail",
	  "ignored opt-out reference o1 | keep |" },
	{ "opt-out of nobody known", NULL, "", FROM_JANE "class=opt-out", "ignored opt-out | drop |" },
	{ "internal", NULL, JANE, "internal from=a@ours.example to=b@ours.example", "ignored internal | drop |" },
	{ "transit", NULL, JANE, "transit from=jane@lead.example to=b@else.example", "ignored transit | drop |" },
	{ "our author from outside", NULL, JANE SENT, "in from=rep@ours.example to=rep@ours.example answers=o1 spoof",
	  "ignored spoof-suspect | drop |" },
	{ "unknown author", NULL, "", FROM_JANE, "ignored unknown-author | drop |" },
	{ "unknown author answers what may come", NULL, "", REPLY, "ignored unknown-author | keep |" },
	{ "the same by subject", NULL, "", FROM_JANE "re subject=pumps", "ignored unknown-author | keep |" },
	{ "the same by Thread-Index", NULL, "", FROM_JANE "re thread=t", "ignored unknown-author | keep |" },
	{ "a subject alone answers nothing", NULL, "", FROM_JANE "subject=pumps thread=t",
	  "ignored unknown-author | drop |" },
	{ "unknown author, suspect, knows an id", NULL, JANE SENT,
	  "in from=bob@lead.example to=rep@ours.example answers=o1 class=suspect",
	  "ignored unknown-author reference o1 | keep |" },
	{ "unknown author, a contact in copy", NULL, JANE,
	  "in from=zoe@else.example to=rep@ours.example others=jane@lead.example",
	  "logged unknown-author | keep | interaction 1 cc" },
	{ "ambiguous author without outreach", NULL, "contact 1 jane+a@lead.example; contact 2 jane+b@lead.example",
	  FROM_JANE, "ignored ambiguous-address | drop |" },
	{ "erased", NULL, "contact 1 jane@lead.example erased", FROM_JANE, "ignored unknown-author | drop |" },
	{ "no author", NULL, JANE, "in to=rep@ours.example", "ignored unknown-author | drop |" },
};

static const Row report_rows[] = {
	{ "hard bounce with proof", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=jane@lead.example:hard",
	  "logged bounce o1 | keep | interaction 1 to, bad 1" },
	{ "soft bounce with proof", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=jane@lead.example:soft",
	  "logged bounce o1 | keep | interaction 1 to" },
	{ "hard bounce of an unknown id", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=forged bounced=jane@lead.example:hard",
	  "ignored bounce | keep |" },
	{ "hard bounce without an id", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce bounced=jane@lead.example:hard",
	  "ignored bounce | drop |" },
	{ "hard bounce of another recipient", NULL, JANE BOB SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=bob@lead.example:hard",
	  "ignored bounce o1 | keep |" },
	{ "hard bounce behind an alias", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=j@mx.example:hard:jane@lead.example",
	  "logged bounce o1 | keep | interaction 1 to, bad 1" },
	{ "bounce that names nobody", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=o1", "ignored bounce o1 | keep |" },
	{ "bounce without a readable recipient", NULL, JANE SENT,
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=:hard", "ignored bounce o1 | keep |" },
	{ "one hard, one delayed", NULL, JANE BOB "sent 10 o1 to=jane@lead.example,bob@lead.example",
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=bob@lead.example:delayed,jane@lead.example:hard",
	  "logged bounce o1 | keep | interaction 2 to, interaction 1 to, bad 1" },
	{ "bounce of what only the cache knows", NULL, JANE SENT " cached",
	  "in from=jane@lead.example class=bounce returned=o1 bounced=jane@lead.example:hard",
	  "logged bounce | keep | " AUTHOR },
	{ "bounce of a rep's absence notice", NULL, JANE SENT " machine",
	  "in from=mailer-daemon@mx.example class=bounce returned=o1 bounced=jane@lead.example:hard",
	  "logged bounce o1 | keep | interaction 1 to, bad 1" },
	{ "complaint", NULL, JANE SENT,
	  "in from=fbl@isp.example class=complaint returned=o1 bounced=jane@lead.example:soft",
	  "logged complaint o1 | keep | interaction 1 to, unwanted 1 complaint" },
	{ "complaint, recipient redacted", NULL, JANE SENT, "in from=fbl@isp.example class=complaint returned=o1",
	  "logged complaint o1 | keep | interaction 1 to, unwanted 1 complaint" },
	{ "complaint, one of several redacted", NULL, JANE BOB "sent 10 o1 to=jane@lead.example,bob@lead.example",
	  "in from=fbl@isp.example class=complaint returned=o1", "ignored complaint o1 | keep |" },
	{ "complaint without proof", NULL, JANE SENT,
	  "in from=fbl@isp.example class=complaint bounced=jane@lead.example:soft", "ignored complaint | drop |" },
};

static const Row outbound_rows[] = {
	{ "outreach makes a lead", NULL, "", OUT "to=jane@lead.example",
	  "logged outreach | outreach keep | create jane@lead.example outreach, interaction jane@lead.example to" },
	{ "outreach to a contact", NULL, JANE, OUT "to=jane@lead.example",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "outreach to lead, stranger, colleague", NULL, JANE, OUT "to=jane@lead.example cc=zoe@else.example bcc=bob@lead.example,boss@ours.example",
	  "logged outreach | outreach keep | interaction 1 to, create zoe@else.example outreach, interaction zoe@else.example cc, "
	  "create bob@lead.example outreach, interaction bob@lead.example bcc" },
	{ "a recipient of the header alone", NULL, JANE, OUT "to=jane@lead.example others=bob@lead.example",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "two spellings of one mailbox", NULL, "", OUT "to=jane@lead.example,jane+x@lead.example",
	  "logged outreach | outreach keep | create jane@lead.example outreach, interaction jane@lead.example to" },
	{ "two addresses of one contact", NULL, "contact 1 jane@lead.example,jd@home.example",
	  OUT "to=jd@home.example cc=jane@lead.example", "logged outreach | outreach keep | interaction 1 to" },
	{ "policy sales creates too", "[contacts]\nauto_create = sales", "", OUT "to=jane@lead.example",
	  "logged outreach | outreach keep | create jane@lead.example outreach, interaction jane@lead.example to" },
	{ "policy none remembers", "[contacts]\nauto_create = none", "", OUT "to=jane@lead.example",
	  "ignored unknown-recipient | outreach drop | remember jane@lead.example" },
	{ "too many at once", "[contacts]\nmax_recipients = 2", JANE,
	  OUT "to=jane@lead.example,a@else.example,b@else.example",
	  "logged outreach | outreach keep | interaction 1 to, remember a@else.example, remember b@else.example" },
	{ "too many with those left out", "[contacts]\nmax_recipients = 2", "", OUT "to=a@else.example left=2",
	  "ignored unknown-recipient | outreach drop | remember a@else.example" },
	{ "just not too many", "[contacts]\nmax_recipients = 2", "", OUT "to=a@else.example left=1",
	  "logged outreach | outreach keep | create a@else.example outreach, interaction a@else.example to" },
	{ "too many that day", "[contacts]\nmax_new_by_rep = 3", "newcomers=2", OUT "to=a@else.example,b@else.example",
	  "logged outreach | outreach keep | create a@else.example outreach, interaction a@else.example to, remember b@else.example" },
	{ "no bound on a rep by default", NULL, "newcomers=100000", OUT "to=a@else.example",
	  "logged outreach | outreach keep | create a@else.example outreach, interaction a@else.example to" },
	{ "role address", NULL, "", OUT "to=info@lead.example", "ignored not-outreach | drop |" },
	{ "role address that is a contact", NULL, "contact 1 info@lead.example", OUT "to=info@lead.example",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "no-reply beside a person", NULL, "", OUT "to=noreply@lead.example,zoe@else.example",
	  "logged outreach | outreach keep | create zoe@else.example outreach, interaction zoe@else.example to" },
	{ "unsubscribe address", NULL, "", OUT "to=unsubscribe-4711@news.example", "ignored not-outreach | drop |" },
	{ "erased before", NULL, "blocked jane@lead.example", OUT "to=jane@lead.example",
	  "ignored unknown-recipient | outreach drop |" },
	{ "erased contact", NULL, "contact 1 jane@lead.example erased", OUT "to=jane@lead.example",
	  "ignored unknown-recipient | outreach drop |" },
	{ "ambiguous recipient", NULL, "contact 1 jane+a@lead.example; contact 2 jane+b@lead.example",
	  OUT "to=jane@lead.example", "ignored unknown-recipient | outreach drop | remember jane@lead.example" },
	{ "rep's absence notice", NULL, JANE, OUT "to=jane@lead.example class=out-of-office",
	  "logged not-outreach | keep | interaction 1 to" },
	{ "rep's absence notice to a stranger", NULL, "", OUT "to=zoe@else.example class=out-of-office",
	  "ignored not-outreach | drop |" },
	{ "rep leaves a list", NULL, "", OUT "to=zoe@else.example class=opt-out", "ignored not-outreach | drop |" },
	{ "suspect of ours", NULL, JANE, OUT "to=jane@lead.example class=suspect",
	  "logged not-outreach | keep | interaction 1 to" },
	{ "campaign to a contact", NULL, JANE, OUT "to=jane@lead.example class=bulk",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "campaign to a stranger", NULL, "", OUT "to=zoe@else.example class=bulk",
	  "ignored unknown-recipient | outreach drop | remember zoe@else.example" },
	{ "invitation", NULL, JANE, OUT "to=jane@lead.example class=calendar calendar=request",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "rep accepts an invitation", NULL, JANE, OUT "to=jane@lead.example class=calendar calendar=accepted",
	  "logged not-outreach | keep | interaction 1 to" },
	{ "another author, our reverse-path", NULL, JANE, "out from=zoe@else.example to=jane@lead.example",
	  "logged not-outreach | keep | interaction 1 to" },
	{ "another author, our login", NULL, JANE, "out from=zoe@else.example login=rep to=jane@lead.example",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "our mailer daemon", NULL, JANE, "out from=mailer-daemon@ours.example to=jane@lead.example",
	  "logged not-outreach | keep | interaction 1 to" },
	{ "author is our sales address", NULL, JANE, "out from=sales@ours.example to=jane@lead.example",
	  "logged outreach | outreach keep | interaction 1 to" },
	{ "no author, outbound", NULL, JANE, "out to=jane@lead.example", "logged not-outreach | keep | interaction 1 to" },
};

#define SALES "[contacts]\nauto_create = sales\nsales_addresses = sales@ours.example"
#define TO_SALES "in from=zoe@else.example to=sales@ours.example "
static const Row sales_rows[] = {
	{ "writes to sales", SALES, "", TO_SALES,
	  "logged inbound-lead | keep | create zoe@else.example inbound:sales@ours.example, interaction zoe@else.example author" },
	{ "writes to sales with a name", SALES, "", TO_SALES "name=Zoe_Poe",
	  "logged inbound-lead | keep | create zoe@else.example inbound:sales@ours.example 'Zoe Poe', "
	  "interaction zoe@else.example author" },
	{ "writes to a subaddress of sales", SALES, "", "in from=zoe@else.example to=rep@ours.example cc=sales+web@ours.example",
	  "logged inbound-lead | keep | create zoe@else.example inbound:sales@ours.example, interaction zoe@else.example author" },
	{ "writes to sales in a flood", SALES, "newcomers=200", TO_SALES, "ignored flood | drop |" },
	{ "writes to sales, just no flood", SALES, "newcomers=199", TO_SALES,
	  "logged inbound-lead | keep | create zoe@else.example inbound:sales@ours.example, interaction zoe@else.example author" },
	{ "writes to sales without a bound", SALES "\nmax_new_by_strangers = 0", "newcomers=200", TO_SALES,
	  "logged inbound-lead | keep | create zoe@else.example inbound:sales@ours.example, interaction zoe@else.example author" },
	{ "policy is not sales", NULL, "", TO_SALES, "ignored unknown-author | drop |" },
	{ "writes elsewhere", SALES, "", "in from=zoe@else.example to=rep@ours.example", "ignored unknown-author | drop |" },
	{ "machine writes to sales", SALES, "", TO_SALES "class=machine", "ignored machine | drop |" },
	{ "suspect to sales", SALES, "", TO_SALES "class=suspect", "ignored unknown-author | drop |" },
	{ "role address writes to sales", SALES, "", "in from=info@else.example to=sales@ours.example",
	  "ignored unknown-author | drop |" },
	{ "forged author writes to sales", SALES, "", TO_SALES "auth=fail", "ignored unknown-author | drop |" },
	{ "erased author writes to sales", SALES, "blocked zoe@else.example", TO_SALES, "ignored unknown-author | drop |" },
	{ "two authors write to sales", SALES, "", TO_SALES "many", "ignored unknown-author | drop |" },
	{ "contact writes to sales", SALES, JANE, "in from=jane@lead.example to=sales@ours.example",
	  "logged no-outreach | keep | " AUTHOR ", ok 1" },
	{ "colleague answers to sales", SALES, JANE SENT, "in from=bob@lead.example to=sales@ours.example answers=o1",
	  "suggested colleague reference o1 | keep | suggest 1 colleague" },
	{ "writes to sales with a lead in copy", SALES, JANE, TO_SALES "others=jane@lead.example",
	  "logged inbound-lead | keep | create zoe@else.example inbound:sales@ours.example, "
	  "interaction zoe@else.example author, interaction 1 cc" },
};

#define NO_JANE "left-out jane@lead.example; "
static const Row never_log_rows[] = {
	{ "a reply of somebody left out", NULL, JANE NO_JANE SENT, REPLY, "ignored never-log | drop |" },
	{ "an opt-out of his", NULL, JANE NO_JANE SENT, REPLY "class=opt-out", "ignored never-log | drop |" },
	{ "his reply to all among leads", NULL, JANE BOB NO_JANE "sent 10 o1 to=jane@lead.example,bob@lead.example",
	  REPLY "others=bob@lead.example", "logged never-log | keep | interaction 2 cc" },
	{ "his reply to all, others may become contacts", NULL, JANE NO_JANE SENT, REPLY "others=bob@lead.example",
	  "ignored never-log | keep |" },
	{ "his mail to all that answers nothing", NULL, JANE NO_JANE SENT, FROM_JANE "others=bob@lead.example",
	  "ignored never-log | drop |" },
	{ "his absence, others may become contacts", NULL, JANE NO_JANE SENT, REPLY "class=out-of-office others=bob@lead.example",
	  "ignored never-log | drop |" },
	{ "his absence, somebody in copy", NULL, JANE BOB NO_JANE SENT, REPLY "class=out-of-office others=bob@lead.example",
	  "ignored never-log | drop |" },
	{ "he writes to sales", SALES, "left-out zoe@else.example", TO_SALES, "ignored never-log | drop |" },
	{ "he writes to sales, a lead in copy", SALES, JANE "left-out zoe@else.example", TO_SALES "others=jane@lead.example",
	  "logged never-log | keep | interaction 1 cc" },
	{ "in copy of a reply", NULL, JANE BOB "left-out bob@lead.example; " SENT, REPLY "others=bob@lead.example", PROMOTED },
	{ "outreach to him", NULL, JANE NO_JANE, OUT "to=jane@lead.example", "ignored never-log | drop |" },
	{ "outreach to him, whom nobody knows", NULL, "left-out zoe@else.example", OUT "to=zoe@else.example",
	  "ignored never-log | drop |" },
	{ "outreach to him and another", NULL, JANE BOB NO_JANE, OUT "to=jane@lead.example,bob@lead.example",
	  "logged outreach | outreach keep | interaction 2 to" },
	{ "outreach to him, whom nobody knows, and another", NULL, "left-out zoe@else.example",
	  OUT "to=zoe@else.example,bob@lead.example",
	  "logged outreach | outreach keep | create bob@lead.example outreach, interaction bob@lead.example to" },
	{ "outreach to him and a role address", NULL, JANE NO_JANE, OUT "to=jane@lead.example,info@lead.example",
	  "ignored not-outreach | drop |" },
	{ "not remembered either", "[contacts]\nauto_create = none", "left-out zoe@else.example",
	  OUT "to=zoe@else.example,amy@else.example",
	  "ignored unknown-recipient | outreach drop | remember amy@else.example" },
	{ "a colleague answers what went to him", NULL, JANE NO_JANE SENT,
	  "in from=bob@lead.example to=rep@ours.example answers=o1", "ignored unknown-author reference o1 | keep |" },
	{ "his mail bounces", NULL, JANE NO_JANE SENT,
	  "in from=mailer-daemon@mx.example to=rep@ours.example class=bounce returned=o1 bounced=jane@lead.example:hard",
	  "ignored bounce o1 | keep |" },
	{ "a rep left out writes", NULL, JANE "left-out rep@ours.example; ", OUT "to=jane@lead.example",
	  "ignored never-log | drop |" },
	{ "a reply to a rep left out", NULL, JANE "left-out rep@ours.example; " SENT, REPLY, "ignored never-log | drop |" },
	{ "a reply to him and another rep", NULL, JANE "left-out rep@ours.example; " SENT, REPLY "cc=two@ours.example", PROMOTED },
	{ "the message is dropped", NULL, JANE SENT "; dropped", REPLY, "ignored never-log | drop |" },
	{ "the message is dropped, outbound", NULL, JANE "dropped", OUT "to=jane@lead.example,bob@lead.example",
	  "ignored never-log | drop |" },
	{ "a second copy of a message dropped since", NULL, JANE SENT "; seen 20 m1 by=jane@lead.example has=1; dropped",
	  REPLY "id=m1", "ignored never-log | drop |" },
	{ "internal mail stays what it is", NULL, "dropped", "internal from=a@ours.example to=b@ours.example",
	  "ignored internal | drop |" },
};

static const Row duplicate_rows[] = {
	{ "the same again", NULL, JANE SENT "; seen 20 m1 by=jane@lead.example has=1", REPLY "id=m1",
	  "ignored duplicate | joins=20 keep |" },
	{ "the same for another participant", NULL, JANE BOB SENT "; seen 20 m1 by=jane@lead.example has=1",
	  REPLY "id=m1 others=bob@lead.example", "ignored duplicate | joins=20 keep | interaction 2 cc" },
	{ "outbound, next recipient's transaction", NULL, JANE "seen 20 m1 by=rep@ours.example out has=1",
	  OUT "id=m1 to=zoe@else.example",
	  "ignored duplicate | outreach joins=20 keep | create zoe@else.example outreach, interaction zoe@else.example to" },
	{ "outbound, from an address of which inbound mail came", NULL, JANE "seen 20 m1 by=rep@ours.example in",
	  OUT "id=m1 to=jane@lead.example", "logged outreach | outreach keep | interaction 1 to" },
	{ "outbound twice through a filter", NULL, JANE "seen 20 m1 by=rep@ours.example out has=1",
	  OUT "id=m1 to=jane@lead.example", "ignored duplicate | outreach joins=20 keep |" },
	{ "opt-out again", NULL, JANE SENT "; seen 20 m1 by=jane@lead.example has=1", REPLY "id=m1 class=opt-out",
	  "ignored duplicate | joins=20 keep |" },
	{ "same id, another author", NULL, JANE SENT "; seen 20 m1 by=bob@lead.example", REPLY "id=m1",
	  "promoted reply-reference reference o1 | id-reuse keep | " AUTHOR ", ok 1, promote 1 reply-reference" },
	{ "same id and author, another date", NULL, JANE SENT "; seen 20 m1 by=jane@lead.example date=5 has=1", REPLY "id=m1",
	  PROMOTED },
	{ "another id", NULL, JANE SENT "; seen 20 m2 by=jane@lead.example has=1", REPLY "id=m1", PROMOTED },
};
/* clang-format on */

static bool seen[REASON_N];

static char *decide_row(const Row *row)
{
	g_autoptr(Settings) settings = story_settings(row->settings);
	StoryMessage message = story_message(row->message);
	g_autoptr(History) history = story_history(row->world, message.summary);
	Classification classification = {.class = message.class};
	Decision decision;
	char *got;
	Match found;

	match(message.summary, history, settings, &found);
	decide(message.summary, &classification, &found, history, settings, &decision);
	got = story_decision(&decision);
	seen[decision.reason] = true;
	decision_clear(&decision);
	story_message_clear(&message);
	return got;
}

static void check_rows(const Row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *got = decide_row(&rows[i]);

		if (strcmp(got, rows[i].wanted) != 0) {
			g_test_message("%s:\n  wanted '%s'\n  got    '%s'", rows[i].name,
				       rows[i].wanted, got);
			g_test_fail();
		}
	}
}

#define TEST_ROWS(rows)                                 \
	static void test_##rows(void)                   \
	{                                               \
		check_rows(rows, G_N_ELEMENTS(rows));   \
	}
TEST_ROWS(promotion_rows)
TEST_ROWS(suggestion_rows)
TEST_ROWS(nothing_rows)
TEST_ROWS(report_rows)
TEST_ROWS(outbound_rows)
TEST_ROWS(sales_rows)
TEST_ROWS(never_log_rows)
TEST_ROWS(duplicate_rows)

/* A reason that no row of this file gives is a reason that nobody has thought through. */
static void test_every_reason(void)
{
	memset(seen, 0, sizeof seen);
	test_promotion_rows();
	test_suggestion_rows();
	test_nothing_rows();
	test_report_rows();
	test_outbound_rows();
	test_sales_rows();
	test_never_log_rows();
	test_duplicate_rows();
	for (Reason reason = 0; reason < REASON_N; reason++) {
		if (!seen[reason]) {
			g_test_message("no row gives '%s'", reason_name(reason));
			g_test_fail();
		}
	}
}

static void test_names(void)
{
	Outcome outcome;
	Reason reason;

	for (Outcome each = OUTCOME_IGNORED; each <= OUTCOME_PROMOTED; each++) {
		g_assert_true(outcome_from_name(outcome_name(each), &outcome));
		g_assert_cmpint(outcome, ==, each);
	}
	for (Reason each = 0; each < REASON_N; each++) {
		g_assert_true(reason_from_name(reason_name(each), &reason));
		g_assert_cmpint(reason, ==, each);
	}
	g_assert_false(outcome_from_name("hoped", &outcome));
	g_assert_false(reason_from_name("hunch", &reason));
	g_assert_null(reason_name(REASON_N));
}

static void test_evidence_is_kept(void)
{
	g_autoptr(Settings) settings = story_settings(NULL);
	StoryMessage message = story_message(REPLY);
	g_autoptr(History) history = story_history(JANE, message.summary);
	Classification classification = {.class = CLASS_HUMAN, .evidence = signs_new()};
	Sign sign = {.rule = 1, .text = g_strdup("a sign")};
	Decision decision;
	Match found;

	g_array_append_val(classification.evidence, sign);
	match(message.summary, history, settings, &found);
	decide(message.summary, &classification, &found, history, settings, &decision);
	g_array_unref(classification.evidence);
	g_assert_cmpuint(decision.evidence->len, ==, 1);
	g_assert_cmpstr(g_array_index(decision.evidence, Sign, 0).text, ==, "a sign");
	decision_clear(&decision);
	story_message_clear(&message);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	words_init();
	g_test_add_func("/decide/promotion", test_promotion_rows);
	g_test_add_func("/decide/suggestion", test_suggestion_rows);
	g_test_add_func("/decide/nothing", test_nothing_rows);
	g_test_add_func("/decide/report", test_report_rows);
	g_test_add_func("/decide/outbound", test_outbound_rows);
	g_test_add_func("/decide/sales", test_sales_rows);
	g_test_add_func("/decide/never-log", test_never_log_rows);
	g_test_add_func("/decide/duplicate", test_duplicate_rows);
	g_test_add_func("/decide/every-reason", test_every_reason);
	g_test_add_func("/decide/names", test_names);
	g_test_add_func("/decide/evidence", test_evidence_is_kept);
	return g_test_run();
}
