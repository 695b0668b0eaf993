import { tryToParseDateTime } from 'n8n-workflow';

import { describeValue } from '../../../nodes/Instaply/parameters/describeValue';
import { endOfWait, laterEnd, limitWaitTime } from '../../../nodes/Instaply/replies/waitLimit';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 60 * 60_000;
const endOf = (values: object, timezone = 'UTC') =>
	endOfWait(
		limitWaitTime.value(() => ({ values })),
		NOW,
		timezone,
	);

describe('The end of a wait', () => {
	it('is a day away when nothing else was chosen', () => {
		expect(endOfWait(undefined, NOW, 'UTC')).toBe(NOW + 24 * HOUR);
		expect(endOf({})).toBe(NOW + 24 * HOUR);
	});

	it.each([
		[{ resumeAmount: 90, resumeUnit: 'minutes' }, 1.5 * HOUR],
		[{ limitType: 'afterTimeInterval', resumeAmount: '2', resumeUnit: 'hours' }, 2 * HOUR],
		[{ resumeAmount: 0.5, resumeUnit: 'days' }, 12 * HOUR],
		[{ resumeAmount: 365, resumeUnit: 'days' }, 365 * 24 * HOUR],
	])('%j is after %d ms', (values, ms) => {
		expect(endOf(values)).toBe(NOW + ms);
	});

	it.each([
		['2026-03-01T14:00:00', 'Europe/Paris', HOUR],
		['2026-03-01T14:00:00', 'UTC', 2 * HOUR],
		['2026-03-01T14:00:00Z', 'Europe/Paris', 2 * HOUR],
		['2026-03-01T14:00:00+01:00', 'UTC', HOUR],
	])('at %s in %s', (maxDateAndTime, timezone, ms) => {
		expect(endOf({ limitType: 'atSpecifiedTime', maxDateAndTime }, timezone)).toBe(NOW + ms);
	});

	it.each([
		['milliseconds', NOW + HOUR],
		['milliseconds as text', String(NOW + HOUR)],
		['milliseconds and a half', NOW + HOUR + 0.5],
		['a date', new Date(NOW + HOUR)],
		['a date of luxon', tryToParseDateTime(new Date(NOW + HOUR))],
		['digits alone', '20260301T1300'],
		['a date with spaces around it', ' 2026-03-01T13:00Z\n'],
	])('is at %s', (_, maxDateAndTime) => {
		expect(endOf({ limitType: 'atSpecifiedTime', maxDateAndTime })).toBe(NOW + HOUR);
	});

	const describe = (values: object, timezone?: string) => {
		try {
			return endOf(values, timezone);
		} catch (error) {
			const { message, description } = Object(error);
			return `${message}. ${description}`;
		}
	};
	const UNUSABLE = "'Limit Wait Time > Max Date and Time' cannot be used as it is";

	it.each([
		['soon', 'It is “soon”.'],
		['2026-13-01', 'It is “2026-13-01”.'],
		['9'.repeat(16), `It is “${'9'.repeat(16)}”.`],
		[1e20, 'It is 100000000000000000000.'],
		[Infinity, 'It is Infinity.'],
		[true, 'It is true.'],
		[{}, 'It is an object.'],
		['1 '.repeat(500_000), `It begins with “${'1 '.repeat(24)}1…”.`],
	])('is no date: %p', (maxDateAndTime, value) => {
		expect(describe({ limitType: 'atSpecifiedTime', maxDateAndTime })).toBe(
			`${UNUSABLE}. ${value} That is not a date and time. Choose one, or write it like 2026-12-31T18:00.`,
		);
	});

	it.each([
		['2026-02-28T12:00:00Z', '2026-02-28 13:00', 'in the future'],
		['2026-03-01T14:00:00+02:00', '2026-03-01 13:00', 'in the future'],
		[NOW, '2026-03-01 13:00', 'in the future'],
		[NOW / 1000, '1970-01-21 13:19', 'in the future'],
		[String(NOW / 1000), '1970-01-21 13:19', 'in the future'],
		['2026-03-01', '2026-03-01 00:00', 'in the future'],
		['2027-03-02', '2027-03-02 00:00', 'within a year'],
		[NOW * 1000, '58134-01-21 01:00', 'within a year'],
	])('is past or too far away: %s', (maxDateAndTime, moment, rule) => {
		expect(describe({ limitType: 'atSpecifiedTime', maxDateAndTime }, 'Europe/Paris')).toBe(
			`${UNUSABLE}. ${describeValue(maxDateAndTime)} It means ${moment} (Europe/Paris). It has to be ${rule}.`,
		);
	});

	it('shows the moment alone of a date', () => {
		const maxDateAndTime = new Date(NOW - HOUR);
		expect(describe({ limitType: 'atSpecifiedTime', maxDateAndTime })).toBe(
			`${UNUSABLE}. It means 2026-03-01 11:00 (UTC). It has to be in the future.`,
		);
	});

	it.each([
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '\u200b' },
		{ limitType: 'atSpecifiedTime' },
	])('is missing: %j', (values) => {
		expect(describe(values)).toMatch(/^'Limit Wait Time > Max Date and Time' is empty\. /);
	});

	it('is a year away at most', () => {
		expect(describe({ resumeAmount: 8784.5, resumeUnit: 'hours' })).toBe(
			"'Limit Wait Time > Amount' cannot be used as it is. It comes to 366.021 days. A wait lasts a year at most.",
		);
		expect(describe({ resumeAmount: 1e300, resumeUnit: 'days' })).toMatch(/A wait lasts a year/);
	});

	it.each([
		{ resumeAmount: 0 },
		{ resumeAmount: -1 },
		{ resumeAmount: 'two' },
		{ resumeAmount: Number.NaN },
		{ resumeAmount: 1, resumeUnit: 'weeks' },
		{ limitType: 'never' },
	])('is refused when it makes no sense: %j', (values) => {
		expect(() => endOf(values)).toThrow('cannot be used as it is');
	});
});

describe('A wait that begins later than planned', () => {
	const SECOND = 1_000;

	it.each([undefined, { ms: HOUR }])('lasts as long: %j', (limit) => {
		expect(laterEnd(limit, NOW, 3 * SECOND)).toBe(NOW + 3 * SECOND);
	});

	it('ends soon enough for its webhook, which is registered before', () => {
		expect(laterEnd({ ms: HOUR }, NOW, HOUR)).toBe(NOW + 300 * SECOND);
	});

	it('ends at the moment that was set all the same', () => {
		expect(laterEnd({ at: '2026-03-01T12:00' }, NOW, 3 * SECOND)).toBe(NOW);
	});
});
