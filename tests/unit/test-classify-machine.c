/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs write that looks like a person's mail, in the shapes of the field: none
 * may come out human. Most leave away what would tell them at once.
 */
#include <glib.h>
#include <string.h>

#include "class-row.h"

#define PATH_GONE                                                                          \
	{                                                                                  \
		.client = "archive", .reverse_path = "unknown"                             \
	}
#define NULL_PATH                                                                          \
	{                                                                                  \
		.reverse_path = "<>"                                                       \
	}
#define DATE "Date: Mon, 21 Sep 2026 13:33:20 +0000\n"
#define UTF8                                                                               \
	"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"                     \
	"Content-Transfer-Encoding: 8bit\n"
#define BY(author)                                                                         \
	"From: " author "\nTo: rep@ours.example\n" DATE "Message-ID: <1@lead.example>\n"
#define JANE BY("Jane Roe <jane@lead.example>") UTF8
#define DAEMON BY("Mail Delivery System <MAILER-DAEMON@mx.lead.example>") UTF8
#define ANSWER "In-Reply-To: <o1@ours.example>\nReferences: <o1@ours.example>\n"
#define EXCHANGE "X-Auto-Response-Suppress: All\n"
#define PARTS(type)                                                                        \
	"MIME-Version: 1.0\nContent-Type: multipart/report; report-type=" type             \
	"; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"

/* clang-format off */
/* A subject that says it all: what Exchange calls its answers in each tongue. */
typedef struct {
	const char *tongue, *text;
} Words;

static const Words answers[] = {
	{"English", "Automatic reply: Offer"},
	{"German", "Automatische Antwort: Angebot"},
	{"French", "Réponse automatique : Offre"},
	{"Spanish", "Respuesta automática: Oferta"},
	{"Italian", "Risposta automatica: Offerta"},
	{"Portuguese", "Resposta automática: Oferta"},
	{"Dutch", "Automatisch antwoord: Offerte"},
	{"Swedish", "Automatiskt svar: Offert"},
	{"Danish", "Automatisk svar: Tilbud"},
	{"Norwegian", "Automatisk svar: Tilbud"},
	{"Finnish", "Automaattinen vastaus: Tarjous"},
	{"Polish", "Autoodpowiedź: Oferta"},
	{"Czech", "Automatická odpověď: Nabídka"},
	{"Slovak", "Automatická odpoveď: Ponuka"},
	{"Hungarian", "Automatikus válasz: Ajánlat"},
	{"Romanian", "Răspuns automat: Ofertă"},
	{"Turkish", "Otomatik yanıt: Teklif"},
	{"Greek", "Αυτόματη απάντηση: Προσφορά"},
	{"Russian", "Автоматический ответ: Предложение"},
	{"Ukrainian", "Автоматична відповідь: Пропозиція"},
	{"Bulgarian", "Автоматичен отговор: Оферта"},
	{"Croatian", "Automatski odgovor: Ponuda"},
	{"Slovenian", "Samodejni odgovor: Ponudba"},
	{"Estonian", "Automaatvastus: Pakkumine"},
	{"Latvian", "Automātiska atbilde: Piedāvājums"},
	{"Lithuanian", "Automatinis atsakymas: Pasiūlymas"},
	{"Japanese", "自動応答: お見積り"},
	{"Chinese", "自动答复: 报价"},
	{"Chinese, traditional", "自動回覆: 報價"},
	{"Korean", "자동 회신: 견적"},
	{"Hebrew", "תשובה אוטומטית: הצעה"},
	{"Arabic", "رد تلقائي: عرض"},
	{"Thai", "ตอบกลับอัตโนมัติ: ใบเสนอราคา"},
	{"Vietnamese", "Trả lời tự động: Báo giá"},
	{"bracketed", "[Auto-Reply] Offer"},
	{"behind a gateway's tag", "[EXTERNAL] Automatic reply: Offer"},
};

