import type { INodeParameters } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import type { Lab } from '../lab/lab';
import { INSTAPLY, instaplyTrigger, START } from '../lab/nodes';
import { asItems, to, type NodeDraft } from '../lab/workflow';
import { THREADS } from '../sandbox/server';
import type { Editor } from '../tools/n8n/editor';
import type { StoredWorkflow } from '../tools/n8n/types';
import type { Picture } from './picture';

const WIDTH = 1120;

const CUSTOMERS = [
	{ customerThreadId: THREADS.whatsappOpen, firstName: 'Claire' },
	{ customerThreadId: THREADS.whatsappClosed, firstName: 'Hugo' },
];

const toCustomer = {
	resource: 'message',
	customerThreadId: '={{ $json.customerThreadId }}',
	text: '=Hello {{ $json.firstName }},\nyour order is on its way.',
};

const PANELS: Record<string, INodeParameters> = {
	'Tell the Customer': { ...toCustomer, operation: 'send', whenWindowClosed: 'sendTemplate' },
	'Tell Them Now': { ...toCustomer, operation: 'send', whenWindowClosed: 'stop' },
	'Ask the Customer': {
		...toCustomer,
		operation: 'sendAndWait',
		text: '=Hello {{ $json.firstName }},\nshall we deliver on Friday?',
		whenWindowClosed: 'stop',
		options: {
			acceptedReplies: {
				reply: [
					{ reply: 'yes', alsoAccept: '1, ok, sure' },
					{ reply: 'no', alsoAccept: '2' },
				],
			},
			clarification: 'Please answer with yes or no.',
		},
	},
};

/** A workflow with a node for each panel. */
async function savePanels({ save }: Lab): Promise<StoredWorkflow> {
	const start = { ...START, name: 'Customers' };
	const panels = Object.entries(PANELS).map(([name, parameters]) => ({
		name,
		type: INSTAPLY,
		parameters,
	}));
	const trigger = instaplyTrigger('instaply', { options: { channels: ['whatsapp', 'sms'] } });
	return await save({
		name: 'Panels',
		nodes: [start, ...panels, trigger].map((node, index): NodeDraft => ({
			...node,
			position: [0, index * 200],
		})),
		connections: { [start.name]: to(panels.map(({ name }) => name)) },
		pinData: { [start.name]: asItems(CUSTOMERS) },
	});
}

/** A picture of a part of the editor, in which the workflow with the panels is open. */
function pictureOf(
	name: string,
	height: number,
	show: (editor: Editor, lab: Lab) => Promise<Locator>,
): Picture {
	return {
		name,
		async take({ lab, editor }) {
			await editor.page.setViewportSize({ width: WIDTH, height });
			await editor.openWorkflow(await savePanels(lab));
			const part = await show(editor, lab);
			await editor.page.mouse.move(0, 0);
			return await part.screenshot({ animations: 'disabled' });
		},
	};
}

const actions = pictureOf('actions', 1230, async (editor) => {
	await (await editor.searchNodes('instaply')).first().click();
	const list = editor.marked('node-creator');
	await list.getByText('Triggers').click();
	await list.getByText('On transfer').waitFor();
	return list;
});

const credential = pictureOf('credential', 800, async (editor, lab) => {
	const dialog = await editor.openCredential(lab.credential);
	await dialog.getByText('Connection tested successfully').waitFor();
	await dialog.getByText('Retry').waitFor();
	return dialog;
});

const send = pictureOf('send', 960, async (editor) => {
	await editor.openNode('Tell the Customer');
	await editor.openList('template');
	await editor.listed.first().waitFor();
	return editor.parameters;
});

const sendAndWait = pictureOf('send-and-wait', 1320, async (editor) => {
	await editor.openNode('Ask the Customer');
	await editor.parameters.getByText('Also Accept').first().waitFor();
	return editor.parameters;
});

const itemError = pictureOf('item-error', 700, async (editor) => {
	await editor.openNode('Tell Them Now');
	await editor.executeStep();
	await editor.panel.getByText('Nothing was sent').waitFor();
	await editor.closeToast();
	return editor.panel;
});

const trigger = pictureOf('trigger', 700, async (editor) => {
	await editor.openNode('Instaply Trigger');
	return editor.panel;
});

/** The windows in which a user sets up the nodes and the credential. */
export const panelPictures: readonly Picture[] = [
	actions,
	credential,
	send,
	sendAndWait,
	itemError,
	trigger,
];
