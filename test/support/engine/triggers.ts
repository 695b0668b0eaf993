import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox/server';
import { TriggerHost } from './triggerHost';

type HostOptions = [INodeParameters?, Parameters<typeof TriggerHost.start>[2]?];

/** Triggers for the tests of one file; those that a test leaves are deactivated after it. */
export function useTriggers(sandbox: { readonly current: Sandbox }) {
	const open: TriggerHost[] = [];
	afterEach(async () => {
		// Nothing that a test made go wrong may keep a trigger.
		sandbox.current.faults.clear();
		for (const trigger of open.splice(0)) {
			await trigger.deactivate();
			await trigger.close();
		}
	});
	const host = async (...options: HostOptions) => {
		const trigger = await TriggerHost.start(sandbox.current, ...options);
		open.push(trigger);
		return trigger;
	};
	const activated = async (...options: HostOptions) => {
		const trigger = await host(...options);
		await trigger.activate();
		return trigger;
	};
	return { host, activated };
}
