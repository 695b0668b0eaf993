import { readId } from '../../../nodes/Instaply/common/id';

describe('readId', () => {
	it.each([
		[17, '17'],
		[0, '0'],
		['17', '17'],
		['cust_001', 'cust_001'],
		[2 ** 53 - 1, '9007199254740991'],
	])('reads %j', (value, id) => {
		expect(readId(value)).toBe(id);
	});

	it.each(['', 2 ** 53, 1.5, NaN, null, undefined, true, {}, ['17']])('refuses %j', (value) => {
		expect(readId(value)).toBeUndefined();
	});
});
