import { hasOneOf } from '../../../nodes/Instaply/common/words';

describe('A text has a word', () => {
	it.each([
		['stop', 'STOP'],
		['STOP', 'please stop'],
		['stop', 'Stop!'],
		['stop', '*STOP*'],
		['stop', 'No.Stop.Now'],
		['stop', '“stop”'],
		['stop', 'ＳＴＯＰ'],
		['resiliation', 'Je demande la Résiliation de mon contrat'],
		['Résiliation', 'RESILIATION SVP'],
		['annulation', 'Je demande l’annulation'],
		['straße', 'Welche STRASSE?'],
		['άνθρωπος', 'ΑΝΘΡΩΠΟΣ'],
		['еще', 'ЕЩЁ'],
		['4711', 'Order #4711?'],
		['don’t', "I don't know"],
		["'n", 'Dit is ŉ vraag'],
		['लकिन', 'हाँ लकिन नहीं'],
		['e-mail', 'Send me an E-Mail'],
		['stop', 'a\nstop\nb'],
	])('%s in %j', (word, text) => expect(hasOneOf(text, [word])).toBe(true));

	it.each([
		['stop', 'unstoppable'],
		['stop', 'stopper'],
		['stop', 'nonstop'],
		['stop', 'stop1'],
		['stop', ''],
		['4711', '47110'],
		['mann', 'manner'],
		['का', 'काम'],
		['नह', 'नहीं'],
		['إلغاء', 'الإلغاء'],
	])('but not %s in %j', (word, text) => expect(hasOneOf(text, [word])).toBe(false));

	it('that is any of several', () => {
		expect(hasOneOf('I want a refund', ['stop', 'refund'])).toBe(true);
		expect(hasOneOf('I want it', ['stop', 'refund'])).toBe(false);
		expect(hasOneOf('I want it', [])).toBe(false);
	});
});

describe('A text has a phrase', () => {
	it.each([
		['my money back', 'Give me MY  MONEY\nBACK!'],
		['money back', 'money, back'],
		['a human', 'I want to talk to a human.'],
		['je ne veux plus', 'Je ne veux plus de messages'],
	])('%s in %j', (phrase, text) => expect(hasOneOf(text, [phrase])).toBe(true));

	it.each([
		['my money back', 'my money is back'],
		['a human', 'via humanity'],
		['money back', 'back money'],
	])('but not %s in %j', (phrase, text) => expect(hasOneOf(text, [phrase])).toBe(false));
});

describe('Where a script puts no spaces between words', () => {
	it.each([
		['解約', '今すぐ解約したいです'],
		['キャンセル', '注文をキャンセルしてください'],
		['ｷｬﾝｾﾙ', '注文をキャンセルしてください'],
		['退款', '我要退款谢谢'],
		['ยกเลิก', 'ต้องการยกเลิกคำสั่งซื้อ'],
		['환불', '환불을 원합니다'],
		['LINE', 'LINEで送って'],
	])('%s is found anywhere, as in %j', (word, text) => expect(hasOneOf(text, [word])).toBe(true));

	it.each([
		['解約', '約解'],
		['ば', 'は'],
		['กน', 'กิน'],
		['LINE', 'ONLINEで送って'],
	])('but not %s in %j', (word, text) => expect(hasOneOf(text, [word])).toBe(false));
});

describe('A sign without letters and digits', () => {
	it.each([
		['👍', 'ok👍🏽'],
		['👍🏻', '👍'],
		['❤️', 'I ❤ it'],
		['?', 'Where is it?'],
		['?', 'どこ？'],
	])('%s is found as it is, as in %j', (sign, text) => expect(hasOneOf(text, [sign])).toBe(true));

	it.each([
		['👍', 'ok'],
		['👍', ''],
		['\u200b', 'anything'],
	])('but not %j in %j', (sign, text) => expect(hasOneOf(text, [sign])).toBe(false));
});
