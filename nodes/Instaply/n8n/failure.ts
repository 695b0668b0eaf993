import type { Failure } from 'n8n-workflow';

import { isJsonObject } from '../common/json';

/** n8n-workflow exports this list, but not to n8n 1 and 2.0. */
export const FAILURE_CAUSES: ReadonlyArray<Failure['cause']> = [
	'rate-limited',
	'quota-exhausted',
	'temporarily-unavailable',
	'credential-invalid',
	'configuration-invalid',
	'node-defect',
];

/** Tells whether a stored value is n8n's classification of a failure. */
export function isFailure(value: unknown): value is Failure {
	if (!isJsonObject(value)) return false;
	const { cause, retryAfterMs = 0, resetsAtEpochMs = 0 } = value;
	return (
		FAILURE_CAUSES.some((known) => known === cause) &&
		typeof retryAfterMs === 'number' &&
		typeof resetsAtEpochMs === 'number'
	);
}
