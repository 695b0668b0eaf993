import fc from 'fast-check';

import { denies, doubtAbout } from '../../nodes/Instaply/api/doubt';
import { messageIn } from '../../nodes/Instaply/api/errorMessage';
import { errorFromNetwork, errorFromResponse } from '../../nodes/Instaply/api/errors';
import { readResponse } from '../../nodes/Instaply/api/readResponse';
import { tokenRedaction } from '../../nodes/Instaply/api/redaction';
import type { ApiRequest } from '../../nodes/Instaply/api/request';
import {
	readTemplates,
	readThreadDetails,
	readWebhook,
	readWebhooks,
} from '../../nodes/Instaply/api/responses';
import { retryAfterMs } from '../../nodes/Instaply/api/retryAfter';
import { isAsDesired, sameUrl } from '../../nodes/Instaply/api/webhookState';
import { toAsciiDigits } from '../../nodes/Instaply/common/digits';
import type { Json } from '../../nodes/Instaply/common/json';
import { RecentKeys, RecentValues } from '../../nodes/Instaply/common/recent';
import { toHttpResponse } from '../../nodes/Instaply/n8n/http';
import { judgeWait } from '../../nodes/Instaply/n8n/webhookStatus';
import {
	isReception,
	versionInUrl,
	withoutVersion,
	withVersion,
} from '../../nodes/Instaply/replies/reception/version';
import { storedReplyCount } from '../../nodes/Instaply/replies/replyWebhook';
import {
	isSameTicket,
	isTicket,
	ticketFromQuery,
	ticketFromUrl,
	ticketToQuery,
} from '../../nodes/Instaply/replies/resumeTicket';
import { openAccount, sealAccount } from '../../nodes/Instaply/replies/sealedAccount';
import { isWaitSettings } from '../../nodes/Instaply/replies/settings';
import { readSettled, readStoredMemo } from '../../nodes/Instaply/runner/storedMemo';
import { anyJson, anyText, anyValue } from '../support/property/arbitraries';

/*
 * What is written in one place and read in another, by Instaply, by n8n, or by a later version of this
 * package; and what comes back in whatever shape. The token comes out nowhere.
 */

const token = fc
	.oneof(
		fc.string({ minLength: 8, maxLength: 40 }).map((text) => text.trim()),
		fc.stringMatching(/^[\w+/=.-]{8,40}$/),
		fc.string({ unit: 'grapheme', minLength: 8, maxLength: 20 }).map((text) => text.trim()),
	)
	.filter((text) => text.length >= 8 && new Set(text).size > 4);

const hex = (code: number, length: number) => code.toString(16).padStart(length, '0');
const unitsOf = (character: string) => character.split('').map((unit) => unit.charCodeAt(0));
/** The ways in which servers spell a character. */
const SPELLINGS: Array<(character: string) => string> = [
	(character) => character,
	(character) =>
		unitsOf(character)
			.map((unit) => `\\u${hex(unit, 4)}`)
			.join(''),
	(character) =>
		unitsOf(character)
			.map((unit) => `\\u${hex(unit, 4).toUpperCase()}`)
			.join(''),
	(character) => encodeURIComponent(character),
	(character) => encodeURIComponent(encodeURIComponent(character)),
	(character) => `&#${character.codePointAt(0)};`,
	(character) => `&#x${hex(character.codePointAt(0) ?? 0, 2)};`,
	(character) => `&amp;#${character.codePointAt(0)};`,
];
/** Backslashes have spellings of their own, in pairs. */
const plain = token.filter((text) => !text.includes('\\'));
const spelled = plain.chain((own) =>
	fc
		.array(fc.constantFrom(...SPELLINGS), {
			minLength: [...own].length,
			maxLength: [...own].length,
		})
		.map((ways) => ({
			own,
			spelling: [...own].map((character, index) => ways[index]?.(character) ?? character).join(''),
		})),
);