static const Words absences[] = {
	{"German, absence", "Abwesenheitsnotiz: Angebot"},
	{"French, absence", "Absence du bureau : Offre"},
	{"Italian, absence", "Fuori sede: Offerta"},
	{"Dutch, absence", "Afwezigheidsbericht: Offerte"},
	{"out of office", "Out of Office: Offer"},
	{"out of office, old Exchange", "Out of Office AutoReply: Offer"},
	{"Domino", "Jane Roe/Sales/Lead is out of the office."},
	{"Domino with a date", "AUTO: Jane Roe is out of the office. (returning 05/10/2026)"},
	{"Domino, German", "Jane Roe ist außer Haus"},
	{"Domino, French", "Jane Roe est absent(e)."},
};

/* Their texts, where the subject is only "Re: Offer". */
static const Words notices[] = {
	{"English", "I am out of the office until 5 October. I will reply to your message when I return.\n"},
	{"English, colleague", "I am currently on annual leave. For urgent matters please contact my colleague Ann.\n"},
	{"English, thanks", "Thank you for your mail. I am out of town and will get back to you as soon as I am back.\n"},
	{"German", "Ich bin bis zum 5. Oktober nicht im Büro. Ihre E-Mail wird nicht weitergeleitet.\n"},
	{"German, urgent", "Ich bin im Urlaub. In dringenden Fällen wenden Sie sich bitte an meine Kollegin.\n"},
	{"French", "Je suis en congé jusqu'au 5 octobre. En cas d'urgence, merci de contacter ma collègue.\n"},
	{"Spanish", "Estoy fuera de la oficina hasta el 5. Para asuntos urgentes puede contactar con Ana.\n"},
	{"Italian", "Sono assente fino al 5 ottobre. Risponderò al mio rientro.\n"},
	{"Portuguese", "Estou ausente até ao dia 5. Em caso de urgência, contacte a minha colega.\n"},
	{"Dutch", "Ik ben niet op kantoor tot 5 oktober. Voor dringende zaken kunt u mijn collega bellen.\n"},
	{"Swedish", "Jag är på semester till den 5 oktober. Vid brådskande ärenden, kontakta min kollega.\n"},
	{"Danish", "Jeg er på ferie til 5. oktober. Ved akutte sager kontakt min kollega.\n"},
	{"Finnish", "Olen lomalla 5.10. asti. Kiireellisissä asioissa ottakaa yhteyttä kollegaani.\n"},
	{"Polish", "Jestem na urlopie do 5 października. W pilnych sprawach proszę o kontakt z koleżanką.\n"},
	{"Czech", "Jsem na dovolené do 5. října. V naléhavých případech kontaktujte kolegyni.\n"},
	{"Hungarian", "Szabadságon vagyok október 5-ig. Sürgős esetben kérem, hívja kollégámat.\n"},
	{"Russian", "Я в отпуске до 5 октября. По срочным вопросам обращайтесь к моей коллеге.\n"},
	{"Turkish", "5 Ekim'e kadar izindeyim. Acil durumlarda lütfen meslektaşımı arayın.\n"},
	{"Greek", "Είμαι σε άδεια έως τις 5 Οκτωβρίου. Για επείγοντα καλέστε τη συνάδελφό μου.\n"},
	{"Japanese", "10月5日まで不在にしております。お急ぎの場合は田中までお願いいたします。\n"},
	{"Chinese", "我正在休假，10月5日回来。如有急事请联系同事。\n"},
	{"Korean", "10월 5일까지 휴가 중입니다. 급한 용무는 동료에게 연락 바랍니다.\n"},
};

