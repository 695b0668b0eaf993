import { CUSTOMERS } from '../../../sandbox/server';
import type { ExampleCalls } from '../../support/engine/exampleCalls';

const profileOf = (customerId: string) => `GET /api/customers/${customerId}/profile`;
const simplified = {
	id: 'cust_001',
	displayName: 'Alan Johnson',
	firstName: 'Alan',
	lastName: 'Johnson',
	emailAddress: 'aj@example.com',
	phoneNumber: '+15551234567',
	company: 'JLB Credit',
	channel: 'WEBCHAT',
	type: 'prospect',
	nps: '8',
};

const { webchat: customerId } = CUSTOMERS;
const UPDATE = `POST /api/customers/${customerId}/profile/update`;
const response = { result: 'ok' };

export const customer: ExampleCalls = {
	getProfile: [
		{
			title: 'simplifies the profile',
			parameters: { customerId: CUSTOMERS.webchat },
			sends: [[profileOf(CUSTOMERS.webchat)]],
			items: [simplified],
		},
		{
			title: 'simplifies the profile when asked to',
			parameters: { customerId: CUSTOMERS.webchat, simplify: true },
			sends: [[profileOf(CUSTOMERS.webchat)]],
			items: [simplified],
		},
		{
			title: 'gives the profile as it came',
			isRaw: true,
			parameters: { customerId: CUSTOMERS.webchat, simplify: false },
			sends: [[profileOf(CUSTOMERS.webchat)]],
			items: [
				{
					id: 'cust_001',
					type: 'prospect',
					editable: true,
					pictureHref: 'https://files.example.com/files/alan-johnson',
					displayName: 'Alan Johnson',
					emailAddress: 'aj@example.com',
					phoneNumber: '+15551234567',
					firstName: 'Alan',
					lastName: 'Johnson',
					company: 'JLB Credit',
					channel: 'WEBCHAT',
					customerData: [
						{ name: 'COMPANY', value: 'Acme' },
						{ name: 'LOYALTY_CARD', value: 'GOLD' },
					],
					lastSurveys: {
						nps: { createdAt: 1_699_000_000_000, text: '8' },
						preferredChannel: { createdAt: 1_699_000_000_000, text: 'MESSAGE' },
					},
				},
			],
		},
		{
			title: 'simplifies the profile of a customer of whom little is known',
			parameters: { customerId: CUSTOMERS.whatsappClosed },
			sends: [[profileOf(CUSTOMERS.whatsappClosed)]],
			items: [
				{
					id: 'cust_004',
					displayName: 'Hugo Martin',
					firstName: 'Hugo',
					lastName: 'Martin',
					emailAddress: null,
					phoneNumber: '+15551230004',
					company: null,
					channel: 'WHATSAPP',
					type: 'prospect',
					nps: null,
				},
			],
		},
	],
	updateProfile: [
		{
			title: 'sends one field',
			parameters: { customerId, updateFields: { company: 'Acme' } },
			sends: [[UPDATE, { company: 'Acme' }]],
			items: [{ customerId, company: 'Acme', response }],
		},
		{
			title: 'sends all fields',
			parameters: {
				customerId,
				updateFields: { firstName: 'Ada', lastName: 'Lovelace', company: 'Acme' },
			},
			sends: [[UPDATE, { firstName: 'Ada', lastName: 'Lovelace', company: 'Acme' }]],
			items: [{ customerId, firstName: 'Ada', lastName: 'Lovelace', company: 'Acme', response }],
		},
		{
			title: 'leaves out fields that are empty',
			parameters: { customerId, updateFields: { firstName: 'Ada', lastName: ' ', company: '' } },
			sends: [[UPDATE, { firstName: 'Ada' }]],
			items: [{ customerId, firstName: 'Ada', response }],
		},
	],
};
