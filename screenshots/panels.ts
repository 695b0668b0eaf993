import type { INode, INodeParameters } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import type { Stage } from '../demo/stage';
import { withCredential } from '../lab/examples';
import { THREADS } from '../sandbox/server';
import type { Editor } from '../tools/n8n/editor';
import type { StoredWorkflow } from '../tools/n8n/types';
import type { Picture } from './studio';

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

const NODES: Record<string, INodeParameters> = {
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

const TRIGGER: INode = {
	...node('Instaply Trigger', 'n8n-nodes-instaply.instaplyTrigger', 1.1, {
		options: { channels: 'whatsapp, sms' },
	}),
	webhookId: 'instaply',
};

/** A workflow with a node for each panel. */
async function panels({ rest, credential }: Stage): Promise<StoredWorkflow> {
	const start = node('Customers', 'n8n-nodes-base.manualTrigger', 1, {});
	const nodes = Object.entries(NODES).map(([name, parameters]) =>
		node(name, 'n8n-nodes-instaply.instaply', 1, parameters),
	);
	const next = nodes.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }));
	const workflow = {
		name: 'Panels',
		nodes: [start, ...nodes, TRIGGER].map((each, index) => ({
			...each,
			id: String(index),
			position: [0, index * 200] satisfies INode['position'],
		})),
		connections: { [start.name]: { main: [next] } },
		pinData: { [start.name]: CUSTOMERS.map((json) => ({ json })) },
	};
	return await rest.createWorkflow(withCredential(workflow, credential));
}

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

/** A picture of a part of the editor, in which the workflow with the panels is open. */
function pictureOf(
	name: string,
	height: number,
	show: (editor: Editor, stage: Stage) => Promise<Locator>,
): Picture {
	return {
		name,
		async take({ stage, editor }) {
			await editor.page.setViewportSize({ width: WIDTH, height });
			await editor.openWorkflow(await panels(stage));
			const part = await show(editor, stage);
			await editor.page.mouse.move(0, 0);
			return await part.screenshot({ animations: 'disabled' });
		},
	};
}

const actions = pictureOf('actions', 1170, async (editor) => {
	await (await editor.searchNodes('instaply')).first().click();
	const list = editor.marked('node-creator');
	await list.getByText('Triggers').click();
	await list.getByText('On transfer').waitFor();
	return list;
});

const credential = pictureOf('credential', 800, async (editor, stage) => {
	const dialog = await editor.openCredential(stage.credential);
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