const SENDING: ApiRequest = {
	method: 'POST',
	path: '/api/send-message-to-customer-thread',
	effect: 'message',
	subject: { kind: 'thread', id: '1' },
};
const responseOf = (body: string, status = 200) =>
	toHttpResponse({ statusCode: status, headers: {}, body: Buffer.from(body) });

describe('The token', () => {
	it('is in no response that comes out, wherever it is and however it is spelled', () => {
		const place = fc.constantFrom<(text: string) => Json>(
			(text) => text,
			(text) => `Bearer ${text}!`,
			(text) => ({ error: text }),
			(text) => ({ [text]: 1 }),
			(text) => [{ data: [{ message: `no user has ${text}` }] }],
			(text) => ({ nested: JSON.stringify({ as: text }) }),
			(text) => `<html><body>${text}</body></html>`,
		);
		fc.assert(
			fc.property(
				spelled,
				place,
				fc.constantFrom(200, 400, 401, 500),
				({ own, spelling }, at, status) => {
					for (const [text, body] of [
						[own, JSON.stringify(at(own))],
						[spelling, JSON.stringify(at(spelling))],
						[spelling, String(at(spelling))],
					] as const) {
						const response = readResponse(responseOf(body, status), tokenRedaction(own));
						const error = errorFromResponse(SENDING, response);
						const shown = JSON.stringify([response.content, error.message, error.description]);
						expect(shown).not.toContain(JSON.stringify(own).slice(1, -1));
						expect(shown).not.toContain(JSON.stringify(text).slice(1, -1));
					}
				},
			),
		);
	});

	it('with backslashes as well, as JSON within JSON spells them', () => {
		const odd = fc
			.array(fc.constantFrom('\\', '"', 'a', 'b', 'c-', '/', '%', '&', 'é', '😀'), {
				minLength: 6,
				maxLength: 12,
			})
			.map((parts) => `t${parts.join('')}x`);
		fc.assert(
			fc.property(odd, fc.nat(3), (own, times) => {
				let spelling = own;
				for (let time = 0; time < times; time += 1)
					spelling = JSON.stringify(spelling).slice(1, -1);
				expect(tokenRedaction(own)([`> ${spelling} <`], JSON.stringify(spelling))).toEqual([
					'> … <',
				]);
			}),
		);
	});

	it('that is not there changes nothing', () => {
		fc.assert(
			fc.property(plain, anyJson, (own, content) => {
				const body = JSON.stringify(content);
				fc.pre(!/[\\%&]/.test(body) && !body.includes(own));
				expect(tokenRedaction(own)(content, body)).toEqual(content);
				expect(tokenRedaction(own)(content, `${body}\\`)).toEqual(content);
			}),
		);
	});
});

