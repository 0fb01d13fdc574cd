/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What people write that looks like a machine's mail: they are away and answer all the
 * same, they thank, quote bounces, forward notices, talk about unsubscribing. Each must
 * stay human; where it says something of its own (no, not me), that.
 */
#include <glib.h>
#include <string.h>

#include "class-row.h"

#define WRITTEN                                                                            \
	"From: Jane Roe <jane@lead.example>\nTo: rep@ours.example\n"                       \
	"Date: Mon, 21 Sep 2026 13:33:20 +0000\nMessage-ID: <1@lead.example>\n"            \
	"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"                     \
	"Content-Transfer-Encoding: 8bit\n"
#define ANSWER "In-Reply-To: <o1@ours.example>\nReferences: <o1@ours.example>\n"
#define RE ANSWER "Subject: Re: Offer\n"

typedef struct {
	const char *name;
	const char *fields;
	const char *body;
} Row;

/* clang-format off */
static const Row rows[] = {
	/* ---- away, and answering ---- */
	{"away, but yes", RE, "I am out of the office next week, but yes, let us talk on the 5th.\n"},
	{"away, and a call after that", RE,
	 "I am on vacation until Monday. When I return, let us have a call about the offer.\n"},
	{"was away", RE, "Sorry for the delay, I was on annual leave. The price is fine, please go ahead.\n"},
	{"away for an hour", RE, "I am away from my desk until three, call me on the mobile then.\n"},
	{"a colleague takes over", RE,
	 "I am on parental leave from June, so Ann takes over the project; she wants two pumps.\n"},
	{"back on Monday with the figures", RE,
	 "I will get back to you with the figures when I return from Bergen.\n"},
	{"another is away", RE, "Our buyer is out of the office until Friday. I sign in her place: we order.\n"},
	{"away, and a question", RE,
	 "I am out of the office this week. I will get back to you when I know more. Does the price include freight?\n"},
	{"German", RE, "Ich bin nächste Woche im Urlaub, aber ja, schicken Sie mir das Angebot gern.\n"},
	{"German, after the holiday", RE,
	 "Nach meiner Rückkehr rufe ich Sie wegen der Pumpen an; der Preis passt.\n"},
	{"German, in haste", RE, "Bin außer Haus, aber die Freigabe liegt vor: bitte liefern.\n"},
	{"French", RE, "Je suis en congé la semaine prochaine, mais oui, envoyez-nous le devis.\n"},
	{"Spanish", RE, "Estoy de vacaciones hasta el lunes, pero sí, adelante con el pedido.\n"},
	{"Italian", RE, "Sono in ferie fino a lunedì, ma va bene, mandatemi il contratto.\n"},
	{"Portuguese", RE, "Estou de férias até segunda, mas sim, podem avançar com a encomenda.\n"},
	{"Dutch", RE, "Ik ben volgende week op vakantie, maar ja, stuur de offerte maar door.\n"},
	{"Swedish", RE, "Jag är på semester nästa vecka, men ja, skicka gärna offerten.\n"},
	{"Danish", RE, "Jeg er på ferie i næste uge, men ja, send bare tilbuddet.\n"},
	{"Norwegian", RE, "Jeg er på ferie neste uke, men ja, send gjerne tilbudet.\n"},
	{"Finnish", RE, "Olen lomalla ensi viikolla, mutta kyllä, lähettäkää tarjous.\n"},
	{"Polish", RE, "W przyszłym tygodniu jestem na urlopie, ale tak, proszę przesłać ofertę.\n"},
	{"Czech", RE, "Příští týden jsem na dovolené, ale ano, pošlete nám nabídku.\n"},
	{"Slovak", RE, "Budúci týždeň som na dovolenke, ale áno, pošlite nám ponuku.\n"},
	{"Hungarian", RE, "Jövő héten szabadságon vagyok, de igen, küldjék az ajánlatot.\n"},
	{"Romanian", RE, "Săptămâna viitoare sunt în concediu, dar da, trimiteți oferta.\n"},
	{"Russian", RE, "На следующей неделе я в отпуске, но да, присылайте предложение.\n"},
	{"Ukrainian", RE, "Наступного тижня я у відпустці, але так, надсилайте пропозицію.\n"},
	{"Turkish", RE, "Gelecek hafta izindeyim ama evet, teklifi gönderin.\n"},
	{"Greek", RE, "Την επόμενη εβδομάδα είμαι σε άδεια, αλλά ναι, στείλτε την προσφορά.\n"},
	{"Japanese", RE, "来週は出張中ですが、お見積もりの件、進めてください。\n"},
	{"Chinese", RE, "我下周正在出差，不过报价没有问题，请继续。\n"},
	{"Korean", RE, "다음 주는 휴가 중입니다만, 견적대로 진행해 주세요.\n"},
	{"away, from an Outlook that asks for silence", RE "X-Auto-Response-Suppress: OOF\n",
	 "Yes, we take three of them.\n"},

	/* ---- thanks, by hand ---- */
	{"thanks for the message", RE, "Thank you for your message. The offer looks good, we take three.\n"},
	{"samples were received", RE, "We have received your samples and tested them: they hold twelve bar.\n"},
	{"thanks for the interest", RE, "Thank you for your interest in our plant; yes, a visit would be welcome.\n"},
	{"will get back", RE, "I will get back to you within two days, when I have asked our engineer.\n"},
	{"case number of the customer", RE, "Our case number for this is 8812, please quote it on the invoice.\n"},
	{"thanks, German", RE, "Vielen Dank für Ihre Nachricht. Wir nehmen das Angebot an.\n"},
	{"thanks, French", RE, "Merci pour votre message, le prix nous convient.\n"},
	{"thanks, Spanish", RE, "Gracias por su mensaje. Confirmo la reunión del martes.\n"},
	{"thanks, Italian", RE, "Grazie per averci scritto. Il prezzo va bene, procediamo.\n"},
	{"thanks, Portuguese", RE, "Agradecemos o seu contacto. Queremos duas bombas.\n"},
	{"thanks, Dutch", RE, "Bedankt voor uw bericht. We gaan akkoord met de prijs.\n"},
	{"thanks, Polish", RE, "Dziękujemy za wiadomość. Zamawiamy dwie sztuki.\n"},
	{"thanks, Russian", RE, "Спасибо за ваше письмо. Мы согласны с ценой.\n"},
	{"thanks, Japanese", RE, "お見積もりを受領いたしました。この内容で発注いたします。\n"},
	{"thanks, new subject", "Subject: Our order 4711\n", "Thank you for your e-mail. Here is our order.\n"},
	{"a help desk's person", "In-Reply-To: <o1@ours.example>\nSubject: Re: [#12345] Offer\n",
	 "The two pumps arrived this morning, they fit.\n"},

	/* ---- bounces, absences and receipts that people talk about ---- */
	{"quotes a bounce", RE, "Your last mail came back to me:\n\n"
	 "> 550 5.1.1 <ann@lead.example>: Recipient address rejected: User unknown\n"},
	{"forwards a bounce", "Subject: Fwd: Undelivered Mail Returned to Sender\n",
	 "Ann's address seems to be wrong, please use mine.\n\n---------- Forwarded message ---------\n"
	 "From: Mail Delivery System <MAILER-DAEMON@mx.lead.example>\nSubject: Undelivered Mail Returned to Sender\n\n"
	 "I'm sorry to have to inform you that your message could not be delivered.\n"},
	{"answers a bounce", ANSWER "Subject: Re: Undeliverable: Offer\n",
	 "This came back from your side; do you have another address?\n"},
	{"tells of a full mailbox", "Subject: Your mail of Tuesday\n",
	 "Your mail to Ann came back, her mailbox is full. Please send it to me.\n"},
	{"goods are late", "Subject: Delivery delayed\n",
	 "The pump has been delayed, it is still at the port. We need it by Friday.\n"},
	{"goods came not", "Subject: Delivery failed\n",
	 "The second pallet could not be delivered, nobody was at the gate. Please send it again.\n"},
	{"goods are returned", "Subject: Returned goods\n", "The seal is returned to you today, it leaks.\n"},
	{"goods came not, German", "Subject: Zustellung fehlgeschlagen\n",
	 "Der Spediteur hat uns nicht angetroffen. Bitte liefern Sie am Freitag.\n"},
	{"answers an absence notice", ANSWER "Subject: Re: Automatic reply: Offer\n", "Enjoy your holiday, call me on Monday.\n"},
	{"the same in German", ANSWER "Subject: AW: Abwesenheitsnotiz: Angebot\n", "Danke, ich melde mich am Montag.\n"},
	{"the same in French", ANSWER "Subject: RE : Réponse automatique : Offre\n", "Bien noté, à lundi.\n"},
	{"the same in Spanish", ANSWER "Subject: RE: Respuesta automática: Oferta\n", "Entendido, hablamos el lunes.\n"},
	{"the same in Polish", ANSWER "Subject: Odp: Autoodpowiedź: Oferta\n", "Dobrze, zadzwonię w poniedziałek.\n"},
	{"forwards an absence notice", "Subject: Fwd: Automatic reply: Offer\n",
	 "She is away, shall we wait for her?\n\n---------- Forwarded message ---------\nFrom: Ann\n\nI am out of the office.\n"},
	{"forwards one in German", "Subject: WG: Abwesenheitsnotiz: Angebot\n", "Siehe unten, wir warten bis Montag.\n"},
	{"quotes an absence notice", RE, "As she wrote, we wait until Monday:\n\n> I am out of the office until Monday.\n"
	 "> In urgent cases please contact my colleague.\n"},
	{"talks about out of office hours", "Subject: Out of office hours delivery\n", "Can your driver come at six in the morning?\n"},
	{"talks about absence", "Subject: Absence of Ann\n", "Ann has left us a note about your offer; we go ahead.\n"},
	{"holidays are the trade", "Subject: Urlaub: Anfrage Ferienhaus\n", "Ist das Haus im August noch frei?\n"},
	{"books to read", "Subject: Read: our new catalogue\n", "I thought you might like it.\n"},
	{"has read it", "Subject: Read: Offer\n", "I have read your offer and I like it.\n"},

	/* ---- automatic things that are no mail ---- */
	{"an automatic machine", RE, "This is an automatic valve with two ways, and it must hold twelve bar.\n"},
	{"an automated line", RE, "This is an automated line, it runs day and night.\n"},
	{"an automatic machine, German", RE, "Das ist eine automatische Pumpe, sie braucht keinen Wärter.\n"},
	{"an automatic machine, Dutch", RE, "Dit is een automatische pomp zonder toezicht.\n"},
	{"an automatic machine, Russian", RE, "Это автоматический насос на двенадцать бар.\n"},
	{"delivery is to be sure", RE, "To ensure delivery of your pumps by May, we need the drawings now.\n"},
	{"a scanner blocked our file", RE, "Our virus scanner has blocked your attachment, please send a PDF.\n"},
	{"a scanner's line below", RE, "Yes, please.\n\nThis email has been checked for viruses by an antivirus scanner.\n"},
	{"confidential footer", RE, "Yes, please.\n\nIf you are not the intended recipient, please notify the sender.\n"},
	{"a shared document", "Subject: Ann shared a document with us\n", "Have a look at page two before we talk.\n"},

	/* ---- unsubscribing, talked about ---- */
	{"asks how others leave", RE, "How do our customers unsubscribe from your portal once they have an account?\n"},
	{"no invoice yet", RE, "Please do not send the invoice yet, we wait for the contract.\n"},
	{"no invoice yet, Polish", RE, "Proszę nie wysyłać jeszcze faktury, czekamy na umowę.\n"},
	{"no invoice yet, Russian", RE, "Пока не присылайте счёт, ждём договор.\n"},
	{"no invoice yet, Finnish", RE, "Älkää lähettäkö vielä laskua, odotamme sopimusta.\n"},
	{"no invoice yet, Japanese", RE, "請求書はまだ送らないでください。契約書を待っています。\n"},
	{"stops by", RE, "Please stop by our booth on Tuesday.\n"},
	{"no newsletter, but an offer", RE,
	 "We never read newsletters, and most of us leave such lists. But this offer interests us, send it.\n"},
	{"under that subject", ANSWER "Subject: Re: unsubscribe\n", "That was my colleague. I do want to hear from you.\n"},
	{"our footer, quoted", RE, "Tuesday is fine.\n\nOn Monday, Rep wrote:\n> An offer\n> To unsubscribe, click here.\n"},

	/* ---- ways that letters come ---- */
	{"a web mailer of the host", "Received: from www-data by mx.lead.example with local (Exim 4.96)\n\tid 1; Mon, 21 Sep 2026 13:33:20 +0000\n" RE,
	 "Yes, we take three.\n"},
	{"hidden recipients", "To: undisclosed-recipients:;\nSubject: We move\n", "Our new address from May on: Harbour Street 5.\n"},
	{"a redirect by an inbox rule", RE "X-MS-Exchange-Inbox-Rules-Loop: rep@ours.example\n", "Yes, we take three.\n"},
	{"an external tag", ANSWER "Subject: [EXTERNAL] Re: Offer\n", "Yes, we take three.\n"},
	{"a person named like a daemon", "From: Maylor Daemoni <maylor@lead.example>\n" RE, "Yes, we take three.\n"},
	{"errors go elsewhere", RE "Errors-To: admin@lead.example\n", "Yes, we take three.\n"},
	{"a service between", RE "X-Mailgun-Sid: 1\n", "Yes, we take three.\n"},
	{"one word", RE, "Yes\n"},
	{"a smile", RE, ":-)\n"},
};

