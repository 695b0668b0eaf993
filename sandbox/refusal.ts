/** Instaply's refusal of a request: an HTTP status and one sentence that says why. */
export class Refusal extends Error {
	constructor(
		readonly statusCode: number,
		sentence: string,
	) {
		super(sentence);
	}
}
