import type { IHookFunctions } from 'n8n-workflow';

import type { InstaplyClient } from '../api/client';
import type { RegisteredWebhook } from '../api/responses';
import { connect } from '../api/transport';
import { InstaplyError } from '../common/InstaplyError';
import { toResult } from '../common/result';
import { createSecret, withSecret } from '../delivery/secret';
import { isListening } from '../n8n/isListening';
import { toNodeError } from '../n8n/nodeError';
import { waitsKnownToTrigger } from '../n8n/ownWaits';
import { assertReachable } from '../n8n/reachable';
import { isTestRun, webhookUrl } from '../n8n/webhook';
import { removeExpiredWebhooks } from '../replies/expiredWebhooks';
import { closeReception, openReception } from '../replies/reception/lifecycle';
import { createVersion, isReception, withVersion } from '../replies/reception/version';
import { isLegacy, readTriggerParameters, type TriggerParameters } from './fields';
import { ownedBy, planChanges, type DesiredWebhook } from './reconcile';
import {
	clearRegistration,
	readRegistration,
	storeRegistration,
	type StoredRegistration,
} from './storedRegistration';

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
		const { instaply, url, stored } = await open(context);
		assertReachable(url, instaply.account.baseUrl);
		const registered = await instaply.webhooks();
		if (stored.secret === undefined) return false;
		const desired = desiredWebhook(context, url, parameters, stored.secret);
		const { keep, update, remove } = planChanges(desired, stored, registered);
		return keep !== undefined && !update && remove.length === 0;
	});
}

/** Makes Instaply have exactly the webhook that this trigger wants. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		const parameters = readTriggerParameters(context);
		if (parameters.registration === 'legacy') return true;
		const registration = await open(context);
		const { instaply, url, stored } = registration;
		assertReachable(url, instaply.account.baseUrl);
		const secret = stored.secret ?? createSecret();
		const desired = desiredWebhook(context, url, parameters, secret);
		const registered = await instaply.webhooks();
		const { keep, update, remove } = planChanges(desired, stored, registered);
		const change = async () => {
			await instaply.removeWebhooks(remove);
			// Stored before the request, because its response may be lost.
			storeRegistration(context, { secret });
			const webhookId = await confirmed(async () => {
				if (keep === undefined) return (await instaply.createWebhook(desired))?.webhookId;
				if (update) await instaply.updateWebhook(keep, desired);
				return keep;
			});
			storeRegistration(context, { webhookId });
		};
		if (isReception(desired.url)) {
			await change();
			void openReception(instaply, desired.url);
		} else {
			await withoutReception(context, registration, registered, change);
		}
		void removeExpiredWebhooks(instaply, registered, waitsKnownToTrigger(context));
		return true;
	});
}

/** Makes Instaply have no webhook of this trigger. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await explained(context, async () => {
		if (isLegacy(context)) return true;
		const registration = await open(context);
		const { instaply, url, stored } = registration;
		const registered = await instaply.webhooks();
		await withoutReception(context, registration, registered, async () => {
			const owned = ownedBy(url, stored, registered);
			await instaply.removeWebhooks(owned.map(({ webhookId }) => webhookId));
		});
		clearRegistration(context);
		void removeExpiredWebhooks(instaply, registered, waitsKnownToTrigger(context));
		return true;
	});
}

/** Makes a change after which this trigger is no reception. */
async function withoutReception(
	context: IHookFunctions,
	{ instaply, url, stored }: Registration,
	registered: RegisteredWebhook[],
	change: () => Promise<void>,
): Promise<void> {
	const receptions = ownedBy(url, stored, registered).filter((webhook) => isReception(webhook.url));
	const leaving = receptions.map(({ webhookId }) => webhookId);
	const isOtherListening = async (other: string, headers: Record<string, string>) =>
		await isListening(context, other, headers);
	await closeReception(instaply, url, isOtherListening, registered, leaving, change);
}

interface Registration {
	instaply: InstaplyClient;
	/** Where this trigger takes deliveries: a test run has a URL of its own. */
	url: string;
	stored: StoredRegistration;
}

async function open(context: IHookFunctions): Promise<Registration> {
	return {
		instaply: await connect(context),
		url: webhookUrl(context),
		stored: readRegistration(context),
	};
}

/** @throws an n8n error; n8n then tries again */
async function explained<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** @throws InstaplyError saying what to do when it is not known whether Instaply made a change */
async function confirmed<T>(change: () => Promise<T>): Promise<T> {
	const result = await toResult(change);
	if ('value' in result) return result.value;
	const { error } = result;
	if (!(error instanceof InstaplyError && error.isOutcomeUnknown)) throw error;
	// Where a workflow is published, n8n shows the message alone (measured on 2.41.1).
	throw new InstaplyError(
		'Instaply did not confirm the webhook of this workflow: publish it again',
		{
			description: 'What is at Instaply by then is found, and nothing is registered twice.',
			failure: error.failure,
		},
	);
}

function desiredWebhook(
	context: IHookFunctions,
	url: string,
	{ events, options }: TriggerParameters,
	secret: string,
): DesiredWebhook {
	const forwards = events.includes('messages') && !isTestRun(context);
	return {
		url: forwards ? withVersion(url, createVersion()) : url,
		enabled: true,
		subscribedEvents: events,
		extraHeaders: withSecret(options.extraHeaders ?? [], secret),
	};
}
