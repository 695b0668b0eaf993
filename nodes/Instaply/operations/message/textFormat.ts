import { isWhatsApp } from '../../api/channel';
import type { InstaplyClient } from '../../api/client';
import type { Json } from '../../common/json';
import { toResult } from '../../common/result';
import { PLAIN_TEXT, WHATSAPP } from '../../markdown/format';
import { fromMarkdown } from '../../markdown/fromMarkdown';
import type { textFormat } from '../../parameters/sharedFields';

export type TextFormat = ReturnType<typeof textFormat.value>;

/**
 * A text as the thread's channel shows it.
 *
 * @param channel looks it up; called only when channels differ in how they show the text
 */
export async function formatText(
	text: string,
	format: TextFormat | undefined,
	channel: () => Promise<Json>,
): Promise<string> {
	if (format !== 'fromMarkdown') return text;
	const [plain, whatsApp] = [fromMarkdown(text, PLAIN_TEXT), fromMarkdown(text, WHATSAPP)];
	if (plain === whatsApp) return plain;
	const name = await channel();
	return typeof name === 'string' && isWhatsApp(name) ? whatsApp : plain;
}

/** The channel of a thread; null when Instaply does not say, which keeps no message from going out. */
export async function channelOf(customerThreadId: string, instaply: InstaplyClient): Promise<Json> {
	const details = await toResult(async () => await instaply.cachedThreadDetails(customerThreadId));
	return 'value' in details ? details.value.customerChannel : null;
}
