import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { RecentValues } from '../common/recent';
import { webhookUrl } from './webhook';

/*
 * What n8n stores for a trigger between activations: the static data of its node (measured on 2.41.1).
 *
 * - n8n writes it back whole, and the last write wins: a delivery that wrote could undo what an
 *   activation has just stored. So only an activation writes, as the types demand.
 * - n8n saves it only after all triggers of the workflow are up, which takes some seconds when one of
 *   them is retried. Until then, this process knows it by the URL of the trigger.
 * - It is empty at the start of a test run.
 */

/** More than the triggers that one n8n brings up within some seconds. */
const CAPACITY = 10_000;

const unsaved = new RecentValues<IDataObject>(CAPACITY);

/** As n8n has saved it. */
export function readStaticData(context: IHookFunctions | IWebhookFunctions): IDataObject {
	return context.getWorkflowStaticData('node');
}

/** What an activation in this process wrote, whether or not n8n has saved it. */
export function readUnsavedStaticData(context: IWebhookFunctions): IDataObject {
	return unsaved.get(webhookUrl(context)) ?? {};
}

export function writeStaticData(context: IHookFunctions, data: object): void {
	Object.assign(readStaticData(context), data);
	const url = webhookUrl(context);
	unsaved.set(url, { ...unsaved.get(url), ...data });
}

export function clearStaticData(context: IHookFunctions, keys: readonly string[]): void {
	const data = readStaticData(context);
	for (const key of keys) delete data[key];
	unsaved.delete(webhookUrl(context));
}
