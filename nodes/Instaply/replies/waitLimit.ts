import { tryToParseDateTime } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { field } from '../parameters/field';
import * as parse from '../parameters/parse';

/** How long to wait: a duration, or until a moment in the workflow's time zone. */
type WaitLimit = { ms: number } | { at: unknown };

const HOUR_MS = 60 * 60_000;
const UNIT_MS = { minutes: 60_000, hours: HOUR_MS, days: 24 * HOUR_MS };
const DEFAULT_LIMIT: WaitLimit = { ms: UNIT_MS.days };
const MAX_WAIT_MS = 365 * UNIT_MS.days;

const AMOUNT = 'Limit Wait Time > Amount';
const unit = parse.oneOf(['minutes', 'hours', 'days']);
const limitType = parse.oneOf(['afterTimeInterval', 'atSpecifiedTime']);

/** With the names and words of n8n's own Send and Wait operations. */
export const limitWaitTime = field(
	{
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'fixedCollection',
		default: { values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'days' } },
		description:
			'When to go on without a reply. When this option is not added, that is after 24 hours.',
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{
						displayName: 'Limit Type',
						name: 'limitType',
						type: 'options',
						default: 'afterTimeInterval',
						options: [
							{
								name: 'After Time Interval',
								value: 'afterTimeInterval',
								description: 'Waits for a certain amount of time',
							},
							{
								name: 'At Specified Time',
								value: 'atSpecifiedTime',
								description: 'Waits until a specific date and time',
							},
						],
					},
					{
						displayName: 'Amount',
						name: 'resumeAmount',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 2 },
						default: 1,
						displayOptions: { show: { limitType: ['afterTimeInterval'] } },
						description: 'How long to wait at most',
					},
					{
						displayName: 'Unit',
						name: 'resumeUnit',
						type: 'options',
						default: 'days',
						displayOptions: { show: { limitType: ['afterTimeInterval'] } },
						options: [
							{ name: 'Minutes', value: 'minutes' },
							{ name: 'Hours', value: 'hours' },
							{ name: 'Days', value: 'days' },
						],
					},
					{
						displayName: 'Max Date and Time',
						name: 'maxDateAndTime',
						type: 'dateTime',
						default: '',
						displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
						description: 'Until when to wait at most',
					},
				],
			},
		],
	},
	(value): WaitLimit => {
		const values = isJsonObject(value) ? value.values : undefined;
		if (!isJsonObject(values)) return DEFAULT_LIMIT;
		if (limitType(values.limitType ?? 'afterTimeInterval', 'Limit Type') === 'atSpecifiedTime') {
			return { at: values.maxDateAndTime };
		}
		const amount = parse.positiveNumber(values.resumeAmount ?? 1, AMOUNT);
		return { ms: amount * UNIT_MS[unit(values.resumeUnit ?? 'days', 'Limit Wait Time > Unit')] };
	},
);

/**
 * When a wait that begins now ends, in milliseconds since 1970.
 *
 * @throws InstaplyError when that is not in the future, or more than a year away
 */
export function endOfWait(limit: WaitLimit = DEFAULT_LIMIT, now: number, timezone: string): number {
	const end = 'ms' in limit ? now + limit.ms : momentOf(limit.at, timezone);
	if (end > now && end <= now + MAX_WAIT_MS) return Math.round(end);
	throw parse.unusable('Limit Wait Time', 'It has to end in the future, and within a year.');
}

function momentOf(value: unknown, timezone: string): number {
	try {
		return tryToParseDateTime(value, timezone).toMillis();
	} catch {
		return Number.NaN;
	}
}
