import { fingerprintOf } from '../../../nodes/Instaply/common/fingerprint';
import {
	createSecret,
	hasSecretHeader,
	hasValidSecret,
	matchingSecret,
	withSecret,
} from '../../../nodes/Instaply/delivery/secret';

const NAME = 'x-n8n-trigger-secret';

describe('createSecret', () => {
	it('makes 32 random bytes that fit into a header', () => {
		const secrets = Array.from({ length: 50 }, createSecret);
		expect(new Set(secrets).size).toBe(50);
		for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('withSecret', () => {
	it('adds it to the other headers', () => {
		const headers = [{ name: 'X-A', value: '1' }];
		expect(withSecret(headers, 's')).toEqual([...headers, { name: NAME, value: 's' }]);
		expect(headers).toHaveLength(1);
	});

	it.each([NAME, NAME.toUpperCase(), 'X-n8n-Trigger-Secret'])('replaces %s', (name) => {
		expect(withSecret([{ name, value: 'other' }], 's')).toEqual([{ name: NAME, value: 's' }]);
	});
});

describe('hasValidSecret', () => {
	it('accepts the secret', () => {
		expect(hasValidSecret({ [NAME]: 'secret' }, 'secret')).toBe(true);
	});

	it.each([undefined, null, '', 'Secret', 'secret ', 'secre', 'secrets', ['secret'], 0, true, {}])(
		'refuses %j',
		(value) => {
			expect(hasValidSecret({ [NAME]: value }, 'secret')).toBe(false);
		},
	);

	it('refuses the secret in another header', () => {
		expect(hasValidSecret({ authorization: 'secret' }, 'secret')).toBe(false);
	});

	it.each(['secret, secret', 'secret,secret', 'old, secret', 'secret, old', ', secret'])(
		'accepts the secret among several values of the header: %j',
		(value) => {
			expect(hasValidSecret({ [NAME]: value }, 'secret')).toBe(true);
			expect(matchingSecret({ [NAME]: value }, fingerprintOf('secret'))).toBe('secret');
		},
	);

	it.each(['old, older', 'sec, ret', 'secret old', 'secret;secret', ', ', fingerprintOf('secret')])(
		'refuses several values of which none is the secret: %j',
		(value) => {
			expect(hasValidSecret({ [NAME]: value }, 'secret')).toBe(false);
			expect(matchingSecret({ [NAME]: value }, fingerprintOf('secret'))).toBeUndefined();
		},
	);

	it('looks at no more values than updates can have left', () => {
		const values = (count: number) => ['secret', ...Array(count).fill('x')].reverse().join(', ');
		expect(hasValidSecret({ [NAME]: values(20) }, 'secret')).toBe(true);
		expect(hasValidSecret({ [NAME]: values(5_000) }, 'secret')).toBe(false);
	});
});

describe('hasSecretHeader', () => {
	const headers = (value: string, name = NAME) => [
		{ name: 'X-A', value: 'secret' },
		{ name, value },
	];

	it('finds it whatever the case of the name', () => {
		expect(hasSecretHeader(headers('secret'), 'secret')).toBe(true);
		expect(hasSecretHeader(headers('secret', NAME.toUpperCase()), 'secret')).toBe(true);
	});

	it.each([
		['another', headers('other'), 'secret'],
		['another header', headers('secret', 'x-other'), 'secret'],
		['no headers', undefined, 'secret'],
		['no secret to look for', headers('undefined'), undefined],
	])('does not find %s', (_, given, secret) => {
		expect(hasSecretHeader(given, secret)).toBe(false);
	});
});
