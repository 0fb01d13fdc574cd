/* SPDX-License-Identifier: BSD-2-Clause */
#include <glib.h>
#include <string.h>

#include "lead/own-text.h"

typedef struct {
	const char *name;
	const char *text;
	const char *own;
} Row;

static const Row plain_rows[] = {
	{"nothing", "", ""},
	{"blank", " \n\t\r\n\n", ""},
	{"all own", "Hello,\nyes please.\n", "Hello,\nyes please."},
	{"one trailing octet", "a", "a"},
	{"quoted below",
	 "Yes.\n\nOn Mon, 3 Mar 2025 at 10:00, Ann <ann@example.com> wrote:\n"
	 "> Shall we?\n> Ann\n",
	 "Yes."},
	{"attribution wrapped",
	 "Yes.\n\nOn Mon, Mar 3, 2025 at 10:00 AM Ann Example\n"
	 "<ann@example.com> wrote:\n\n> Shall we?\n",
	 "Yes."},
	{"attribution without marks", "Yes.\nOn 3 Mar 2025, Ann wrote:\n\nShall we?\n",
	 "Yes."},
	{"answers between", "On 3 Mar 2025, Ann wrote:\n> One?\nFirst.\n> Two?\nSecond.\n",
	 "First.\nSecond."},
	{"a sentence is no attribution", "This is what you wrote:\na promise.\n",
	 "This is what you wrote:\na promise."},
	{"without date but quoted", "Fine.\nAnn Example wrote:\n> Shall we?\n", "Fine."},
	{"German", "Ja gern.\n\nAm 03.03.25 um 10:00 schrieb Ann Example:\n> Wollen wir?\n",
	 "Ja gern."},
	{"French with blank",
	 "Oui.\n\nLe 3 mars 2025 à 10:00, Ann a écrit\302\240:\n"
	 "> On y va ?\n",
	 "Oui."},
	{"Japanese",
	 "はい\n\n2025年3月3日 "
	 "Ann <ann@example.com>のメール:\n> ?\n",
	 "はい"},
	{"Chinese colon",
	 "好\n在 2025-03-03，Ann "
	 "写道：\n> ?\n",
	 "好"},
	{"Outlook divider", "OK\n\n-----Original Message-----\nFrom: Ann\nold\n", "OK"},
	{"German divider", "OK\n-----Ursprüngliche Nachricht-----\nVon: Ann\nalt\n", "OK"},
	{"dashes alone divide nothing", "one\n-----------\ntwo\n", "one\n-----------\ntwo"},
	{"forwarded",
	 "See below.\n\n---------- Forwarded message ---------\nFrom: Ann\nold\n",
	 "See below."},
	{"Apple forward", "See.\n\nBegin forwarded message:\n\nold\n", "See."},
	{"header block",
	 "OK\n\nFrom: Ann <ann@example.com>\nSent: Monday, March 3, 2025\n"
	 "To: Bo\nSubject: Offer\n\nold\n",
	 "OK"},
	{"German header block",
	 "OK\n\nVon: Ann\nGesendet: Montag\nAn: Bo\nBetreff: x\n\nalt\n", "OK"},
	{"bold header block",
	 "OK\n*From:* Ann\n*Sent:* Monday\n*To:* Bo\n*Subject:* x\nold\n", "OK"},
	{"one label is a sentence", "From: the station, go left.\nThen right.\n",
	 "From: the station, go left.\nThen right."},
	{"rule of underscores", "OK\n________________________________\nFrom: Ann\nold\n",
	 "OK"},
	{"signature", "Yes\n-- \nBo Example\nExample Ltd\n", "Yes"},
	{"trimmed delimiter", "Yes\n--\nBo\n", "Yes"},
	{"telephone", "Yes\n\nSent from my iPhone\n", "Yes"},
	{"telephone before quote",
	 "Yes\n\nSent from my iPhone\n\nOn 3 Mar 2025, Ann wrote:\n> x\n", "Yes"},
	{"German telephone", "Ja\n\nVon meinem iPhone gesendet\n", "Ja"},
	{"Outlook for iOS", "Yes\n\nGet Outlook for iOS\n", "Yes"},
	{"telephone in a paragraph", "Sent from my desk drawer\nit came late.\n",
	 "Sent from my desk drawer\nit came late."},
	{"initials", "JD> old words\nmy words\n", "my words"},
	{"name before the mark", "Adam> old words\nmy words\nif a>b then c\n",
	 "my words\nif a>b then c"},
	{"answers below a divider with marks",
	 "----- Original Message -----\nFrom: Ann\nTo: Bo\nSent: Monday\nSubject: x\n\n> "
	 "Shall we?\n\nYes.\n",
	 "Yes."},
	{"divider, and nothing of the author's",
	 "----- Original Message -----\nFrom: Ann\nTo: Bo\nSubject: x\n\nold\n", ""},
	{"answers, then a divider with marks",
	 "Yes.\n----- Original Message -----\nFrom: Ann\n\n> old\nwrapped\n", "Yes."},
	{"another mark", "On 3 Mar 2025, Ann wrote:\n\n) Shall we?\n)\n) Ann\n\nYes.\n",
	 "Yes."},
	{"another mark of three", "On 3 Mar 2025, Ann wrote:\n--]Shall we?\nYes.\n",
	 "Yes."},
	{"PGP", "Yes.\n-----BEGIN PGP SIGNATURE-----\nabc\n", "Yes."},
	{"indented mark", "  > old\nmine\n", "mine"},
	{"only quotes", "> a\n>> b\n>\n", ""},
	{"bare CR", "mine\r> old\r", "mine"},
	{"CRLF", "mine\r\n\r\n\r\n\r\nmore\r\n> old\r\n", "mine\n\nmore"},
	{"letterhead",
	 "____________________________\n\nPump "
	 "News\n____________________________\n\nBuy.\n",
	 "Pump News"},
	{"letterhead of a long letter",
	 "____________________\nPump News\n____________________\n\n1\n2\n3\n4\n5\n6\n7\n8\n"
	 "9\n10\n11\n12\n13\n14\n15\n",
	 "Pump News\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15"},
	{"rule and labels of a tongue that nobody knows",
	 "____________________\nQuux: Ann\nQuuux: Bo\n\nold\n", ""},
	{"footer of a list",
	 "mine\n_______________________________________________\nlist@example.org\n",
	 "mine"},
};

