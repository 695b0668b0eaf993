import { ownText } from '../../../nodes/Instaply/replies/ownText';

/** Replies that say yes, as programs for e-mail send them. */
const EMAILS: Record<string, string> = {
	'Gmail, English': `Yes

On Mon, Mar 2, 2026 at 10:12 AM Shop <shop@example.com> wrote:

> Hello Ada,
>
> shall we come tomorrow?
>
`,
	'Gmail, English, broken': `Yes

On Mon, Mar 2, 2026 at 10:12 AM The Shop at the Corner <
shop-at-the-corner@example.com> wrote:

> Shall we come tomorrow?
`,
	'Gmail, French': `Oui

Le lun. 2 mars 2026 à 10:12, Boutique <shop@example.com> a écrit :

> Pouvons-nous venir demain ?
`,
	'Gmail, French, broken': `Oui

Le lun. 2 mars 2026 à 10:12, La boutique du coin <shop@example.com> a
écrit :

> Pouvons-nous venir demain ?
`,
	'Gmail, German': `Ja

Am Mo., 2. März 2026 um 10:12 Uhr schrieb Laden <shop@example.com>:

> Dürfen wir morgen kommen?
`,
	'Gmail, Spanish': `Sí

El lun, 2 mar 2026 a las 10:12, Tienda (<shop@example.com>) escribió:

> ¿Podemos venir mañana?
`,
	'Gmail, Italian': `Sì

Il giorno lun 2 mar 2026 alle ore 10:12 Negozio <shop@example.com> ha
scritto:

> Possiamo venire domani?
`,
	'Gmail, Dutch': `Ja

Op ma 2 mrt 2026 om 10:12 schreef Winkel <shop@example.com>:

> Kunnen we morgen komen?
`,
	'Gmail, Portuguese': `Sim

Em seg., 2 de mar. de 2026 às 10:12, Loja <shop@example.com> escreveu:

> Podemos vir amanhã?
`,
	'Gmail, Polish': `Tak

pon., 2 mar 2026 o 10:12 Sklep <shop@example.com> napisał(a):

> Czy możemy przyjść jutro?
`,
	'Gmail, Japanese': `はい

2026年3月2日(月) 10:12 Shop <shop@example.com>:

> 明日うかがってもよろしいですか。
`,
	'Gmail, with a signature': `Yes
-- 
Ada Lovelace
Analytical Engines Ltd
+44 20 7946 0123

On Mon, Mar 2, 2026 at 10:12 AM Shop <shop@example.com> wrote:
> Shall we come tomorrow?
`,
	'Apple Mail on an iPhone': `Yes

Sent from my iPhone

> On 2 Mar 2026, at 10:12, Shop <shop@example.com> wrote:
> 
> \ufeffShall we come tomorrow?
`,
	'Apple Mail on a Mac, a quote without marks': `Yes

On 2 Mar 2026, at 10:12, Shop <shop@example.com> wrote:

Shall we come tomorrow?

The shop
`,
	'Apple Mail, French': `Oui.

Envoyé de mon iPhone

> Le 2 mars 2026 à 10:12, Boutique <shop@example.com> a écrit :
> 
> Pouvons-nous venir demain ?
`,
	'Apple Mail, German': `Ja

Von meinem iPhone gesendet

> Am 02.03.2026 um 10:12 schrieb Laden <shop@example.com>:
> 
> Dürfen wir morgen kommen?
`,
	'Apple Mail, Dutch': `Ja

Verstuurd vanaf mijn iPhone

Op 2 mrt 2026 om 10:12 heeft Winkel <shop@example.com> het volgende geschreven:

Kunnen we morgen komen?
`,
	'Apple Mail, Portuguese': `Sim

Enviado do meu iPhone

No dia 2 de mar. de 2026, às 10:12, Loja <shop@example.com> escreveu:

Podemos vir amanhã?
`,
	'Thunderbird, English': `Yes

On 02/03/2026 10:12, Shop wrote:
> Shall we come tomorrow?
`,
	'Thunderbird, German': `Ja

Am 02.03.26 um 10:12 schrieb Laden:
> Dürfen wir morgen kommen?
> -- 
> Laden
`,
	'Thunderbird, French': `Oui

Le 02/03/2026 à 10:12, Boutique a écrit :
> Pouvons-nous venir demain ?
`,
	'Thunderbird, the reply below': `On 02/03/2026 10:12, Shop wrote:
> Shall we come tomorrow?

Yes

-- 
Ada Lovelace
`,
	'Outlook, English': `Yes

Best regards,
Ada Lovelace
Analytical Engines Ltd

From: Shop <shop@example.com>
Sent: Monday, March 2, 2026 10:12 AM
To: Ada Lovelace <ada@example.com>
Subject: Your appointment

Shall we come tomorrow?
`,
	'Outlook, German': `Ja

Mit freundlichen Grüßen
Ada Lovelace

Von: Laden <shop@example.com>
Gesendet: Montag, 2. März 2026 10:12
An: Ada Lovelace <ada@example.com>
Betreff: Ihr Termin

Dürfen wir morgen kommen?
`,
	'Outlook, French': `Oui

Cordialement,

Ada Lovelace

De : Boutique <shop@example.com>
Envoyé : lundi 2 mars 2026 10:12
À : Ada Lovelace <ada@example.com>
Objet : Votre rendez-vous

Pouvons-nous venir demain ?
`,
	'Outlook, Spanish': `Sí

De: Tienda <shop@example.com>
Enviado el: lunes, 2 de marzo de 2026 10:12
Para: Ada Lovelace <ada@example.com>
CC: Bob <bob@example.com>
Asunto: Su cita

¿Podemos venir mañana?
`,
	'Outlook, Italian': `Sì

Da: Negozio <shop@example.com>
Inviato: lunedì 2 marzo 2026 10:12
A: Ada Lovelace <ada@example.com>
Oggetto: Il Suo appuntamento

Possiamo venire domani?
`,
	'Outlook, Dutch': `Ja

Met vriendelijke groet,

Ada Lovelace

Van: Winkel <shop@example.com>
Verzonden: maandag 2 maart 2026 10:12
Aan: Ada Lovelace <ada@example.com>
Onderwerp: Uw afspraak

Kunnen we morgen komen?
`,
	'Outlook, Portuguese': `Sim

De: Loja <shop@example.com>
Enviada em: segunda-feira, 2 de março de 2026 10:12
Para: Ada Lovelace <ada@example.com>
Assunto: A sua marcação

Podemos vir amanhã?
`,
	'Outlook, bold headers': `Yes

*From:* Shop <shop@example.com>
*Sent:* Monday, March 2, 2026 10:12 AM
*To:* Ada Lovelace <ada@example.com>
*Subject:*

Shall we come tomorrow?
`,
	'Outlook on the web, a rule': `Yes
________________________________
From: Shop <shop@example.com>
Sent: Monday, March 2, 2026 10:12 AM
Shall we come tomorrow?
`,
	'Outlook, classic': `Yes

-----Original Message-----
From: Shop
Shall we come tomorrow?
`,
	'Outlook for iOS': `Yes

Get Outlook for iOS<https://aka.ms/o0ukef>
________________________________
From: Shop <shop@example.com>
`,
	'Outlook for iOS, French': `Oui

Télécharger Outlook pour iOS<https://aka.ms/o0ukef>
________________________________
De : Boutique <shop@example.com>
`,
	'Outlook for Android, German': `Ja

Holen Sie sich Outlook für Android<https://aka.ms/AAb9ysg>
________________________________
Von: Laden <shop@example.com>
`,
	'Samsung, English': `Yes


Sent from my Galaxy


-------- Original message --------
From: Shop <shop@example.com>
Shall we come tomorrow?
`,
	'Samsung, French': `Oui


Envoyé depuis mon appareil Galaxy


-------- Message d’origine --------
De : Boutique <shop@example.com>
`,
	'Yahoo on a phone': `Yes

Sent from Yahoo Mail for iPhone


On Monday, March 2, 2026, 10:12 AM, Shop <shop@example.com> wrote:

Shall we come tomorrow?
`,
};

