/*
 * Assumed of Instaply: its pages write channels in upper and in lower case, in one word, and name no
 * complete list. Whoever sets up a workflow writes them as everybody does: `E-mail`, `Web Chat`.
 */

/** What Instaply's pages name. For Messenger, they do so in prose only, without its value. */
export type Channel = 'email' | 'messenger' | 'sms' | 'webchat' | 'whatsapp';

/** Other names of them; for Messenger, all that its value may be. */
const OTHER_NAMES: Record<string, Channel> = {
	mail: 'email',
	facebook: 'messenger',
	facebookmessenger: 'messenger',
	fbmessenger: 'messenger',
};

/** The same for all spellings of a channel; empty for a text without letters and digits. */
export function channelKey(text: string): string {
	const key = text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
	return Object.hasOwn(OTHER_NAMES, key) ? (OTHER_NAMES[key] ?? key) : key;
}

export function isWhatsApp(channel: string): boolean {
	return channelKey(channel) === 'whatsapp';
}

/** Where people may quote what they reply to, and sign. */
export function isEmail(channel: string | null | undefined): boolean {
	return channelKey(channel ?? '') === 'email';
}
