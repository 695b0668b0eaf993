import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import { idFromTrigger } from '../../../nodes/Instaply/parameters/idFromTrigger';

const field = idFromTrigger('Thread ID', 'customerThreadId', 'e.g. 123456', 'The conversation');
const read = (value: unknown) => field.value((name) => (name === 'customerThreadId' ? value : 'x'));

function refusal(value: unknown): InstaplyError {
	try {
		read(value);
	} catch (error) {
		if (error instanceof InstaplyError) return error;
	}
	throw new Error('It was not refused');
}

describe('An ID from the trigger', () => {
	it('starts as what the trigger gives under that name, and is required', () => {
		expect(field.property).toMatchObject({
			name: 'customerThreadId',
			default: '={{ $json.customerThreadId }}',
			required: true,
		});
	});

	it.each([
		[123456, '123456'],
		[' a+b@c.d', 'a+b@c.d'],
	])('is read like any ID: %j', (value, id) => expect(read(value)).toBe(id));

	it.each([2 ** 53, 1.5, {}, '1/2'])('is refused when it cannot be used: %j', (value) => {
		expect(refusal(value).message).toBe("'Thread ID' cannot be used as it is");
	});

	it.each([undefined, null, '', ' ', 'undefined', '\u200b'])(
		'that is not there says where it is: %j',
		(value) => {
			expect(refusal(value)).toMatchObject({
				message: "'Thread ID' is empty",
				description:
					"Fill in 'Thread ID'. If it is an expression, the node before does not pass the ID on: empty the field, then drag 'customerThreadId' into it from the Instaply Trigger, on the left.",
			});
		},
	);
});
