import { channelKey, isEmail } from '../../../nodes/Instaply/delivery/channel';

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
	['EMAIL', true],
	['E-mail', true],
	['webchat', false],
	[null, false],
	[undefined, false],
])('%s is e-mail: %s', (channel, expected) => expect(isEmail(channel)).toBe(expected));
