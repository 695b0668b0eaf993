import {
	createVersion,
	isReception,
	versionInQuery,
	versionInUrl,
	withoutVersion,
	withVersion,
} from '../../../../nodes/Instaply/replies/reception/version';

const URL_OF_TRIGGER = 'https://n8n.example.com/webhook/5f/webhook';

describe('The version in the URL of a trigger', () => {
	it('comes back as it was written, and takes the place of the one before', () => {
		const [first, second] = [createVersion(), createVersion()];
		const url = withVersion(withVersion(URL_OF_TRIGGER, first), second);
		expect(versionInUrl(url)).toBe(second);
		expect(first).not.toBe(second);
		expect(withoutVersion(url)).toBe(URL_OF_TRIGGER);
	});

	it('leaves the rest of the URL alone', () => {
		const url = `${URL_OF_TRIGGER}?a=1`;
		expect(withoutVersion(withVersion(url, createVersion()))).toBe(url);
		expect(withoutVersion(url)).toBe(url);
		expect(withoutVersion('no URL')).toBe('no URL');
	});

	it.each([undefined, '', 'x', '0123456789abcde', '0123456789abcdef0', ['0123456789abcdef'], {}])(
		'is none when it is %j',
		(value) => {
			expect(versionInQuery({ instaplyQuestions: value })).toBeUndefined();
			expect(isReception(`${URL_OF_TRIGGER}?instaplyQuestions=${String(value)}`)).toBe(
				Array.isArray(value),
			);
		},
	);
});
