import axios from 'axios';

import type { N8nRest } from '../tools/n8n/rest';
import type { StoredCredential, Workflow } from '../tools/n8n/types';
import { WEBHOOK } from './nodes';

/** The header by which the examples that start with a Webhook node know the shop. */
const KEY = { name: 'X-Shop-Key', value: 'example-shop-key' };

/** Makes the Header Auth credential that such examples leave to the user. */
export async function createShopKey(rest: N8nRest): Promise<StoredCredential> {
	return await rest.createCredential('httpHeaderAuth', KEY, 'Shop');
}

/**
 * Calls the Webhook node of a published workflow, as a shop does. Throws axios's error when n8n
 * refuses.
 *
 * @param headers default: the shop's key
 */
export async function callAsShop(
	n8nUrl: string,
	{ nodes }: Workflow,
	body: object,
	headers: Record<string, string> = { [KEY.name]: KEY.value },
): Promise<void> {
	const path = nodes.find(({ type }) => type === WEBHOOK)?.webhookId;
	await axios.post(`${n8nUrl}/webhook/${path}`, body, { headers, proxy: false });
}
