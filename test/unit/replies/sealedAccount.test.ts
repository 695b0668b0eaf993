import { fingerprintOf } from '../../../nodes/Instaply/common/fingerprint';
import { createSecret } from '../../../nodes/Instaply/delivery/secret';
import { openAccount, sealAccount } from '../../../nodes/Instaply/replies/sealedAccount';

/** Protects the token of an account that is stored with an execution which waits. */

const account = { token: 'tök-secret', baseUrl: 'https://me.instaply.com' };
const secret = createSecret();

describe('A sealed account', () => {
	it('opens with its secret alone', () => {
		const sealed = sealAccount(account, secret);
		expect(openAccount(sealed, secret)).toEqual(account);
		expect(openAccount(sealed, createSecret())).toBeUndefined();
		expect(openAccount(sealed, fingerprintOf(secret))).toBeUndefined();
	});

	it('does not show what it holds, nor that two hold the same', () => {
		const [one, other] = [sealAccount(account, secret), sealAccount(account, secret)];
		expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('secret');
		expect(one).not.toBe(other);
	});

	it.each(['', 'a', 'no account', 'AAAA'.repeat(20)])('does not open when it is %j', (sealed) => {
		expect(openAccount(sealed, secret)).toBeUndefined();
	});

	it('does not open when a single byte was changed', () => {
		const bytes = Buffer.from(sealAccount(account, secret), 'base64');
		for (const index of [0, 12, 28, bytes.length - 1]) {
			const changed = Buffer.from(bytes);
			changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
			expect(openAccount(changed.toString('base64'), secret)).toBeUndefined();
		}
	});
});
