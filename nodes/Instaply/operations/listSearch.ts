import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { connect } from '../api/transport';
import { InstaplyError } from '../common/InstaplyError';
import { toNodeError, withAdvice } from '../n8n/nodeError';
import { id } from '../parameters/parse';

/** What the dropdowns of the node offer. */
export const listSearch = { searchTemplates, searchWebhooks };

const MAX_PREVIEW_LENGTH = 60;

/** The templates of the thread that the node is set to. */
async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, filter, async () => {
		const customerThreadId = id(this.getCurrentNodeParameter('customerThreadId'), 'Thread ID');
		const templates = await (await connect(this)).templates(customerThreadId);
		if (templates.length === 0) {
			throw new InstaplyError(`Thread ${customerThreadId} has no templates`, {
				description: 'Only WhatsApp threads have them.',
			});
		}
		return templates.map(({ title, text, contentSid }) => ({
			name: `${title}: ${shortened(text)}`,
			value: contentSid,
			description: text,
		}));
	});
}

/** The webhooks of the organization. */
async function searchWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, filter, async () => {
		const webhooks = await (await connect(this)).webhooks();
		if (webhooks.length === 0) {
			throw new InstaplyError('Your organization has no webhooks', {
				description: 'Create one first.',
			});
		}
		return webhooks.map(({ webhookId, url = webhookId }) => ({ name: url, value: webhookId }));
	});
}

async function search(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	list: () => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	try {
		const wanted = filter?.trim().toLowerCase() ?? '';
		const results = await list();
		return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
	} catch (error) {
		// A dropdown shows the message alone, so it has to say what to do as well.
		const shown = error instanceof InstaplyError ? withAdvice(error) : error;
		throw toNodeError(context.getNode(), shown);
	}
}

function shortened(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	return line.length > MAX_PREVIEW_LENGTH ? `${line.slice(0, MAX_PREVIEW_LENGTH)}…` : line;
}
