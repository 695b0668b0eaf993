import type { IHookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import { connect } from '../api/transport';
import { toNodeError } from '../nodeError';
import { forget, recall, remember, type TriggerMemory } from './memory';
import { isLegacy, readTriggerParameters, type TriggerParameters } from './parameters';
import { assertReachable } from '../delivery/reach';
import { ownedBy, planChanges, type DesiredWebhook } from './reconcile';
import { createSecret, withSecret } from '../delivery/secret';
import { sweep } from '../waiting/listening';

/*
 * The life of a trigger's webhook at Instaply: n8n asks whether it exists, has it created when it
 * does not, and deleted at deactivation. What others registered is never touched.
 */

/** @returns true when Instaply has exactly the webhook that this trigger wants */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		// Those of a legacy trigger are read here for the first time, to be refused at activation.
		const parameters = readTriggerParameters(context);
		if (parameters.registration === 'legacy') return true;
		const { instaply, url, memory } = await open(context);
		await assertReachable(context, url);
		const registered = await instaply.webhooks();
		if (memory.secret === undefined) return false;
		const desired = desiredWebhook(url, parameters, memory.secret);
		const { keep, update, remove } = planChanges(desired, memory, registered);
		return keep !== undefined && !update && remove.length === 0;
	});
}

/** Makes Instaply have exactly the webhook that this trigger wants. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const parameters = readTriggerParameters(context);
		if (parameters.registration === 'legacy') return true;
		const { instaply, url, memory } = await open(context);
		await assertReachable(context, url);
		const secret = memory.secret ?? createSecret();
		const desired = desiredWebhook(url, parameters, secret);
		const registered = await instaply.webhooks();
		const { keep, update, remove } = planChanges(desired, memory, registered);
		await instaply.removeWebhooks(remove);
		// Remembered before the request, because its answer may be lost.
		remember(context, url, { secret });
		if (keep !== undefined && update) await instaply.updateWebhook(keep, desired);
		remember(context, url, { webhookId: keep ?? (await create(instaply, desired)) });
		await sweep(instaply, registered);
		return true;
	});
}

/** Makes Instaply have no webhook of this trigger. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		if (isLegacy(context)) return true;
		const { instaply, url, memory } = await open(context);
		const registered = await instaply.webhooks();
		const owned = ownedBy(url, memory, registered);
		await instaply.removeWebhooks(owned.map(({ webhookId }) => webhookId));
		forget(context, url);
		await sweep(instaply, registered);
		return true;
	});
}

interface Registration {
	instaply: InstaplyClient;
	/** Where this trigger takes deliveries: differs between a test run and the active workflow. */
	url: string;
	memory: TriggerMemory;
}

async function open(context: IHookFunctions): Promise<Registration> {
	return {
		instaply: await connect(context),
		url: context.getNodeWebhookUrl('default') ?? '',
		memory: recall(context),
	};
}

/** @throws an n8n error, upon which n8n tries again */
async function explained<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function desiredWebhook(
	url: string,
	{ events = [], options }: TriggerParameters,
	secret: string,
): DesiredWebhook {
	return {
		url,
		enabled: true,
		subscribedEvents: events,
		extraHeaders: withSecret(options.extraHeaders ?? [], secret),
	};
}

/** @returns its ID, looked up when the answer names none; undefined when Instaply shows none */
async function create(
	instaply: InstaplyClient,
	desired: DesiredWebhook,
): Promise<string | undefined> {
	const created = await instaply.createWebhook(desired);
	if (created !== undefined) return created.webhookId;
	return ownedBy(desired.url, {}, await instaply.webhooks())[0]?.webhookId;
}
