import fc, { type Arbitrary } from 'fast-check';

import type { Json } from '../../../nodes/Instaply/common/json';

/** Any text that JavaScript can hold, half characters and all that nobody sees among them. */
export const anyText: Arbitrary<string> = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.constantFrom(' ', '\t', '\n', '\u00a0', '\u200b', '\ufe0f', '\ud83d', 'a', '{{'),
	}),
);

/** A text put together from these, and from anything now and then. */
export const textOf = (fragments: readonly string[], maxLength = 20): Arbitrary<string> =>
	fc
		.array(
			fc.oneof(
				{ weight: 9, arbitrary: fc.constantFrom(...fragments) },
				{ weight: 1, arbitrary: anyText },
			),
			{ maxLength },
		)
		.map((parts) => parts.join(''));

/** Words as people write them, in several scripts. */
export const word: Arbitrary<string> = fc.constantFrom(
	...['shop', 'Müller', 'été', 'Ñandú', 'привет', 'שלום', 'مرحبا', '你好', 'ありがとう', 'สวัสดี'],
	...['naïve', 'I', 'x', 'snake', 'ﬁn', 'straße', 'ΟΔΟΣ', '안녕'],
);

/** What an expression of n8n can give. */
export const anyValue: Arbitrary<unknown> = fc.oneof(
	fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true, withMap: true }),
	anyText,
	fc.constantFrom<unknown>('', ' ', 'undefined', 'null', NaN, null, undefined, '[object Object]'),
	fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()),
	fc.oneof(fc.integer(), fc.double()).map(String),
	fc.boolean(),
	fc.date(),
);

/** What JSON can hold. */
export const anyJson: Arbitrary<Json> = fc
	.jsonValue({ depthSize: 'medium', stringUnit: 'binary' })
	.map((value): Json => JSON.parse(JSON.stringify(value)));