static const Row html_rows[] = {
	{"nothing", "", ""},
	{"words", "<p>Hello <b>you</b></p><p>there</p>", "Hello you\nthere"},
	{"white space", "<div>a\r\n   b\t c</div>", "a b c"},
	{"line break", "a<br>b<BR/>c", "a\nb\nc"},
	{"references", "a &amp; b &lt;c&gt; &#228;&#xE4;&auml; &nope; &",
	 "a & b <c> "
	 "äää &nope; &"},
	{"windows number", "it&#146;s", "it’s"},
	{"cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
	 "a b\nc"},
	{"style and script",
	 "<style>p { x: '<p>y' }</style>a<script>if (a < b) \"</p>\"</script>b", "ab"},
	{"title", "<html><head><title>no</title></head><body>yes</body></html>", "yes"},
	{"comment", "a<!-- <p>no</p> -->b<!DOCTYPE x>c<?xml y?>d", "abcd"},
	{"blockquote",
	 "mine<blockquote>old <blockquote>older</blockquote> old</blockquote>also",
	 "mine\nalso"},
	{"quote never closed", "mine<blockquote>old", "mine"},
	{"end without begin", "a</blockquote></div>b", "a\nb"},
	{"Gmail reply",
	 "<div dir=\"ltr\">Yes</div><br><div class=\"gmail_quote gmail_quote_container\">"
	 "<div dir=\"ltr\" class=\"gmail_attr\">On Mon, 3 Mar 2025 Ann &lt;<a "
	 "href=\"mailto:ann@example.com\">ann@example.com</a>&gt; wrote:<br></div>"
	 "<blockquote class=\"gmail_quote\">old</blockquote></div>",
	 "Yes"},
	{"Gmail reply, tongue unknown",
	 "<div>Bai</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">Ann, 2025 "
	 "idatzi du:"
	 "</div><blockquote>old</blockquote></div>",
	 "Bai"},
	{"Gmail forward",
	 "<div>See</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">"
	 "---------- Forwarded message ---------<br>From: Ann<br></div>old</div>",
	 "See"},
	{"Gmail, answers between",
	 "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On 3 Mar Ann "
	 "wrote:</div><blockquote>One?</blockquote><div>First.</div><blockquote>Two?</"
	 "blockquote>"
	 "<div>Second.</div></div>",
	 "First.\nSecond."},
	{"Outlook web",
	 "<div>Yes</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\">"
	 "<b>Od:</b> Ann</div>old",
	 "Yes"},
	{"Outlook web, one id", "<p>Yes<hr><div id='divRplyFwdMsg' dir=ltr>x</div>old",
	 "Yes"},
	{"Outlook desktop",
	 "<p class=MsoNormal>Yes</p><div style='border:none;border-top:solid "
	 "#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p>Lahätja: A</p></div>old",
	 "Yes"},
	{"Outlook by its labels",
	 "<p>Yes</p><p><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> "
	 "Bo<br><b>Subject:</b> x</p><p>old</p>",
	 "Yes"},
	{"Thunderbird",
	 "<p>Yes</p><div class=\"moz-cite-prefix\">Am 3.3. schrieb Ann:<br></div>"
	 "<blockquote type=\"cite\">old</blockquote><pre class=\"moz-signature\">-- "
	 "\nBo</pre>",
	 "Yes"},
	{"Gmail signature",
	 "<div>Yes<br clear=\"all\"><div><div class=\"gmail_signature\" "
	 "data-x=\"<\">Bo <div>Ltd</div></div></div></div>",
	 "Yes"},
	{"class of another name", "<div class=\"my_gmail_signature\">a</div>", "a"},
	{"quoted end of tag", "<a title=\"a > b\" href=x>link</a>", "link"},
	{"tag cut", "a<b class=\"x", "a"},
	{"less than", "1 < 2 and <3", "1 < 2 and <3"},
	{"just a bracket", "<", "<"},
	{"just a reference", "&#", "&#"},
	{"reference cut", "&#x", "&#x"},
	{"comment cut", "a<!--", "a"},
};