/* Bounces that are no reports: who sends them, and what they say. */
static const ClassRow bounces[] = {
	{"qmail", NULL_PATH, DAEMON "Subject: failure notice\n\nHi. This is the qmail-send program at mx.lead.example.\n"
	 "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ann@lead.example>:\nno such mailbox\n",
	 CLASS_BOUNCE, .rule = "bounce-text"},
	{"qmail, envelope not known", PATH_GONE, DAEMON "Subject: failure notice\n\nHi. This is the qmail-send program at mx.lead.example.\n"
	 "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ann@lead.example>:\nno such mailbox\n",
	 CLASS_BOUNCE, .rule = "bounce-text"},
	{"Exim", NULL_PATH, BY("Mail Delivery System <Mailer-Daemon@mx.lead.example>")
	 "X-Failed-Recipients: ann@lead.example\nSubject: Mail delivery failed: returning message to sender\n\n"
	 "This message was created automatically by mail delivery software.\n\n  ann@lead.example\n    all relevant MX records point to non-existent hosts\n",
	 CLASS_BOUNCE, .rule = "failed-recipients"},
	{"Sendmail of old", PATH_GONE, BY("Mail Delivery Subsystem <MAILER-DAEMON@mx.lead.example>")
	 "Subject: Returned mail: User unknown\n\n   ----- Transcript of session follows -----\n550 ann@lead.example... User unknown\n",
	 CLASS_BOUNCE, .rule = "bounce-text"},
	{"Domino", PATH_GONE, BY("postmaster@lead.example") "Subject: DELIVERY FAILURE: User ann (ann@lead.example) not listed in Domino Directory\n\n"
	 "Your message\n\n  Subject: Offer\n\nwas not delivered to:\n\n  ann@lead.example\n\nbecause:\n\n  User ann not listed in Domino Directory\n",
	 CLASS_BOUNCE, .rule = "bounce-text"},
	{"Exchange of old", PATH_GONE, BY("System Administrator <postmaster@lead.example>") "Subject: Undeliverable: Offer\n\n"
	 "Your message\n\n  To:      ann@lead.example\n  Subject: Offer\n\ndid not reach the following recipient(s):\n\nann@lead.example\n    The recipient name is not recognized\n",
	 CLASS_BOUNCE, .rule = "bounce-text"},
	{"GroupWise", PATH_GONE, BY("Mail System Administrator <mailer-daemon@lead.example>") "Subject: Message status - undeliverable\n\n"
	 "The message that you sent was undeliverable to the following:\n\tann@lead.example (user not found)\n", CLASS_BOUNCE, .rule = "bounce-text"},
	{"Gmail", NULL_PATH, BY("Mail Delivery Subsystem <mailer-daemon@googlemail.com>") "X-Failed-Recipients: ann@lead.example\n"
	 "Subject: Delivery Status Notification (Failure)\n\n** Address not found **\n\nYour message wasn't delivered to ann@lead.example because the address couldn't be found.\n",
	 CLASS_BOUNCE, .rule = "failed-recipients"},
	{"Gmail, German", NULL_PATH, BY("Mail Delivery Subsystem <mailer-daemon@googlemail.com>") UTF8
	 "Subject: Delivery Status Notification (Failure)\n\n** Adresse nicht gefunden **\n\nDie Nachricht wurde nicht zugestellt.\n", CLASS_BOUNCE, .rule = "bounce-subject"},
	{"Yahoo", NULL_PATH, BY("MAILER-DAEMON@mail.example") "Subject: Failure Notice\n\nSorry, we were unable to deliver your message to the following address.\n\n"
	 "<ann@lead.example>:\n554: delivery error: dd This user doesn't have a yahoo.example account\n", CLASS_BOUNCE, .rule = "bounce-text"},
	{"mail.ru", NULL_PATH, BY("mailer-daemon@corp.example") UTF8 "Subject: Mail delivery failed\n\n"
	 "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients.\n", CLASS_BOUNCE, .rule = "bounce-text"},
	{"QQ", NULL_PATH, BY("PostMaster@qq.example") UTF8 "Subject: 系统退信\n\n抱歉，您的邮件被退回来了……\n", CLASS_BOUNCE, .rule = "bounce-subject"},
	{"QQ, envelope not known", PATH_GONE, BY("PostMaster@qq.example") UTF8 "Subject: 来自qq.example的退信\n\n抱歉，您的邮件被退回来了……\n", CLASS_BOUNCE, .rule = "bounce-text"},
	{"Postfix, report cut off", NULL_PATH, DAEMON "Subject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host mx.lead.example.\n",
	 CLASS_BOUNCE, .rule = "bounce-subject"},
	{"Postfix, delay", NULL_PATH, DAEMON "Subject: Delayed Mail (still being retried)\n\nThis is the mail system at host mx.lead.example.\n"
	 "\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\n<ann@lead.example>: connection timed out\n", CLASS_BOUNCE, .rule = "bounce-text"},
	{"Office 365", NULL_PATH, BY("postmaster@lead.example") "X-MS-Exchange-Message-Is-Ndr:\nSubject: Undeliverable: Offer\n\nann wasn't found at lead.example.\n",
	 CLASS_BOUNCE, .rule = "exchange-ndr"},
	{"Exchange, French", PATH_GONE, BY("Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@lead.example>") UTF8
	 "Subject: Non remis : Offre\n\nÉchec de la remise pour ces destinataires ou groupes :\n\nann@lead.example\n", CLASS_BOUNCE, .rule = NULL},
	{"a report without its parts", PATH_GONE, DAEMON "Subject: Warning: could not send message for past 4 hours\n\n"
	 "** THIS IS A WARNING MESSAGE ONLY **\n** YOU DO NOT NEED TO RESEND YOUR MESSAGE **\n\nann@lead.example: deferred\n", CLASS_BOUNCE, .rule = "bounce-text"},
};

