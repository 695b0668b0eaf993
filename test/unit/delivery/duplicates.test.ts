/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { claim } from '../../../nodes/Instaply/delivery/duplicates';

const accepted = async () => true;
const refused = async () => false;
/** Until what was decided at once has been remembered. */
const settled = async () => await new Promise(setImmediate);

describe('claim', () => {
	const claimAll = async (keys: string[], isAccepted = accepted) => {
		const claims: boolean[] = [];
		for (const key of keys) claims.push(await claim(key, isAccepted));
		return claims;
	};

	it('gives a message to one delivery', async () => {
		expect(await claimAll(['a', 'b', 'a', 'b', 'a'])).toEqual([true, true, false, false, false]);
	});

	it('gives it to one of several at once', async () => {
		const claims = await Promise.all([1, 2, 3].map(async () => await claim('at once', accepted)));
		expect(claims.filter(Boolean)).toHaveLength(1);
	});

	it('gives it again after it was not accepted', async () => {
		expect(await claimAll(['c', 'c', 'c'], refused)).toEqual([true, true, true]);
		expect(await claimAll(['c', 'c'])).toEqual([true, false]);
	});

	it('has others wait for the result of the first', async () => {
		const order: string[] = [];
		let refuse = () => {};
		await claim('d', async () => await new Promise((resolve) => (refuse = () => resolve(false))));
		const second = claim('d', refused).then((given) => order.push(`second ${given}`));
		const third = claim('d', accepted).then((given) => order.push(`third ${given}`));
		await settled();
		expect(order).toEqual([]);
		refuse();
		await Promise.all([second, third]);
		expect(order).toEqual(['second true', 'third true']);
	});

	it('remembers ten thousand and forgets the oldest first', async () => {
		const keys = Array.from({ length: 10_000 }, (_, index) => `key ${index}`);
		expect(await claimAll(['oldest', ...keys])).not.toContain(false);
		expect(await claimAll(keys)).not.toContain(true);
		expect(await claimAll(['oldest', 'key 0', 'key 9999'])).toEqual([true, true, false]);
	});
});