typedef char *(*Reader)(const char *text, size_t length);

static void check_row(const Row *row, Reader read)
{
	size_t length = strlen(row->text);
	g_autofree char *exact =
		g_memdup2(row->text, length); /* no octet more than is there */
	g_autofree char *own = read(exact, length);

	if (strcmp(own, row->own) != 0)
		g_test_message("row '%s'", row->name);
	g_assert_cmpstr(own, ==, row->own);
}

static void test_plain(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(plain_rows); i++)
		check_row(&plain_rows[i], own_text_from_plain);
}

static void test_html(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(html_rows); i++)
		check_row(&html_rows[i], own_text_from_html);
}

/* Every prefix of every row, so that each parser stops at each octet once. */
static void test_prefixes(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(html_rows); i++) {
		for (size_t length = 0; length < strlen(html_rows[i].text); length++) {
			g_autofree char *exact = g_memdup2(html_rows[i].text, length);
			g_autofree char *own = own_text_from_html(exact, length);

			g_assert_cmpuint(strlen(own), <=, length + 1);
		}
	}
}

/* Where reading stops, no character is cut in two. */
static void test_long(void)
{
	for (size_t shift = 0; shift < 3; shift++) {
		GString *text = g_string_new(&"---"[shift]);
		g_autofree char *plain = NULL, *html = NULL;

		while (text->len < 300000)
			g_string_append(text, "はい");
		plain = own_text_from_plain(text->str, text->len);
		html = own_text_from_html(text->str, text->len);
		g_assert_true(g_utf8_validate(plain, -1, NULL));
		g_assert_true(g_utf8_validate(html, -1, NULL));
		g_assert_cmpuint(strlen(plain), <=, 65536);
		g_assert_cmpuint(strlen(plain), >, 65536 - 4);
		g_string_free(text, TRUE);
	}
}

/* Nor where a tag without an end is given up. */
static void test_long_tag(void)
{
	for (size_t shift = 0; shift < 3; shift++) {
		GString *text = g_string_new("<div class=\"");
		g_autofree char *own = NULL;

		g_string_append(text, &"---"[shift]);
		while (text->len < 9000)
			g_string_append(text, "はい");
		own = own_text_from_html(text->str, text->len);
		g_assert_true(g_utf8_validate(own, -1, NULL));
		g_assert_true(g_str_has_suffix(own, "はい"));
		g_string_free(text, TRUE);
	}
}

/* What would cost a careless reader the square of the length, and this one at most some
 * hundred steps an octet. Counted in time, with room for a slow machine. */
/* Under valgrind all takes fifty times as long, and its time tells nothing. */
static void test_hostile(void)
{
	const size_t octets = g_getenv("LEAD_MEMCHECK") != NULL ? 20000 : 262144;
	static const char *const pieces[] = {"<",
					     "<a '",
					     "<a=\"",
					     "<!--",
					     "&#x1;",
					     "&",
					     "<div>",
					     "<blockquote>",
					     "</div>",
					     ">",
					     "wrote:\n",
					     "On 1 wrote:\n",
					     "On 1\n",
					     "From:\n",
					     "From:\nTo:\n",
					     "- - -\n",
					     "_",
					     "--\n",
					     "Sent from my \n",
					     "<style>",
					     "</",
					     "<div class=gmail_attr>",
					     "\303",
					     "：\n",
					     "*",
					     "\r",
					     "a:"};

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		GString *text = g_string_new(NULL);
		gint64 before = g_get_monotonic_time();

		while (text->len < octets)
			g_string_append(text, pieces[i]);
		g_free(own_text_from_html(text->str, text->len));
		g_free(own_text_from_plain(text->str, text->len));
		g_string_free(text, TRUE);
		g_test_message("'%s': %" G_GINT64_FORMAT " us", pieces[i],
			       g_get_monotonic_time() - before);
		g_assert_cmpint(g_get_monotonic_time() - before, <, 10 * G_USEC_PER_SEC);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/own-text/plain", test_plain);
	g_test_add_func("/own-text/html", test_html);
	g_test_add_func("/own-text/prefixes", test_prefixes);
	g_test_add_func("/own-text/long", test_long);
	g_test_add_func("/own-text/long-tag", test_long_tag);
	g_test_add_func("/own-text/hostile", test_hostile);
	return g_test_run();
}
