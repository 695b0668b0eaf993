import type { Failure } from 'n8n-workflow';

/** Something that stops one item, in words for the person who built the workflow. */
export class InstaplyError extends Error {
	/** What to do now. */
	readonly description: string;
	/** The status of Instaply's response, if there was one. */
	readonly httpStatus?: number;
	/** n8n's own classification, which n8n before 2.41 ignores. */
	readonly failure?: Failure;
	/** Present when the request may safely be sent again: it was not processed, or is a read. */
	readonly retry?: RetryAdvice;
	/** Instaply may have done what was requested, so that doing it again could do it twice. */
	readonly isOutcomeUnknown: boolean;

	constructor(message: string, details: InstaplyErrorDetails) {
		super(message);
		this.name = 'InstaplyError';
		this.description = details.description;
		this.httpStatus = details.httpStatus;
		this.failure = details.failure;
		this.retry = details.retry;
		this.isOutcomeUnknown = details.isOutcomeUnknown ?? false;
	}
}

/** Tells whether what a request was about does not exist at Instaply. */
export function isMissing(error: unknown): boolean {
	return error instanceof InstaplyError && error.httpStatus === 404;
}

/** Tells whether Instaply may have done what was requested. */
export function isOutcomeUnknown(error: unknown): boolean {
	return error instanceof InstaplyError && error.isOutcomeUnknown;
}

/** When to send the request again. */
export interface RetryAdvice {
	/** How long Instaply asked to wait; undefined when it did not say. */
	afterMs?: number;
	/** Concerns all requests, not this one alone. */
	pausesAll?: boolean;
}

interface InstaplyErrorDetails {
	description: string;
	httpStatus?: number;
	failure?: Failure;
	retry?: RetryAdvice;
	isOutcomeUnknown?: boolean;
}
