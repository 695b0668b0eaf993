import fc from 'fast-check';

import { legacyMessage, message, transfer } from '../../lab/events';
import { readId } from '../../nodes/Instaply/common/id';
import { isShallow } from '../../nodes/Instaply/common/isShallow';
import { isJsonObject, parseJson, type Json } from '../../nodes/Instaply/common/json';
import {
	parseDelivery,
	parseLegacyDelivery,
	type InstaplyEvent,
} from '../../nodes/Instaply/delivery/event';
import { isSafe } from '../../nodes/Instaply/delivery/isSafe';
import {
	hasSecretHeader,
	hasValidSecret,
	hasValidUrlSecret,
	matchingSecret,
	withSecret,
} from '../../nodes/Instaply/delivery/secret';
import { aiAgentFields, simplifyEvent } from '../../nodes/Instaply/delivery/simplify';
import { isReply } from '../../nodes/Instaply/replies/reply';
import { messageKey } from '../../nodes/Instaply/replies/takenMessages';
import { collectedItem } from '../../nodes/Instaply/trigger/collect';
import { isWanted } from '../../nodes/Instaply/trigger/filter';
import { anyJson, anyText, anyValue } from '../support/property/arbitraries';

/*
 * Anybody can call the URL of a trigger, and Instaply may change what it sends. Whatever comes is read
 * without an error; what is taken for an event loses nothing of what Instaply said.
 */

/** An event of the document with a few fields that are missing, of another kind, or new. */
const changed = (event: object) =>
	fc
		.dictionary(
			fc.oneof(fc.constantFrom(...Object.keys(event), '__proto__', 'error'), anyText),
			fc.oneof(anyJson, fc.constant(undefined), fc.maxSafeInteger()),
			{ maxKeys: 3, noNullPrototype: true },
		)
		.map((changes): unknown => JSON.parse(JSON.stringify({ ...event, ...changes })));

const body = fc.oneof(
	anyJson,
	changed(message().data).map((data) => ({ ...message(), data })),
	changed(transfer().data).map((data) => ({ ...transfer(), data })),
	changed(message()),
	changed(legacyMessage()),
);

const eventsIn = (content: unknown) =>
	[parseDelivery(content), parseLegacyDelivery(content)].filter(
		(event) => typeof event === 'object',
	);

