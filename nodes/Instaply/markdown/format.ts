import type { Mark } from './inline';

/** How a channel shows what Markdown says. */
export interface Format {
	/** The sign around what is marked; none where the channel knows no such mark. */
	marks: Partial<Record<Mark, string>>;
	/** Around a piece of code, and before and after lines of it. */
	code?: { sign: string; fence: string };
}

/**
 * WhatsApp's own marks. They count only between words and within a line (assumed, after WhatsApp's help
 * page "How to format your messages").
 */
export const WHATSAPP: Format = {
	marks: { strong: '*', emphasis: '_', strike: '~' },
	code: { sign: '`', fence: '```' },
};

/** For channels that show a text as it is. */
export const PLAIN_TEXT: Format = { marks: {} };
