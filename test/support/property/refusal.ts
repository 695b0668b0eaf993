import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';

/** Longer ones are not read. */
const MAX_LENGTH = 1_000;

/**
 * What something gives, when it may refuse.
 *
 * @returns undefined when it refused, in words for a person. Anything else that it throws is not expected.
 */
export function unlessRefused<T>(work: () => T): { value: T } | undefined {
	try {
		return { value: work() };
	} catch (error) {
		expect(error).toBeInstanceOf(InstaplyError);
		if (!(error instanceof InstaplyError)) return undefined;
		const { message, description } = error;
		expect(message.trim()).not.toBe('');
		expect(description.trim()).not.toBe('');
		expect(`${message} ${description}`.length).toBeLessThan(MAX_LENGTH);
		return undefined;
	}
}