describe('A delivery of any kind', () => {
	it('is read without an error, and stays as it came', () => {
		fc.assert(
			fc.property(fc.oneof(body, anyValue), (content) => {
				const before = structuredClone(content);
				for (const event of eventsIn(content)) {
					simplifyEvent(event);
					aiAgentFields(event);
				}
				expect(content).toEqual(before);
			}),
		);
	});

	it('is an event only with a thread, and a message only with an ID, a time and a side', () => {
		fc.assert(
			fc.property(body, (content) => {
				for (const event of eventsIn(content)) {
					expect(event.customerThreadId).toBe(readId(event.data.customerThreadId));
					expect(Number.isNaN(new Date(event.timestamp).getTime())).toBe(false);
					if (event.eventType !== 'message') continue;
					expect(event.messageId).toBe(readId(event.data.messageId));
					expect(event.fromCustomer).toBe(event.data.fromCustomer);
					expect(event.invisible).toBe(event.data.invisible ?? false);
				}
			}),
		);
	});

	it('comes out with all that it says: every field, every ID to its last digit', () => {
		const RENAMED = /^messageAttachment(UUID|Name|ContentType|ContentLength)$|^__proto__$/;
		fc.assert(
			fc.property(body, (content) => {
				for (const event of eventsIn(content)) {
					const item = simplifyEvent(event);
					expect(() => JSON.stringify(item)).not.toThrow();
					for (const [name, value] of Object.entries(event.data)) {
						if (RENAMED.test(name) || name === 'timestamp' || name === 'eventType') continue;
						const shown = item[name];
						if (typeof value !== 'number') expect(shown).toEqual(value);
						else if (name.endsWith('Id')) expect(String(shown)).toBe(String(value));
						else if (name.endsWith('Timestamp') && typeof shown === 'string') {
							expect(new Date(shown).getTime()).toBe(Math.trunc(value) + 0);
						} else expect(shown).toBe(value);
					}
					// Whoever copies it carelessly would give a prototype to it.
					expect(Object.keys(item)).not.toContain('__proto__');
				}
			}),
		);
	});

	it('is wanted or not, a reply or not, and never an error', () => {
		const filter = fc.record(
			{
				channels: fc.array(anyText),
				textContains: fc.array(anyText),
				customerThreadIds: fc.array(anyText),
				businessIds: fc.array(anyText),
				includeInternal: fc.boolean(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(body, filter, (content, options) => {
				for (const event of eventsIn(content)) {
					const trigger = { simplify: true, sentBy: 'anyone', options } as const;
					isWanted(event, { ...trigger, registration: 'automatic', events: ['messages'] });
					if (event.eventType !== 'message') continue;
					const { customerThreadId, writtenAt } = event;
					const ticket = { customerThreadId, fingerprint: 'a', since: writtenAt, until: writtenAt };
					expect(isReply(event, ticket)).toBe(event.fromCustomer && !event.invisible);
					expect(isReply(event, { ...ticket, since: writtenAt + 600_001 })).toBe(false);
				}
			}),
		);
	});
});

it('Messages that are collected come out together, in the order in which they were written', () => {
	const texts = fc.array(fc.record({ text: anyText, at: fc.integer({ min: 0, max: 9 }) }), {
		minLength: 1,
		maxLength: 20,
	});
	fc.assert(
		fc.property(texts, (written) => {
			const read = written.map(({ text, at }, messageId) => {
				const content = message({ messageBody: text, messageTimestamp: at, messageId });
				const event: InstaplyEvent | string = parseDelivery(content);
				if (typeof event === 'string' || event.eventType !== 'message') throw new Error(text);
				return { body: content, event };
			});
			const item = collectedItem(read, {
				registration: 'automatic',
				events: ['messages'],
				sentBy: 'customer',
				simplify: true,
				options: {},
			});
			const inOrder = read
				.map(({ event }, index) => ({ at: event.writtenAt, index, event }))
				.sort((one, other) => one.at - other.at || one.index - other.index);
			expect(item.messages).toMatchObject(
				inOrder.map(({ event }) => ({ messageId: event.messageId })),
			);
			const text = inOrder.map(({ index }) => written[index]?.text).filter(Boolean);
			if (text.length > 0) expect(item.messageBody).toBe(text.join('\n'));
			expect(new Set(read.map(({ event }) => messageKey(event))).size).toBe(read.length);
		}),
	);
});

describe('JSON', () => {
	/** A document, and what it says: an integer beyond what a number can hold is its digits. */
	const document = fc.letrec<{ document: { text: string; says: Json } }>((tie) => ({
		document: fc.oneof(
			{ depthSize: 'small' },
			fc.bigInt().map((integer) => {
				const isExact = Number.isSafeInteger(Number(integer));
				return { text: String(integer), says: isExact ? Number(integer) : String(integer) };
			}),
			fc
				.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), anyText)
				.map((says) => ({ text: JSON.stringify(says), says }))
				.filter(({ text }) => !/^-?\d{16,}$/.test(text)),
			fc.array(tie('document'), { maxLength: 4 }).map((entries) => ({
				text: `[${entries.map(({ text }) => text).join(' , ')}]`,
				says: entries.map(({ says }) => says),
			})),
			fc
				.dictionary(anyText, tie('document'), { maxKeys: 4, noNullPrototype: true })
				.map((fields) => {
					const entries = Object.entries(fields);
					return {
						text: `{${entries.map(([key, { text }]) => `${JSON.stringify(key)}: ${text}`).join()}}`,
						says: Object.fromEntries(entries.map(([key, { says }]) => [key, says])),
					};
				}),
		),
	})).document;

	it('is read as it is, but for integers that a number cannot hold, which keep all their digits', () => {
		fc.assert(
			fc.property(document, ({ text, says }) => {
				expect(parseJson(text)).toEqual(JSON.parse(JSON.stringify(says)));
			}),
		);
	});

	it('of any other kind is none, and no error', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const content = parseJson(text);
				if (content !== undefined) expect(content).toEqual(JSON.parse(text));
			}),
		);
	});

	it('is safe exactly when it is not too deep and reaches no prototype', () => {
		const key = fc.constantFrom('a', 'a', 'a', '0', '[', '[', 'constructor', '__proto__');
		const path = fc.oneof(
			fc.array(key, { maxLength: 6 }),
			fc.array(fc.constantFrom('a', '['), { minLength: 30, maxLength: 34 }),
		);
		const nested = fc.tuple(fc.oneof(anyJson, fc.constant(1)), path).map(([inner, keys]) =>
			keys.reduce<Json>((content, name) => {
				return name === '[' ? [content] : Object.fromEntries([[name, content]]);
			}, inner),
		);
		const depthOf = (value: Json): number =>
			typeof value === 'object' && value !== null
				? 1 + Math.max(0, ...Object.values(value).map(depthOf))
				: 0;
		const hasUnsafe = (value: Json): boolean =>
			typeof value === 'object' &&
			value !== null &&
			((isJsonObject(value) &&
				Object.keys(value).some((key) => /^(__proto__|constructor|prototype)$/.test(key))) ||
				Object.values(value).some(hasUnsafe));
		fc.assert(
			fc.property(nested, (content) => {
				expect(isShallow(content)).toBe(depthOf(content) <= 32);
				expect(isSafe(content)).toBe(depthOf(content) <= 32 && !hasUnsafe(content));
			}),
		);
	});
});

