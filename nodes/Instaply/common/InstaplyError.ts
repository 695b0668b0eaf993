import type { Failure } from 'n8n-workflow';

/** Something that stops one item, in words for the person who built the workflow. */
export class InstaplyError extends Error {
	/** What to do now. */
	readonly description: string;
	/** The HTTP status that Instaply answered with, when it answered. */
	readonly httpStatus?: number;
	/** n8n's own classification, which hosts before 2.41 ignore. */
	readonly failure?: Failure;
	/** Present when the same request may safely go out again: it was not processed, or is a read. */
	readonly retry?: RetryAdvice;
	/** Whether Instaply may have done what was asked, so that doing it again could do it twice. */
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

/** When to try again. */
export interface RetryAdvice {
	/** How many milliseconds Instaply asked to wait. */
	afterMs?: number;
	/** Instaply is busy with everything that it is asked, not with this request alone. */
	pausesAll?: boolean;
}

interface InstaplyErrorDetails {
	description: string;
	httpStatus?: number;
	failure?: Failure;
	retry?: RetryAdvice;
	isOutcomeUnknown?: boolean;
}
