import type { CustomerProfile, Template } from './api-types';
import type { Business, Seed, Thread } from './model';

const ORGANIZATION = 200;
const USER = 1001;
const OTHER_USER = 1002;

/** The threads every sandbox starts with; `otherUsers` is not available to the token's user. */
export const THREADS = {
	webchat: '123456',
	sms: '123457',
	whatsappOpen: '123458',
	whatsappClosed: '123459',
	email: '123460',
	otherUsers: '123461',
} as const;

/** The customers every sandbox starts with; the profile of `readOnly` cannot be edited. */
export const CUSTOMERS = {
	webchat: 'cust_001',
	sms: 'cust_002',
	whatsappOpen: 'cust_003',
	whatsappClosed: 'cust_004',
	email: 'cust_005',
	readOnly: 'cust_006',
} as const;

/** The businesses every sandbox starts with; `foreign` is another organization's. */
export const BUSINESSES = {
	store: '1001',
	support: '2002',
	deliveries: '3003',
	foreign: '9009',
} as const;

/** The templates of the WhatsApp threads: English and French. */
export const TEMPLATES = {
	issueBack: 'HXdf71e8696fbd234e0115c69a542cb1',
	orderShipped: 'HX0b5c1f3a77d24e6f9a2e8d13c4605f',
	appointmentReminder: 'HX6e90ab41d82c4f57b1037fd9e8a2c5',
	stillInterested: 'HXa1f4c7392e5d486b80d6b7f3150e9c',
} as const;

/** A fresh copy of the seed: what a sandbox does to it stays in that sandbox. */
export function seed(): Seed {
	return {
		organizationId: ORGANIZATION,
		userId: USER,
		businesses: businesses(),
		profiles: profiles(),
		templates: templates(),
		threads: threads(),
	};
}

function businesses(): Business[] {
	const business = (id: string, name: string, organizationId = ORGANIZATION): Business => ({
		id: Number(id),
		name,
		organizationId,
	});
	return [
		business(BUSINESSES.store, 'City Centre Store'),
		business(BUSINESSES.support, 'Support Team'),
		business(BUSINESSES.deliveries, 'Deliveries and Returns'),
		business(BUSINESSES.foreign, 'Another Organization', 999),
	];
}

function templates(): Template[] {
	return [
		{
			title: 'issue_back',
			text: 'Bonjour, nous sommes désolés de ne pas avoir pu vous répondre plus tôt. Si vous êtes toujours en attente d’une réponse, veuillez répondre OUI.',
			contentSid: TEMPLATES.issueBack,
		},
		{
			title: 'order_shipped',
			text: 'Good news: your order is on its way. Reply here if you have any question.',
			contentSid: TEMPLATES.orderShipped,
		},
		{
			title: 'rappel_rendez_vous',
			text: 'Bonjour, nous vous attendons demain pour votre rendez-vous. Répondez OUI pour confirmer.',
			contentSid: TEMPLATES.appointmentReminder,
		},
		{
			title: 'still_interested',
			text: 'Hello, we have an answer to your question. Reply YES to continue the conversation.',
			contentSid: TEMPLATES.stillInterested,
		},
	];
}

function threads(): Thread[] {
	const thread = (
		id: string,
		customerId: string,
		given: Pick<Thread, 'channel'> & Partial<Thread>,
	): Thread => ({
		id: Number(id),
		customerId,
		businessId: Number(BUSINESSES.store),
		status: 'waiting',
		windowOpen: true,
		userId: USER,
		templates: [],
		messages: [],
		...given,
	});
	return [
		thread(THREADS.webchat, CUSTOMERS.webchat, { channel: 'WEBCHAT' }),
		thread(THREADS.sms, CUSTOMERS.sms, { channel: 'SMS', status: 'replied' }),
		thread(THREADS.whatsappOpen, CUSTOMERS.whatsappOpen, {
			channel: 'WHATSAPP',
			templates: templates(),
		}),
		thread(THREADS.whatsappClosed, CUSTOMERS.whatsappClosed, {
			channel: 'WHATSAPP',
			status: 'replied',
			windowOpen: false,
			templates: templates(),
		}),
		thread(THREADS.email, CUSTOMERS.email, {
			channel: 'EMAIL',
			businessId: Number(BUSINESSES.support),
			status: 'resolved',
		}),
		thread(THREADS.otherUsers, CUSTOMERS.readOnly, {
			channel: 'WEBCHAT',
			userId: OTHER_USER,
		}),
	];
}

function profiles(): CustomerProfile[] {
	const profile = (
		id: string,
		[firstName, lastName]: [string, string],
		given: Partial<CustomerProfile>,
	): CustomerProfile => ({
		id,
		type: 'prospect',
		editable: true,
		pictureHref: null,
		displayName: `${firstName} ${lastName}`,
		emailAddress: null,
		phoneNumber: null,
		firstName,
		lastName,
		company: null,
		channel: null,
		customerData: [],
		lastSurveys: { nps: null, preferredChannel: null },
		...given,
	});
	return [
		profile(CUSTOMERS.webchat, ['Alan', 'Johnson'], {
			pictureHref: 'https://files.example.com/files/alan-johnson',
			emailAddress: 'aj@example.com',
			phoneNumber: '+15551234567',
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
		}),
		profile(CUSTOMERS.sms, ['Maria', 'Lopez'], {
			phoneNumber: '+15551230002',
			channel: 'SMS',
			lastSurveys: { nps: { createdAt: 1_698_000_000_000, text: '10' }, preferredChannel: null },
		}),
		profile(CUSTOMERS.whatsappOpen, ['Claire', 'Dubois'], {
			emailAddress: 'claire.dubois@example.com',
			phoneNumber: '+15551230003',
			channel: 'WHATSAPP',
			customerData: [{ name: 'LANGUAGE', value: 'fr' }],
		}),
		profile(CUSTOMERS.whatsappClosed, ['Hugo', 'Martin'], {
			phoneNumber: '+15551230004',
			channel: 'WHATSAPP',
		}),
		profile(CUSTOMERS.email, ['Priya', 'Shah'], {
			emailAddress: 'priya.shah@example.com',
			company: 'Northwind Traders',
			channel: 'EMAIL',
		}),
		profile(CUSTOMERS.readOnly, ['Sam', 'Reed'], {
			editable: false,
			emailAddress: 'sam.reed@example.com',
			channel: 'WEBCHAT',
		}),
	];
}