describe('A secret', () => {
	const secret = fc.stringMatching(/^[0-9a-f]{16,64}$/);
	const header = fc.record({ name: fc.stringMatching(/^[\w-]{1,30}$/), value: anyText });

	it('opens with itself alone, wherever it stands among others in its header', () => {
		fc.assert(
			fc.property(secret, fc.array(fc.oneof(secret, anyText), { maxLength: 20 }), (own, others) => {
				const without = others.filter((value) => !value.split(/,\s*/).includes(own));
				const headers = (values: string[]) => ({ 'x-n8n-trigger-secret': values.join(', ') });
				expect(hasValidSecret(headers(without), own)).toBe(false);
				if (without.some((value) => value.includes(','))) return;
				expect(hasValidSecret(headers([...without, own]), own)).toBe(true);
				expect(hasValidSecret(headers([own, ...without]), own)).toBe(true);
			}),
		);
	});

	it('does not open without it, whatever else comes', () => {
		fc.assert(
			fc.property(secret, anyValue, anyText, (own, value, text) => {
				fc.pre(value !== own && text !== own);
				expect(matchingSecret({ 'x-n8n-trigger-secret': value }, own)).toBeUndefined();
				expect(hasValidUrlSecret({ secret: value }, own)).toBe(false);
				expect(hasValidUrlSecret({ [text]: own }, own)).toBe(text === 'secret');
			}),
		);
	});

	it('is in the headers of a webhook once, beside those of the user', () => {
		fc.assert(
			fc.property(secret, fc.array(header), (own, headers) => {
				const all = withSecret(withSecret(headers, 'earlier'), own);
				expect(hasSecretHeader(all, own)).toBe(true);
				expect(hasSecretHeader(all, 'earlier')).toBe(false);
				expect(all.slice(0, -1)).toEqual(
					headers.filter(({ name }) => name.toLowerCase() !== 'x-n8n-trigger-secret'),
				);
			}),
		);
	});
});
