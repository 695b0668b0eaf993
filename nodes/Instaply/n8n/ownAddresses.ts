import type { IExecuteFunctions } from 'n8n-workflow';

import { withoutFinalSlashes } from '../common/text';
import { assertComplete } from './reachable';

/** As `URL` writes them, each with a slash at its end. */
export interface OwnAddresses {
	/** What addresses of this n8n begin with. */
	all: string[];
	/** What the addresses of waiting executions begin with. */
	waiting: string;
}

/**
 * n8n tells an action node only these two addresses of its own (measured on 2.41.1).
 *
 * @throws InstaplyError when they are no addresses
 */
export function ownAddresses(context: IExecuteFunctions): OwnAddresses {
	const { $execution } = context.getWorkflowDataProxy(0);
	// <base URL of webhooks>/webhook-waiting/<execution>
	const resumeUrl = String($execution.resumeUrl);
	assertComplete(resumeUrl);
	const webhooks = new URL('..', resumeUrl).href;
	// Test webhooks may be below this one.
	const editor = context.getInstanceBaseUrl();
	return {
		all: URL.canParse(editor) ? [webhooks, asFolder(editor)] : [webhooks],
		waiting: new URL('.', resumeUrl).href,
	};
}

function asFolder(url: string): string {
	return `${withoutFinalSlashes(new URL(url).href)}/`;
}

export function isBelow(url: string, folder: string): boolean {
	return URL.canParse(url) && new URL(url).href.startsWith(folder);
}
