/** Says of a delivery to a question that a trigger of the same n8n forwards it. */
const NAME = 'x-n8n-forwarded';

export const forwardedHeader = { [NAME]: 'true' };

export function isForwarded(headers: object): boolean {
	return NAME in headers && headers[NAME] === 'true';
}