static const ClassRow rows[] = {
	/* ---- absences, told in other ways ---- */
	{"Gmail, field alone", {0}, JANE ANSWER "X-Autoreply: yes\nSubject: Re: Offer\n\nHello\n", CLASS_AUTO_REPLY, .rule = "x-autoreply"},
	{"Gmail, absence", NULL_PATH, JANE ANSWER "Subject: Out of office Re: Offer\nPrecedence: bulk\n\nI am away.\n", CLASS_OUT_OF_OFFICE, .rule = NULL},
	{"iCloud", {0}, JANE ANSWER "Subject: Auto reply: Offer\n\nHello\n", CLASS_AUTO_REPLY, .rule = "automatic-subject-confirmed"},
	{"Zimbra, envelope alone", NULL_PATH, JANE ANSWER "Subject: Re: Offer\n\nHello\n", CLASS_AUTO_REPLY, .rule = "null-reverse-path"},
	{"cPanel", {0}, JANE "X-Autorespond: Offer\nSubject: Re: Offer\n\nHello\n", CLASS_AUTO_REPLY, .rule = "x-autorespond"},
	{"GroupWise, text", {0}, JANE "Subject: Re: Offer\n\nI am out of the office.\n", CLASS_SUSPECT, .rule = "reply-without-thread"},
	{"OTRS", {0}, BY("desk@lead.example") ANSWER "X-OTRS-Loop: yes\nSubject: [Ticket#2026092110000017] Offer\n\nHello\n", CLASS_AUTO_REPLY, .rule = "x-otrs-loop"},
	{"the responder has a name", {0}, BY("autoresponder@lead.example") ANSWER "Subject: Re: Offer\n\nHello\n", CLASS_MACHINE, .rule = "robot-author"},
	{"an absence of many references", {0}, JANE "References: <a@ours.example> <b@lead.example> <c@ours.example>\n"
	 "Subject: Automatic reply: Offer\n" EXCHANGE "\nHello\n", CLASS_AUTO_REPLY, .rule = "automatic-subject-confirmed"},
	{"template of an inbox rule, twice", {0}, JANE ANSWER "Subject: Re: Offer\n\nThank you for your message, we shall answer soon.\n", CLASS_SUSPECT,
	 .rule = "repeated-body", .context = {.answers_outreach = true, .seconds_after = 30, .repeated_body = true}},

	/* ---- help desks ---- */
	{"Zendesk", {0}, BY("Lead Support <support@lead.example>") ANSWER "Subject: [Request received] Offer\nX-Mailer: Zendesk Mailer\nAuto-Submitted: auto-generated\n"
	 "\n##- Please type your reply above this line -##\n", CLASS_MACHINE, .rule = "auto-submitted-generated"},
	{"Zendesk without its field", {0}, BY("Lead Support <support@lead.example>") ANSWER "Subject: [Request received] Offer\n"
	 "\n##- Please type your reply above this line -##\n\nYour request (8812) has been received and is being reviewed.\n", CLASS_SUSPECT, .rule = "desk-text"},
	{"Freshdesk", {0}, BY("support@lead.example") "Subject: Ticket Received - Offer\n\nA ticket has been created: https://desk.lead.example/1\n", CLASS_SUSPECT, .rule = NULL},
	{"RT", {0}, BY("Sales via RT <sales@lead.example>") ANSWER "X-RT-Loop-Prevention: lead.example\nSubject: [lead.example #8812] AutoReply: Offer\n"
	 "\nThis message has been automatically generated in response to your mail.\n", CLASS_SUSPECT, .rule = "request-tracker"},
	{"Jira", {0}, BY("Desk <jira@lead.example>") "X-JIRA-FingerPrint: 80fc\nAuto-Submitted: auto-generated\nSubject: SALES-12 Offer\n\nCreated\n", CLASS_MACHINE, .rule = "auto-submitted-generated"},
	{"ServiceNow", {0}, BY("Desk <lead@service-now.example>") "X-ServiceNow-Generated: true\nSubject: INC0012 opened\n\nOpened\n", CLASS_MACHINE, .rule = "x-servicenow-generated"},
	{"HubSpot", {0}, BY("Lead <hello@lead.example>") ANSWER "Subject: Thank you for contacting us\n\nWe have received your message.\n", CLASS_SUSPECT, .rule = "acknowledgement-subject"},
	{"acknowledgement, German", {0}, BY("kontakt@lead.example") UTF8 "Subject: Ihre Anfrage ist bei uns eingegangen\n\nVielen Dank für Ihre Nachricht.\n",
	 CLASS_SUSPECT, .rule = "acknowledgement-subject"},
	{"acknowledgement, French", {0}, BY("contact@lead.example") UTF8 "Subject: Accusé de réception\n\nNous avons bien reçu votre message.\n",
	 CLASS_SUSPECT, .rule = "acknowledgement-subject"},
	{"acknowledgement, Spanish", {0}, BY("ventas@lead.example") UTF8 "Subject: Hemos recibido su consulta\n\nGracias por contactar con nosotros.\n",
	 CLASS_SUSPECT, .rule = "acknowledgement-subject"},
	{"acknowledgement, Portuguese", {0}, BY("vendas@lead.example") UTF8 "Subject: [Mensagem automática] Obrigado\n\nRecebemos a sua mensagem.\n",
	 CLASS_AUTO_REPLY, .rule = "automatic-subject-confirmed"},
	{"a desk that names its address", {0}, BY("pumps@lead.example") ANSWER "Subject: Re: Offer\n\nThank you for your message to pumps@lead.example. We shall look at it.\n",
	 CLASS_SUSPECT, .rule = "own-address-text"},
	{"a desk that has moved", {0}, BY("euro@lead.example") ANSWER "Subject: Re: Offer\n\nThank you for contacting us. We are no longer accepting email, please use the web.\n",
	 CLASS_SUSPECT, .rule = "desk-text"},

	/* ---- services ---- */
	{"LinkedIn", {0}, BY("Ann via LinkedIn <invitations@linkedin.example>") "Subject: Ann wants to connect\n\nAccept\n", CLASS_MACHINE, .rule = "service-unasked"},
	{"LinkedIn, message", {0}, BY("Ann <messages-noreply@linkedin.example>") "Subject: Ann sent you a message\n\nView\n", CLASS_MACHINE, .rule = "no-reply-unasked"},
	{"DocuSign", {0}, BY("Ann via DocuSign <notification@docusign.example>") "Subject: Please sign: Contract\n\nReview\n", CLASS_MACHINE, .rule = "service-unasked"},
	{"Calendly", {0}, BY("Calendly <notifications@calendly.example>") "Subject: New Event: Jane Roe\n\nHi\n", CLASS_MACHINE, .rule = "service-unasked"},
	{"an alert", {0}, BY("alerts@lead.example") "Subject: Disk\n\nfull\n", CLASS_MACHINE, .rule = "service-unasked"},
	{"a service, answered in a thread", {0}, BY("notifications@lead.example") ANSWER "Subject: Re: Offer\n\nWe have received your answer.\n", CLASS_SUSPECT, .rule = "role-author"},
	{"an account of the system", {0}, BY("nobody@lead.example") "Subject: item\n\ntext\n", CLASS_MACHINE, .rule = "robot-author"},
	{"output of a script", {0}, "Received: (from mail@localhost) by mx.lead.example (8.18.1/8.18.1) id 1; Mon, 21 Sep 2026 13:33:20 +0000\n"
	 "From: mail <mail@lead.example>\nTo: undisclosed-recipients:;\n" DATE "\n/usr/lib/x: No such file or directory\n", CLASS_SUSPECT, .rule = "system-submission"},
	{"output of a script, Postfix", {0}, "Received: by mx.lead.example (Postfix, from userid 33)\n\tid 1; Mon, 21 Sep 2026 13:33:20 +0000\n"
	 "From: shop@lead.example\nTo: undisclosed-recipients:;\nSubject: Order\n" DATE "\nNew\n", CLASS_SUSPECT, .rule = "system-submission"},
	{"output of a script, Exim", {0}, "Received: from www-data by mx.lead.example with local (Exim 4.96)\n\tid 1; Mon, 21 Sep 2026 13:33:20 +0000\n"
	 "From: shop@lead.example\nTo: undisclosed-recipients:;\nSubject: Order\n" DATE "\nNew\n", CLASS_SUSPECT, .rule = "system-submission"},
	{"output of a script, qmail", {0}, "Received: (qmail 17 invoked by uid 48); 21 Sep 2026 13:33:20 -0000\n"
	 "From: shop@lead.example\nTo: undisclosed-recipients:;\nSubject: Order\n" DATE "\nNew\n", CLASS_SUSPECT, .rule = "system-submission"},
	{"a forgotten password", {0}, BY("Forum <forum@lead.example>") "Errors-To: forum-errors@lead.example\nSubject: Your password\n\n"
	 "Here it is. If you did not request this, ignore it.\n", CLASS_SUSPECT, .rule = "errors-to"},
	{"an offer by a sending service", {.reverse_path = "bounces+1-rep=ours.example@em.lead.example"},
	 BY("Lead <hello@lead.example>") "X-SG-EID: x\nSubject: Spring\n\nLook\n", CLASS_SUSPECT, .rule = "sendgrid"},
	{"DMARC aggregate report", {0}, BY("dmarc_support@provider.example") "Subject: Report Domain: ours.example Submitter: provider.example Report-ID: <1>\n\nx\n",
	 CLASS_MACHINE, .rule = "aggregate-report"},
	{"DMARC aggregate report, no-reply", {0}, BY("noreply-dmarc-support@provider.example") "Subject: Report domain: ours.example\n\nx\n", CLASS_MACHINE, .rule = "aggregate-report"},
	{"mailbox nearly full", {0}, BY("admin@lead.example") "Subject: Mailbox quota warning\n\nYour mailbox is almost full.\n", CLASS_SUSPECT, .rule = "notice-subject"},
	{"virus scanner", {0}, BY("virusalert@lead.example") "Subject: VIRUS (X) IN YOUR MAIL\n\nOur virus checker found a virus.\n", CLASS_MACHINE, .rule = "service-unasked"},
	{"virus scanner without words of its own", {0}, BY("gate@lead.example") "Subject: Scanner detected an unrepairable virus in a message you sent\n\n"
	 "Subject of the message: x\nRecipient of the message: Ann\n", CLASS_SUSPECT, .rule = "notice-text"},
	{"mail program that could not send", {0}, JANE "Subject: send failed on enclosed draft\n\npost: bad header\n\nMessage not delivered to anyone.\n", CLASS_SUSPECT, .rule = "notice-subject"},
	{"moderator's program", {0}, BY("sympa@lists.example") "Subject: Your message has been rejected\n\nrejected by the moderator\n", CLASS_MACHINE, .rule = "robot-author"},
	{"subscription to confirm", {0}, BY("confirm-s2-abc-rep=ours.example@groups.example") "Subject: Please confirm your request\n\nReply to join.\n", CLASS_MACHINE, .rule = "service-unasked"},
	{"challenge", {0}, JANE ANSWER "Subject: Re: Offer [confirm]\n\nTo confirm that you sent this message, just reply.\n", CLASS_SUSPECT, .rule = "automation-text"},
	{"challenge, BoxTrapper", {0}, JANE "Subject: Your email requires verification verify#abc\nPrecedence: auto_reply\n\nReply\n", CLASS_AUTO_REPLY, .rule = "precedence-auto-reply"},
	{"challenge, French", {0}, JANE "Subject: Veuillez confirmer votre message\n\nCliquez\n", CLASS_MACHINE, .rule = "challenge-subject"},

	/* ---- lists without fields of their own ---- */
	{"Majordomo", {0}, "Sender: owner-pumps@lists.example\nFrom: Jane <jane@lead.example>\nTo: pumps@lists.example\n" DATE "Subject: Seals\n\nWhich?\n", CLASS_LIST, .rule = "list-program"},
	{"ecartis", {.reverse_path = "pumps-bounce@lists.example"}, "From: Jane <jane@lead.example>\nTo: rep@ours.example\nCc: pumps@lists.example\n" DATE "Subject: Seals\n\nWhich?\n", CLASS_LIST, .rule = "list-program"},
	{"ezmlm", {.reverse_path = "pumps-return-17-rep=ours.example@lists.example"}, "From: Jane <jane@lead.example>\nTo: pumps@lists.example\n" DATE "Subject: Seals\n\nWhich?\n", CLASS_LIST, .rule = "list-program"},
	{"errors to the list's owner", {0}, "Errors-To: owner-pumps@lists.example\nFrom: Jane <jane@lead.example>\nTo: pumps@lists.example\n" DATE "Subject: Seals\n\nWhich?\n", CLASS_LIST, .rule = "list-program"},
	{"fml", {0}, JANE "X-MLServer: fml [fml 4.0.3]\nX-ML-Name: pumps\nSubject: Seals\n\nWhich?\n", CLASS_LIST, .rule = "x-mlserver"},
	{"our own list", {0}, "Sender: owner-sales@ours.example\nFrom: Jane <jane@lead.example>\nTo: sales@ours.example\n" DATE "Subject: Seals\n\nWhich?\n", CLASS_HUMAN, .rule = NULL},
	{"another's assistant", {0}, "Sender: ann-admin@lead.example\nFrom: Jane <jane@lead.example>\nTo: rep@ours.example\n" DATE "Subject: Seals\n\nWhich?\n", CLASS_HUMAN, .rule = NULL},
	{"newsletter between rules", {0}, BY("News <news@lead.example>")
	 "Subject: Issue 4\n\n______________________________________\n\nTHE PUMP NEWSLETTER\n______________________________________\n\nWelcome\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n\n"
	 "If you do not wish to receive further copies, write to us.\n", CLASS_BULK, .rule = "bulk-text"},

	/* ---- receipts ---- */
	{"Outlook", {0}, JANE ANSWER "Subject: Read: Offer\n\nYour message\n\n   To: Jane\n   Subject: Offer\n\nwas read on Monday, 21 September 2026 13:33.\n", CLASS_RECEIPT, .rule = "receipt-text"},
	{"Outlook, German", {0}, JANE ANSWER "Subject: Gelesen: Angebot\n\nIhre Nachricht wurde gelesen am 21.09.2026.\n", CLASS_RECEIPT, .rule = "receipt-text"},
	{"Outlook, French", {0}, JANE ANSWER "Subject: Lu : Offre\n\nVotre message a été lu le 21/09/2026.\n", CLASS_RECEIPT, .rule = "receipt-text"},
	{"Outlook, Spanish", {0}, JANE ANSWER "Subject: Leído: Oferta\n\nSu mensaje ha sido leído el 21/09/2026.\n", CLASS_RECEIPT, .rule = "receipt-text"},
	{"Outlook, deleted", {0}, JANE ANSWER "Subject: Not read: Offer\n\nYour message was deleted without being read on Monday.\n", CLASS_RECEIPT, .rule = "receipt-text"},
	{"Thunderbird", {0}, BY("jane@lead.example") "Subject: Return Receipt (displayed) - Offer\n" PARTS("disposition-notification")
	 "This is a Return Receipt for the mail that you sent.\n--b\nContent-Type: message/disposition-notification\n\n"
	 "Final-Recipient: rfc822;jane@lead.example\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n", CLASS_RECEIPT, .rule = "disposition-report"},
	{"Thunderbird, its part lost", {0}, JANE "Subject: Return Receipt (displayed) - Offer\n\nThis is a Return Receipt for the mail that you sent to jane@lead.example.\n"
	 "Note: This Return Receipt only acknowledges that the message was displayed.\n", CLASS_RECEIPT, .rule = "receipt-text"},
	{"Exchange", {0}, BY("jane@lead.example") "Subject: Read: Offer\n" PARTS("disposition-notification")
	 "Your message was read.\n--b\nContent-Type: message/disposition-notification\n\n"
	 "Final-Recipient: RFC822; jane@lead.example\nDisposition: automatic-action/MDN-sent-automatically; displayed\n\n--b--\n", CLASS_RECEIPT, .rule = "disposition-report"},
	{"Lotus Notes", {0}, JANE "Subject: Return Receipt: Offer\n\nYour document: Offer\nwas received by: Jane Roe/Lead\nat: 13:33:20\n", CLASS_RECEIPT, .rule = "receipt-text"},
};
/* clang-format on */

