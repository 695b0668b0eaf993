import { TEMPLATES, THREADS } from '../../../sandbox/server';
import type { ExampleCall, ExampleCalls } from '../../support/engine/exampleCalls';

const customerThreadId = THREADS.whatsappOpen;
const templates = [
	{
		customerThreadId,
		title: 'issue_back',
		text: 'Bonjour, nous sommes désolés de ne pas avoir pu vous répondre plus tôt. Si vous êtes toujours en attente d’une réponse, veuillez répondre OUI.',
		contentSid: TEMPLATES.issueBack,
	},
	{
		customerThreadId,
		title: 'order_shipped',
		text: 'Good news: your order is on its way. Reply here if you have any question.',
		contentSid: TEMPLATES.orderShipped,
	},
	{
		customerThreadId,
		title: 'rappel_rendez_vous',
		text: 'Bonjour, nous vous attendons demain pour votre rendez-vous. Répondez OUI pour confirmer.',
		contentSid: TEMPLATES.appointmentReminder,
	},
	{
		customerThreadId,
		title: 'still_interested',
		text: 'Hello, we have an answer to your question. Reply YES to continue the conversation.',
		contentSid: TEMPLATES.stillInterested,
	},
];

const gives = (
	title: string,
	parameters: ExampleCall['parameters'],
	items: ExampleCall['items'],
): ExampleCall => ({
	title: `gives ${title}`,
	parameters: { customerThreadId, ...parameters },
	sends: [['GET /api/get-whatsapp-templates', { customerThreadId }]],
	items,
});

export const template: ExampleCalls = {
	getAll: [
		gives('all of them', { returnAll: true }, templates),
		gives('as many as the limit', { limit: 2 }, templates.slice(0, 2)),
		gives('all there are below the limit', { returnAll: false, limit: 100 }, templates),
		{
			title: 'gives no item for a thread without templates',
			parameters: { customerThreadId: THREADS.webchat },
			sends: [['GET /api/get-whatsapp-templates', { customerThreadId: THREADS.webchat }]],
			items: [],
		},
	],
};
