import { claim, type Claim } from '../../../nodes/Instaply/delivery/duplicates';
import { FakeClock, settled } from '../../support/unit/fakeClock';

const GRANTED = 'granted';
const ACCEPTED = 'already accepted';
const UNDER_WAY = 'under way';

const accepted = async () => true;
const refused = async () => false;
const never = async () => await new Promise<boolean>(() => {});

describe('claim', () => {
	const claimAll = async (keys: string[], isAccepted = accepted) => {
		const claims: Claim[] = [];
		for (const key of keys) claims.push(await claim(key, isAccepted));
		return claims;
	};

	it('gives a message to one delivery', async () => {
		expect(await claimAll(['a', 'b', 'a', 'b', 'a'])).toEqual([
			GRANTED,
			GRANTED,
			ACCEPTED,
			ACCEPTED,
			ACCEPTED,
		]);
	});

	it('gives it to one of several at once', async () => {
		const claims = await Promise.all([1, 2, 3].map(async () => await claim('at once', accepted)));
		expect(claims.sort()).toEqual([ACCEPTED, ACCEPTED, GRANTED]);
	});

	it('gives it again after it was not accepted', async () => {
		expect(await claimAll(['c', 'c', 'c'], refused)).toEqual([GRANTED, GRANTED, GRANTED]);
		expect(await claimAll(['c', 'c'])).toEqual([GRANTED, ACCEPTED]);
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
		expect(order).toEqual(['second granted', 'third granted']);
	});

	it('has no other wait for more than seconds', async () => {
		const clock = new FakeClock();
		await claim('stuck', never, clock);
		const second = claim('stuck', accepted, clock);
		await clock.advance(3_900);
		const third = claim('stuck', accepted, clock);
		const ended = Promise.race([second, third, settled().then(() => 'waiting')]);
		expect(await ended).toBe('waiting');
		await clock.advance(100);
		expect(await second).toBe(UNDER_WAY);
		await clock.advance(3_900);
		expect(await third).toBe(UNDER_WAY);
	});

	it('gives a message again when n8n has not responded to a delivery for a minute', async () => {
		const clock = new FakeClock();
		let respond = () => {};
		const late = async () => await new Promise<boolean>((done) => (respond = () => done(false)));
		await claim('late', late, clock);
		await clock.advance(60_000);
		expect(await claim('late', never, clock)).toBe(GRANTED);
		// The first is over at last; that says nothing of the second.
		respond();
		await settled();
		const third = claim('late', accepted, clock);
		await clock.advance(4_000);
		expect(await third).toBe(UNDER_WAY);
	});

	it('does not give it a third time when n8n responds late, with success', async () => {
		const clock = new FakeClock();
		let respond = () => {};
		const late = async () => await new Promise<boolean>((done) => (respond = () => done(true)));
		await claim('too late', late, clock);
		await clock.advance(60_000);
		await claim('too late', refused, clock);
		respond();
		await settled();
		expect(await claim('too late', accepted, clock)).toBe(ACCEPTED);
	});

	it('keeps no more than ten thousand to which n8n has not responded', async () => {
		const clock = new FakeClock();
		const keys = Array.from({ length: 10_000 }, (_, index) => `stuck ${index}`);
		for (const key of ['first', ...keys]) await claim(key, never, clock);
		expect(await claim('first', accepted, clock)).toBe(GRANTED);
	});

	it('remembers ten thousand and forgets the oldest first', async () => {
		const keys = Array.from({ length: 10_000 }, (_, index) => `key ${index}`);
		expect(await claimAll(['oldest', ...keys])).not.toContain(ACCEPTED);
		expect(await claimAll(keys)).not.toContain(GRANTED);
		expect(await claimAll(['oldest', 'key 0', 'key 9999'])).toEqual([GRANTED, GRANTED, ACCEPTED]);
	});
});
