import { tryToParseDateTime } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { describeValue } from '../parameters/describeValue';
import { field } from '../parameters/field';
import * as parse from '../parameters/parse';
import { CLOCK_ALLOWANCE_MS } from './resumeTicket';

/** How long to wait: a duration, or until a moment in the workflow's time zone. */
type WaitLimit = { ms: number } | { at: unknown };

const HOUR_MS = 60 * 60_000;
const UNIT_MS = { minutes: 60_000, hours: HOUR_MS, days: 24 * HOUR_MS };
const DEFAULT_LIMIT: WaitLimit = { ms: UNIT_MS.days };
const MAX_WAIT_MS = 365 * UNIT_MS.days;

const AMOUNT = 'Limit Wait Time > Amount';
const MOMENT = 'Limit Wait Time > Max Date and Time';
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
						typeOptions: { minValue: 0 },
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
		if (
			limitType(values.limitType ?? 'afterTimeInterval', 'Limit Wait Time > Limit Type') ===
			'atSpecifiedTime'
		) {
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
	if ('at' in limit) return endAt(limit.at, now, timezone);
	if (limit.ms <= MAX_WAIT_MS) return Math.round(now + limit.ms);
	const days = Number((limit.ms / UNIT_MS.days).toPrecision(6));
	throw parse.unusable(AMOUNT, 'A wait lasts a year at most.', `It comes to ${days} days.`);
}

/**
 * How much later a wait may end than its webhook says, which is registered before the question is sent:
 * half of what clocks may differ, so that nobody takes it for expired meanwhile.
 */
const MAX_DELAY_MS = CLOCK_ALLOWANCE_MS / 2;

/**
 * When a wait ends that begins later than planned: a duration counts from its beginning, and a moment
 * stays what it is.
 */
export function laterEnd(
	limit: WaitLimit = DEFAULT_LIMIT,
	planned: number,
	delayMs: number,
): number {
	return 'at' in limit ? planned : planned + Math.min(delayMs, MAX_DELAY_MS);
}

function endAt(value: unknown, now: number, timezone: string): number {
	if (parse.isBlank(value)) throw parse.missing(MOMENT);
	const moment = readMoment(value, timezone);
	if (moment === undefined) {
		throw parse.unusable(
			MOMENT,
			'That is not a date and time. Choose one, or write it like 2026-12-31T18:00.',
			describeValue(value),
		);
	}
	const end = moment.toMillis();
	if (end > now && end <= now + MAX_WAIT_MS) return end;
	const given = typeof value === 'object' ? '' : `${describeValue(value)} `;
	const understood = moment.setZone(timezone).toFormat('yyyy-MM-dd HH:mm');
	throw parse.unusable(
		MOMENT,
		end <= now ? 'It has to be in the future.' : 'It has to be within a year.',
		`${given}It means ${understood} (${timezone}).`,
	);
}

/** Milliseconds since 1970, as text. A date without signs between its parts has eight digits. */
const MILLISECONDS = /^\d{9,16}$/;
/** No way to write a date is longer. */
const MAX_LENGTH = 100;

/** @returns undefined for what is no date */
function readMoment(value: unknown, timezone: string) {
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (text !== undefined && text.length > MAX_LENGTH) return undefined;
	const isNumber = typeof value === 'number' || (text !== undefined && MILLISECONDS.test(text));
	try {
		return tryToParseDateTime(isNumber ? new Date(Number(value)) : value, timezone);
	} catch {
		return undefined;
	}
}