/* Said by people, and meaning something. */
static const struct {
	Row row;
	MessageClass want;
} sayings[] = {
	{{"leaves a list by a new letter", "Subject: Your mails\n", "Please unsubscribe me from this list.\n"},
	 CLASS_OPT_OUT},
	{{"leaves, German", "Subject: Ihre Mails\n", "Bitte tragen Sie mich aus Ihrem Verteiler aus.\n"},
	 CLASS_OPT_OUT},
	{{"no, thank you", RE, "Thank you for your message, but we are not interested.\n"}, CLASS_DECLINED},
};
/* clang-format on */

static void check(const Row *row, MessageClass want)
{
	g_autofree char *text = g_strconcat(WRITTEN, row->fields, "\n", row->body, NULL);
	ClassRow whole = {.name = row->name, .text = text, .want = want};

	/* A row's own From or To stands for the usual one. */
	if (g_str_has_prefix(row->fields, "From:") ||
	    g_str_has_prefix(row->fields, "To:")) {
		const char *usual = strstr(text, row->fields[0] == 'F' ? "From:" : "To:");
		size_t length = strcspn(usual, "\n") + 1;

		memmove(text + (usual - text), usual + length, strlen(usual + length) + 1);
	}
	class_row_check(&whole);
	whole.context = (ClassContext){.answers_outreach = true, .seconds_after = 3600};
	class_row_check(&whole);
}

static void test_people(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		check(&rows[i], CLASS_HUMAN);
}

static void test_sayings(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sayings); i++)
		check(&sayings[i].row, sayings[i].want);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/classify-human/people", test_people);
	g_test_add_func("/classify-human/sayings", test_sayings);
	return g_test_run();
}
