import type { INode, INodeParameters } from 'n8n-workflow';

import { exampleNames, readExample, withChanged } from '../lab/examples';
import type { Lab } from '../lab/lab';
import type { Editor } from '../tools/n8n/editor';
import type { StoredCredential } from '../tools/n8n/types';
import type { Picture } from './picture';

/** So high that the width decides how near the nodes are. */
const SIZE = { width: 1120, height: 900 };
const MARGIN = 16;

/** What n8n has around the canvas, and shows of nodes under the mouse. */
const AROUND = [
	'canvas-controls',
	'canvas-minimap',
	'canvas-node-toolbar',
	'execute-workflow-button',
	'node-creator-plus-button',
	'command-bar-button',
	'add-sticky-button',
	'toggle-focus-panel-button',
	'instance-ai-canvas-action-button',
	'logs-panel',
	'change-sticky-color',
]
	.map((id) => `[data-test-id^="${id}"]`)
	.join();
const HIDDEN = `${AROUND} { display: none !important; }`;

/** What is drawn on the canvas. */
const DRAWN = '.vue-flow__node:visible, .vue-flow__node *:visible, .vue-flow__edge-path';

/** The canvas of each example, as it looks once a user has filled in what it leaves open. */
export function examplePictures(): Picture[] {
	return exampleNames().map((name) => ({
		name,
		async take({ lab, editor }) {
			const credentials = await otherCredentials(lab);
			const example = withChanged(await readExample(name, ...credentials), withChosenSheet);
			await editor.page.setViewportSize(SIZE);
			await editor.openWorkflow(await lab.save(example));
			return await pictureOfCanvas(editor);
		},
	}));
}

/** Empty, but n8n takes a node for ready when it has one. */
async function otherCredentials({ rest }: Lab): Promise<StoredCredential[]> {
	return [
		await rest.createCredential('googleSheetsOAuth2Api', {}, 'Google Sheets'),
		await rest.createCredential('httpHeaderAuth', { name: 'Authorization', value: 'x' }, 'CRM'),
		await rest.createCredential('n8nApi', { apiKey: 'x', baseUrl: 'x' }, 'n8n'),
		await rest.createCredential('openAiApi', { apiKey: 'x' }, 'OpenAI'),
	];
}

/** Chooses a document where an example leaves that to the user. */
function withChosenSheet(node: INode): INode {
	if (node.type !== 'n8n-nodes-base.googleSheets') return node;
	const chosen = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });
	const parameters = {
		...node.parameters,
		documentId: chosen('customers'),
		sheetName: chosen('0'),
	};
	return { ...node, parameters };
}

async function pictureOfCanvas(editor: Editor): Promise<Buffer> {
	const { page } = editor;
	const style = await page.addStyleTag({ content: HIDDEN });
	await editor.zoomToFit();
	const clip = await areaOfNodes(editor);
	const picture = await page.screenshot({ clip, animations: 'disabled' });
	await style.evaluate((element) => element.parentNode?.removeChild(element));
	return picture;
}

/** What the nodes and notes take up, with the names below them. */
async function areaOfNodes(editor: Editor) {
	const boxes = await editor.page.locator(DRAWN).evaluateAll((elements) =>
		elements.map((element) => {
			const { left, top, right, bottom } = element.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
	const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
	const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}