static void check(const char *name, SampleEnvelope envelope, const char *fields,
		  const char *subject, const char *body, MessageClass want)
{
	g_autofree char *text =
		g_strconcat(JANE, fields, "Subject: ", subject, "\n\n", body, NULL);
	ClassRow row = {.name = name, .envelope = envelope, .text = text, .want = want};

	class_row_check(&row);
}

/* With the null reverse-path, with Exchange's field, and with neither. */
static void check_subjects(const Words *words, size_t count, MessageClass want)
{
	static const SampleEnvelope null_path = NULL_PATH, gone = PATH_GONE, person;

	for (size_t i = 0; i < count; i++) {
		check(words[i].tongue, null_path, "", words[i].text, "Hello\n", want);
		check(words[i].tongue, gone, EXCHANGE, words[i].text, "Hello\n", want);
		check(words[i].tongue, person, ANSWER, words[i].text, "Hello\n", want);
	}
}

static void test_subjects(void)
{
	check_subjects(answers, G_N_ELEMENTS(answers), CLASS_AUTO_REPLY);
	check_subjects(absences, G_N_ELEMENTS(absences), CLASS_OUT_OF_OFFICE);
}

static void test_notices(void)
{
	static const SampleEnvelope person;

	for (size_t i = 0; i < G_N_ELEMENTS(notices); i++)
		check(notices[i].tongue, person, ANSWER, "Re: Offer", notices[i].text,
		      CLASS_SUSPECT);
}

static void test_rows(const ClassRow *row, size_t count)
{
	for (size_t i = 0; i < count; i++)
		class_row_check(&row[i]);
}

static void test_bounces(void)
{
	test_rows(bounces, G_N_ELEMENTS(bounces));
}

static void test_others(void)
{
	test_rows(rows, G_N_ELEMENTS(rows));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	body_init();
	g_test_add_func("/classify-machine/subjects", test_subjects);
	g_test_add_func("/classify-machine/notices", test_notices);
	g_test_add_func("/classify-machine/bounces", test_bounces);
	g_test_add_func("/classify-machine/others", test_others);
	return g_test_run();
}
