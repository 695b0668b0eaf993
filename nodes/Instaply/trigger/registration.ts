import type { IHookFunctions } from 'n8n-workflow';

import type { RegisteredWebhook } from '../api/answers';
import type { InstaplyClient } from '../api/client';
import { InstaplyError } from '../api/errors';
import { connect } from '../api/transport';
import { toNodeError } from '../nodeError';
import { forget, recall, remember, type TriggerMemory } from './memory';
import { readTriggerParameters } from './parameters';
import { isAsDesired, ownedBy, type DesiredWebhook } from './reconcile';
import { createSecret, withSecret } from './secret';

/*
 * The life of a trigger's webhook at Instaply: n8n asks whether it exists, has it created when it
 * does not, and deleted at deactivation. What others registered is never touched.
 */

/** @returns true when Instaply has exactly the webhook that this trigger wants */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await ifAutomatic(context, async ({ instaply, url, memory }) => {
		const [webhook, ...surplus] = ownedBy(url, memory, await instaply.webhooks());
		if (webhook === undefined || surplus.length > 0 || memory.secret === undefined) return false;
		return isAsDesired(webhook, desiredWebhook(context, url, memory.secret));
	});
}

/** Makes Instaply have exactly the webhook that this trigger wants. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await ifAutomatic(context, async ({ instaply, url, memory }) => {
		const [existing, ...surplus] = ownedBy(url, memory, await instaply.webhooks());
		await removeAll(surplus, instaply);
		if (existing !== undefined && memory.secret !== undefined) {
			const { webhookId } = existing;
			await instaply.updateWebhook(webhookId, desiredWebhook(context, url, memory.secret));
			remember(context, { webhookId });
			return true;
		}
		// A webhook whose secret was lost can only deliver what would be refused.
		if (existing !== undefined) await removeAll([existing], instaply);
		const secret = createSecret();
		// Remembered before the request, because its answer may be lost.
		remember(context, { secret });
		const created = await instaply.createWebhook(desiredWebhook(context, url, secret));
		remember(context, { webhookId: created?.webhookId });
		return true;
	});
}

/** Makes Instaply have no webhook of this trigger. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await ifAutomatic(context, async ({ instaply, url, memory }) => {
		await removeAll(ownedBy(url, memory, await instaply.webhooks()), instaply);
		forget(context);
		return true;
	});
}

interface Registration {
	instaply: InstaplyClient;
	/** Where this trigger takes deliveries: differs between a test run and the active workflow. */
	url: string;
	memory: TriggerMemory;
}

/** @throws an n8n error, upon which n8n tries again */
async function ifAutomatic(
	context: IHookFunctions,
	work: (registration: Registration) => Promise<boolean>,
): Promise<boolean> {
	try {
		if (readTriggerParameters(context).registration === 'legacy') return true;
		const url = context.getNodeWebhookUrl('default') ?? '';
		return await work({ instaply: await connect(context), url, memory: recall(context) });
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function desiredWebhook(context: IHookFunctions, url: string, secret: string): DesiredWebhook {
	const { events = [], options } = readTriggerParameters(context);
	return {
		url,
		enabled: true,
		subscribedEvents: events,
		extraHeaders: withSecret(options.extraHeaders ?? [], secret),
	};
}

async function removeAll(webhooks: RegisteredWebhook[], instaply: InstaplyClient): Promise<void> {
	for (const { webhookId } of webhooks) {
		await instaply.deleteWebhook(webhookId).catch(ignoreMissing);
	}
}

/** What somebody else has already deleted is done. */
function ignoreMissing(error: unknown): void {
	if (!(error instanceof InstaplyError && error.httpStatus === 404)) throw error;
}
