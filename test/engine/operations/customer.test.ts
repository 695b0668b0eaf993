import type { INodeParameters } from 'n8n-workflow';

import { CUSTOMERS } from '../../../sandbox/server';
import { runInstaply } from '../../support/engine/run';
import { useSandbox } from '../../support/engine/sandbox';
import { explanation } from '../../support/engine/words';
import { testExamples } from './cases';

testExamples('customer');

const sandbox = useSandbox();
const runNode = async (operation: string, parameters: INodeParameters) =>
	await runInstaply(sandbox.current, {
		parameters: { resource: 'customer', operation, ...parameters },
	});

describe('Get Profile', () => {
	it('simplifies a profile with nothing in it to the same ten fields', async () => {
		sandbox.current.faults.add({
			route: 'GET /api/customers/:customerId/profile',
			kind: 'answerReplaced',
			body: { lastSurveys: [] },
		});
		const { items } = await runNode('getProfile', { customerId: CUSTOMERS.webchat });
		expect(items.map(({ json }) => json)).toEqual([
			{
				id: null,
				displayName: null,
				firstName: null,
				lastName: null,
				emailAddress: null,
				phoneNumber: null,
				company: null,
				channel: null,
				type: null,
				nps: null,
			},
		]);
	});
});

describe('Update Profile', () => {
	it('passes on why Instaply refuses', async () => {
		const updateFields = { company: 'X' };
		const run = await runNode('updateProfile', { customerId: CUSTOMERS.readOnly, updateFields });
		expect(explanation(run).description).toContain('“Customer cust_006 cannot be edited”');
	});

	it.each([{}, { firstName: '', company: '={{ $json.none }}' }])(
		'is refused when there is nothing to change: %j',
		async (updateFields) => {
			const run = await runNode('updateProfile', { customerId: CUSTOMERS.webchat, updateFields });
			expect(explanation(run)).toEqual({
				message: 'There is nothing to change',
				description: "Add at least one field under 'Update Fields'.",
			});
			expect(sandbox.current.requests()).toEqual([]);
		},
	);
});
