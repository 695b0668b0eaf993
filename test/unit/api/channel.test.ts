import { channelKey, isEmail, isWhatsApp } from '../../../nodes/Instaply/api/channel';

describe('A channel is the same in all spellings', () => {
	it.each([
		['email', ['EMAIL', 'E-mail', 'e mail', 'E‑Mail', 'Email', 'mail', ' email ']],
		['webchat', ['webchat', 'WEBCHAT', 'Web Chat', 'web_chat', 'web-chat']],
		['whatsapp', ['WHATSAPP', 'Whats App', 'WhatsApp', 'whats_app', 'ＷｈａｔｓＡｐｐ']],
		['sms', ['SMS', 'sms', 'S.M.S.']],
		['messenger', ['Messenger', 'MESSENGER', 'FACEBOOK_MESSENGER', 'fb messenger', 'Facebook']],
		['line', ['LINE', 'Line']],
		['constructor', ['constructor']],
		['', ['', ' ', '-']],
	])('%s', (key, spellings) => {
		expect(spellings.map(channelKey)).toEqual(spellings.map(() => key));
	});
});

it.each([
	['WHATSAPP', true],
	['Whats App', true],
	['webchat', false],
	['', false],
])('%s is WhatsApp: %s', (channel, expected) => expect(isWhatsApp(channel)).toBe(expected));

it.each([
	['EMAIL', true],
	['E-mail', true],
	['webchat', false],
	[null, false],
	[undefined, false],
])('%s is e-mail: %s', (channel, expected) => expect(isEmail(channel)).toBe(expected));