const YES = /^(yes|oui|ja|s[íì]|sim|tak|はい)\.?$/i;

describe('The own text of an e-mail', () => {
	it.each(Object.entries(EMAILS))('is the reply alone: %s', (_, email) => {
		expect(ownText(email)).toMatch(YES);
		expect(ownText(email.replaceAll('\n', '\r\n'))).toMatch(YES);
		expect(ownText(email.replaceAll(' ', '\u00a0'))).toMatch(YES);
	});

	it.each([
		...['Sent from my iPad', 'Sent from Mail for Windows', 'Sent from Outlook for Android'],
		...['Sent with Proton Mail secure email.', 'Get Outlook for Android', 'Envoyé de mon iPad'],
		...['Envoyé à partir de Courrier pour Windows', 'Obtenir Outlook pour Android'],
		...['Gesendet von Mail für Windows', 'Gesendet mit der Telekom Mail App'],
		...['Von meinem Samsung Galaxy Smartphone gesendet.', 'Gesendet von Outlook für iOS'],
		...['Outlook für iOS beziehen', 'Enviado desde mi iPhone', 'Obtener Outlook para iOS'],
		...['Enviado desde Correo para Windows', 'Inviato da iPhone', 'Ottieni Outlook per iOS'],
		...['Inviato da Posta per Windows', 'Verzonden vanaf mijn Galaxy', 'Download Outlook voor iOS'],
		...['Verzonden vanuit Mail voor Windows', 'Outlook voor Android downloaden'],
		...['Enviado do meu iPad', 'Enviado do Email para Windows', 'Obter o Outlook para iOS'],
	])('is without the line %j', (line) => {
		expect(ownText(`Yes\n\n${line}\n`)).toBe('Yes');
		expect(ownText(`Yes\n${line}\nBut not at 10`)).toBe('Yes\nBut not at 10');
	});

	it.each([
		...['--\nAda', '-- \nAda\nPhone: 10', 'Best regards\nAda', 'Regards, Ada', 'KIND REGARDS,'],
		...['Yours sincerely,\n\nAda Lovelace', 'Cordialement', 'Bien à vous,\nAda', 'Cdlt, Ada'],
		...['Mit freundlichen Grüssen\nAda', 'Viele Gruesse, Ada', 'LG Ada', 'MfG\n\nA. Lovelace'],
		...['Saludos', 'Un cordial saludo,\nAda', 'Cordiali saluti\nAda', 'Met vriendelijke groeten,'],
		...['Groetjes Ada', 'Atenciosamente,\nAda', 'Abraços', 'Com os melhores cumprimentos,\nAda'],
		...['Thanks', 'Thank you!', 'Thanks,\nAda', 'Merci d’avance', 'Vielen Dank,\nAda Lovelace'],
		...['Thanks\nBest regards\nAda', 'Gracias.', 'Obrigada,\nAda', 'Bedankt!'],
	])('is without a signature: %j', (signature) => {
		expect(ownText(`Yes\n\n${signature}\n`)).toBe('Yes');
		expect(ownText(`Yes\n${signature}`)).toBe('Yes');
	});

	it.each([
		...['Yes\n\nBut not at 10', 'Yes\nThanks\nBut not at 10', 'Yes\nThanks,\nBut not at 10'],
		...['Yes\nThanks\nAda', 'Yes - best regards', 'Best regards to all\nYes', 'Yes\n---\nNo'],
		...['Yes\nBest regards\nAda\n\nPS: but not at 10', 'Yes\n--\nAda\nP.S. not at 10'],
		...['Yes\nFrom: Paris\nTo: London', 'Yes\nFrom: Paris\nDate: 5 May\nTo: London'],
		...['On Monday 5 please\nyes', 'Yes\nOn 5 May I wrote: no', 'Yes\nMy mail: a@example.com'],
		...['Yes\nSent it from Paris', 'Yes\nGet Outlook', 'Yes\nI use Outlook for iOS', 'Yes\n__'],
		...['Yes\nEl 5 de mayo', 'Le 5, oui', 'Am 5. ja', 'Yes\n-- no --', 'No\nOriginal message'],
	])('is all of %j', (text) => {
		expect(ownText(text)).toBe(text.replaceAll('\n\n', '\n'));
	});

	it.each([
		...['', ' \n', '> Yes', '>50', '--', 'Best regards', 'Thanks', 'Sent from my iPhone'],
		...['On 2 Mar 2026, at 10:12, Shop <shop@example.com> wrote:\n\nOK?\n\nYes'],
		...['________________\nYes', '-----Original Message-----\nYes', 'Thanks,\nYes'],
	])('is the whole text when nothing else would be left: %j', (text) => {
		expect(ownText(text)).toBe(text);
	});

	it('keeps what was written before a quote when its introduction begins a line later', () => {
		const email = `On Monday 5 please, at 10:12
On Mon, Mar 2, 2026 at 10:12 AM Shop <shop@example.com>
wrote:
> When?`;
		expect(ownText(email)).toBe('On Monday 5 please, at 10:12');
	});

	it('is the whole text when that is longer than any reply', () => {
		const email = `${'Yes\n'.repeat(201)}Sent from my iPhone`;
		expect(ownText(email)).toBe(email);
	});
});
