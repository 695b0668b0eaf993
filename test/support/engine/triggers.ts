import type { INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox/server';
import { TriggerOnN8n } from './triggerOnN8n';

type TriggerOptions = [INodeParameters?, Parameters<typeof TriggerOnN8n.start>[2]?];

/** Triggers for the tests of one file; those that a test leaves are deactivated after it. */
export function useTriggers(sandbox: { readonly current: Sandbox }) {
	const open: TriggerOnN8n[] = [];
	afterEach(async () => {
		// Nothing that a test made go wrong may keep a trigger.
		sandbox.current.faults.clear();
		for (const trigger of open.splice(0)) {
			await trigger.deactivate();
			await trigger.close();
		}
	});
	const inactive = async (...options: TriggerOptions) => {
		const trigger = await TriggerOnN8n.start(sandbox.current, ...options);
		open.push(trigger);
		return trigger;
	};
	const activated = async (...options: TriggerOptions) => {
		const trigger = await inactive(...options);
		await trigger.activate();
		return trigger;
	};
	return { inactive, activated };
}

/** The URL of a trigger's webhook without the version of the questions, which changes with each. */
export const withoutQuestions = (url: string): string =>
	url.replace(/\?instaplyQuestions=[\da-f]{16}$/, '');
