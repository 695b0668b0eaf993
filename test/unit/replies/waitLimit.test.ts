import { endOfWait, limitWaitTime } from '../../../nodes/Instaply/replies/waitLimit';

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
		{ resumeAmount: 366, resumeUnit: 'days' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '2026-02-28T12:00:00Z' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '2026-03-01T14:00:00+02:00' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' },
		{ limitType: 'atSpecifiedTime' },
	])('is refused when it is past, too far away or no time: %j', (values) => {
		expect(() => endOf(values)).toThrow("'Limit Wait Time' cannot be used as it is");
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
