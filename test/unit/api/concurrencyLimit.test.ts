import { ConcurrencyLimit } from '../../../nodes/Instaply/api/concurrencyLimit';
import { settled } from '../../support/unit/fakeClock';

let limit: ConcurrencyLimit;
let admitted: number[];
beforeEach(() => {
	limit = new ConcurrencyLimit();
	admitted = [];
});

/** Notes when it is admitted. */
function note(order: number, admission: Promise<void> | undefined): void {
	if (admission === undefined) admitted.push(order);
	else void admission.then(() => admitted.push(order));
}
const acquire = (...orders: number[]) =>
	orders.forEach((order) => note(order, limit.acquire(order)));
const requeue = (order: number) => note(order, limit.requeue(order));

async function expectAdmitted(...orders: number[]): Promise<void> {
	await settled();
	expect(admitted).toEqual(orders);
}

describe('ConcurrencyLimit', () => {
	it('admits everything at once until it is set', async () => {
		acquire(1, 2, 3);
		expect(admitted).toEqual([1, 2, 3]);
		limit.raise();
		acquire(4);
		expect(admitted).toEqual([1, 2, 3, 4]);
	});

	it('admits one at a time once it is one', async () => {
		limit.setToOne();
		acquire(1, 2, 3);
		await expectAdmitted(1);
		limit.release();
		await expectAdmitted(1, 2);
		limit.release();
		await expectAdmitted(1, 2, 3);
	});

	it('admits one more with each raise', async () => {
		limit.setToOne();
		acquire(1, 2, 3, 4);
		limit.raise();
		await expectAdmitted(1, 2);
		limit.raise();
		await expectAdmitted(1, 2, 3);
		limit.release();
		await expectAdmitted(1, 2, 3, 4);
	});

	it('admits as many as are under way', async () => {
		acquire(1, 2);
		limit.setToActive();
		acquire(3, 4);
		await expectAdmitted(1, 2);
		limit.release();
		await expectAdmitted(1, 2, 3);
	});

	it('keeps a raised limit for what comes later', async () => {
		limit.setToOne();
		limit.raise();
		acquire(1, 2, 3);
		await expectAdmitted(1, 2);
	});

	it('lets those that are under way end before it admits more', async () => {
		acquire(1, 2, 3);
		limit.setToOne();
		acquire(4);
		limit.release();
		limit.release();
		await expectAdmitted(1, 2, 3);
		limit.release();
		await expectAdmitted(1, 2, 3, 4);
	});

	it('starts from one again whenever it is one', async () => {
		limit.setToOne();
		limit.raise();
		limit.raise();
		limit.setToOne();
		acquire(1, 2);
		await expectAdmitted(1);
	});

	it('admits the lowest order first, whoever came first', async () => {
		limit.setToOne();
		acquire(1, 4, 2, 3);
		for (let left = 3; left > 0; left -= 1) limit.release();
		await expectAdmitted(1, 2, 3, 4);
	});

	it('puts back by order what is requeued', async () => {
		acquire(1, 2, 3);
		limit.setToOne();
		acquire(4);
		requeue(3);
		requeue(2);
		requeue(1);
		// Admitted again as the last of the three gives up its place.
		await expectAdmitted(1, 2, 3, 1);
		for (let left = 3; left > 0; left -= 1) limit.release();
		await expectAdmitted(1, 2, 3, 1, 2, 3, 4);
	});
});
