import { readEmail } from '../../../../nodes/Instaply/replies/types/email';

describe('An e-mail address as people write it', () => {
	it.each([
		['ada@example.com', 'ada@example.com'],
		[' Ada@Example.COM ', 'ada@example.com'],
		['my address is ada@example.com, thanks', 'ada@example.com'],
		['It is ada@example.com.', 'ada@example.com'],
		['ada@example.com!', 'ada@example.com'],
		['(ada@example.com)', 'ada@example.com'],
		['"ada@example.com"', 'ada@example.com'],
		["'ada@example.com'", 'ada@example.com'],
		['„ada@example.com“', 'ada@example.com'],
		['*ada@example.com*', 'ada@example.com'],
		['E-Mail: ada@example.com', 'ada@example.com'],
		['Ada Lovelace <ada@example.com>', 'ada@example.com'],
		['ada@example.com<mailto:ada@example.com>', 'ada@example.com'],
		['mailto:ada@example.com', 'ada@example.com'],
		['ada@example.com\nAda', 'ada@example.com'],
		['ada.lovelace+shop@mail.example.co.uk', 'ada.lovelace+shop@mail.example.co.uk'],
		["o'neill@example.ie", "o'neill@example.ie"],
		['o’neill@example.ie', "o'neill@example.ie"],
		['ada_l-1@example-shop.com', 'ada_l-1@example-shop.com'],
		['jörg@müller.de', 'jörg@müller.de'],
		['ada@xn--mller-kva.de', 'ada@xn--mller-kva.de'],
		['用户@例子.中国', '用户@例子.中国'],
		['我的邮箱是，ada@example.com。', 'ada@example.com'],
		['ada＠example.com', 'ada@example.com'],
		['\u200bada@example.com\u200b', 'ada@example.com'],
	])('%j is %s', (text, value) => {
		expect(readEmail(text)).toEqual({ value });
	});

	it.each([
		'ada@example',
		'ada@example.com or bob@example.com',
		'ada@example.com/bob@example.com',
		'ada@@example.com',
		'ada @ example.com',
		'@ada',
		'ada@',
		'ada..l@example.com',
		'ada.@example.com',
		'ada@.example.com',
		'ada@example..com',
		'ada@-example.com',
		'ada@example-.com',
		'ada@example.c',
		'ada@192.168.1.1',
		'ada@exam_ple.com',
		`${'a'.repeat(65)}@example.com`,
		`ada@${'a.'.repeat(130)}com`,
	])('%j is unclear', (text) => {
		expect(readEmail(text)).toBe('unclear');
	});

	it.each(['', 'I have none', 'ada(at)example.com', 'example.com', '4'])('%j has none', (text) => {
		expect(readEmail(text)).toBe('none');
	});
});