describe('A response of any kind', () => {
	const redact = tokenRedaction('tok-secret');

	it('that is JSON is read as it is', () => {
		fc.assert(
			fc.property(anyJson, (content) => {
				// Of integers beyond what a number holds, the digits are kept, as text.
				fc.pre(!/\d{16}/.test(JSON.stringify(content)));
				expect(readResponse(responseOf(JSON.stringify(content)), redact).content).toEqual(content);
			}),
		);
	});

	it('is read without an error, and judged without one', () => {
		const bytes = fc.oneof(
			fc.uint8Array(),
			anyText.map((text) => Buffer.from(text)),
			anyJson.map((content) => Buffer.from(JSON.stringify(content))),
		);
		const type = fc.constantFrom(
			undefined,
			'text/html',
			'application/json; charset=utf-16',
			'a; charset="',
			'a;charset=latin1',
		);
		fc.assert(
			fc.property(bytes, type, fc.integer({ min: 100, max: 599 }), (body, contentType, status) => {
				const headers = contentType === undefined ? {} : { 'content-type': contentType };
				const response = readResponse(
					toHttpResponse({ statusCode: status, headers, body }),
					redact,
				);
				const { content } = response;
				if (typeof content === 'string') expect(content.length).toBeLessThanOrEqual(10_001);
				for (const read of [
					readWebhook,
					readWebhooks,
					readTemplates,
					readThreadDetails,
					messageIn,
					denies,
					doubtAbout,
				]) {
					read(content);
				}
				const error = errorFromResponse(SENDING, response);
				expect(error.message.length + error.description.length).toBeLessThan(2_000);
				// What Instaply may have done is never done again.
				if (error.isOutcomeUnknown) expect(error.retry).toBeUndefined();
				judgeWait(toHttpResponse({ statusCode: status, headers, body }), 'https://a.b/c');
			}),
		);
	});

	it('that is none at all leaves a message open, unless it certainly was not sent', () => {
		fc.assert(
			fc.property(fc.option(anyText, { nil: undefined }), (code) => {
				const error = errorFromNetwork(SENDING, code);
				const isCertain = /^Nothing was sent/.test(error.description);
				expect(error.isOutcomeUnknown).toBe(!isCertain);
			}),
		);
	});

	it('that asks to wait has the node wait for no negative and no endless time', () => {
		const header = fc.oneof(anyValue, fc.date().map(String), fc.double().map(String));
		fc.assert(
			fc.property(header, header, (value, date) => {
				const ms = retryAfterMs({ 'retry-after': value, date });
				if (ms === undefined) return;
				expect(Number.isFinite(ms)).toBe(true);
				expect(ms).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

/** A URL as n8n or a user would have it, with a query and without. */
const url = fc
	.webUrl({ withQueryParameters: true, validSchemes: ['https'] })
	.filter((address) => URL.canParse(address) && !address.includes('instaply'));
const time = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
const ticket = fc.record({
	customerThreadId: anyText.filter((text) => !/\p{Cs}/u.test(text)),
	fingerprint: fc.stringMatching(/^[0-9a-f]{64}$/),
	since: time,
	until: time,
});
const withQuery = (address: string, query: Record<string, string>) => {
	const whole = new URL(address);
	for (const [name, value] of Object.entries(query)) whole.searchParams.set(name, value);
	return whole.href;
};

describe('What comes back is what was written:', () => {
	it('the ticket of a question, from its URL, its query and the execution', () => {
		fc.assert(
			fc.property(url, ticket, (address, own) => {
				expect(ticketFromQuery(ticketToQuery(own))).toEqual(own);
				expect(ticketFromUrl(withQuery(address, ticketToQuery(own)))).toEqual(own);
				const stored: unknown = JSON.parse(JSON.stringify(own));
				expect(isTicket(stored) && isSameTicket(stored, own)).toBe(true);
			}),
		);
	});

	it('the ticket of no other question', () => {
		fc.assert(
			fc.property(ticket, ticket, (one, other) => {
				expect(isSameTicket(one, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
				for (const name of ['customerThreadId', 'fingerprint', 'since', 'until'] as const) {
					if (one[name] === other[name]) continue;
					expect(isSameTicket(one, { ...one, [name]: other[name] })).toBe(false);
				}
			}),
		);
	});

	it('the version of a URL, which is the same URL without it', () => {
		fc.assert(
			fc.property(
				url,
				fc.stringMatching(/^[0-9a-f]{16}$/),
				fc.stringMatching(/^[0-9a-f]{16}$/),
				(address, version, later) => {
					const versioned = withVersion(address, version);
					expect(versionInUrl(versioned)).toBe(version);
					expect(versionInUrl(withVersion(versioned, later))).toBe(later);
					expect(isReception(address)).toBe(false);
					expect(isReception(withoutVersion(versioned))).toBe(false);
					const before = new URL(address);
					const after = new URL(withoutVersion(versioned));
					expect([...after.searchParams]).toEqual([...before.searchParams]);
					expect(after.origin + after.pathname + after.hash).toBe(
						before.origin + before.pathname + before.hash,
					);
					expect(withoutVersion(withVersion(versioned, later))).toBe(withoutVersion(versioned));
				},
			),
		);
	});

	it('the account of a question, for the secret of its webhook alone', () => {
		const secret = fc.stringMatching(/^[0-9a-f]{64}$/);
		fc.assert(
			fc.property(token, secret, secret, (own, right, wrong) => {
				const account = { token: own, baseUrl: 'https://me.instaply.com' };
				const sealed = sealAccount(account, right);
				expect(openAccount(sealed, right)).toEqual(account);
				if (wrong !== right) expect(openAccount(sealed, wrong)).toBeUndefined();
				expect(Buffer.from(sealed, 'base64').includes(own)).toBe(false);
				expect(openAccount(sealed.slice(0, -4), right)).toBeUndefined();
			}),
		);
	});
});

it('What is stored or delivered in any other shape is none of ours, and no error', () => {
	const header = fc.oneof(
		anyText,
		fc.array(anyText),
		fc.integer().map(String),
		fc.constant(undefined),
	);
	fc.assert(
		fc.property(anyValue, anyText, header, (value, text, received) => {
			ticketFromQuery(value);
			ticketFromUrl(text);
			ticketFromUrl(`https://a.b/?instaplyKey=${text}`);
			versionInUrl(`https://a.b/?instaplyQuestions=${text}`);
			openAccount(text, 'secret');
			readStoredMemo(value);
			readSettled(value);
			isTicket(value);
			isWaitSettings(value);
			const { replies, unanswered } = storedReplyCount({
				'x-n8n-reply-tries': received,
				'x-n8n-reply-unanswered': text,
			});
			expect(Number.isSafeInteger(replies) && replies >= 0).toBe(true);
			expect(Number.isSafeInteger(unanswered) && unanswered >= 0).toBe(true);
			expect(sameUrl(text, text)).toBe(true);
			expect(toAsciiDigits(toAsciiDigits(text))).toBe(toAsciiDigits(text));
		}),
	);
});

it('A webhook is as desired when it shows what was asked for, or less of it', () => {
	const headers = fc.array(
		fc.record({ name: fc.stringMatching(/^[a-z-]{1,9}$/), value: fc.stringMatching(/^\w*$/) }),
		{ maxLength: 3 },
	);
	const webhook = fc.record({
		url,
		enabled: fc.boolean(),
		subscribedEvents: fc.subarray<'messages' | 'transfers'>(['messages', 'transfers']),
		extraHeaders: headers,
	});
	fc.assert(
		fc.property(
			webhook,
			fc.subarray(['url', 'enabled', 'subscribedEvents', 'extraHeaders'] as const),
			webhook,
			(desired, shown, other) => {
				const partly = Object.fromEntries(shown.map((name) => [name, desired[name]]));
				expect(isAsDesired({ webhookId: '1', ...partly }, desired)).toBe(true);
				const reordered = { ...desired, extraHeaders: desired.extraHeaders.toReversed() };
				expect(isAsDesired({ webhookId: '1', ...reordered }, desired)).toBe(true);
				if (desired.enabled !== other.enabled) {
					expect(isAsDesired({ webhookId: '1', ...desired, enabled: other.enabled }, desired)).toBe(
						false,
					);
				}
				if (!sameUrl(desired.url, other.url)) {
					expect(isAsDesired({ webhookId: '1', ...desired, url: other.url }, desired)).toBe(false);
				}
			},
		),
	);
});

it('What is remembered is what was there last, and no more than there is room for', () => {
	const calls = fc.array(
		fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.option(fc.nat(9))),
		{ maxLength: 40 },
	);
	fc.assert(
		fc.property(calls, fc.integer({ min: 1, max: 4 }), (all, capacity) => {
			const values = new RecentValues<number>(capacity);
			const keys = new RecentKeys(capacity);
			let latest: Array<[string, number]> = [];
			let added: string[] = [];
			for (const [key, value] of all) {
				latest = latest.filter(([other]) => other !== key);
				if (value === null) values.delete(key);
				else {
					values.set(key, value);
					latest = [...latest, [key, value] as [string, number]].slice(-capacity);
				}
				keys.add(key);
				if (!added.includes(key)) added = [...added, key].slice(-capacity);
			}
			for (const key of 'abcdef') {
				expect(values.get(key)).toBe(latest.find(([other]) => other === key)?.[1]);
				expect(keys.has(key)).toBe(added.includes(key));
			}
		}),
	);
});
