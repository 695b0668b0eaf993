import type { IExecuteFunctions, NodeHint, NodeTypeAndVersion } from 'n8n-workflow';

import { isJsonObject } from '../common/json';
import { nodesBefore } from '../n8n/nodesBefore';
import { ignoresAwaitedByDefault } from '../n8n/triggerVersion';
import { WAITING_OPERATION } from '../n8n/waiting';

/*
 * A workflow that begins with a message and asks the customer something: its trigger may take the reply
 * for the next message.
 */

/** Of a trigger that nobody has renamed. */
const USUAL_NAME = 'Instaply Trigger';

/**
 * Tells whether a trigger leaves out replies that are awaited.
 *
 * @param isLegacy its registration, which leaves it without a credential to ask Instaply with
 * @param option what the user set; undefined when the option was not added
 */
export function ignoresAwaitedReplies(
	trigger: Pick<NodeTypeAndVersion, 'typeVersion'>,
	isLegacy: boolean,
	option: boolean | undefined,
): boolean {
	return option ?? (!isLegacy && ignoresAwaitedByDefault(trigger));
}

export const STARTS_ANEW =
	"A reply to this question starts this workflow anew as well, because its Instaply Trigger takes every message. In the trigger, switch on the option 'Ignore Awaited Replies' (add it if it is not there; it needs the registration Automatic). Then publish the workflow again.";

/**
 * The hint in n8n's editor, before a run and after it, as far as the editor can tell: an expression sees
 * the parameters of another node by its name alone (measured on 2.41.1). So it looks at the trigger that
 * has its usual name, and at those that the thread is taken from by name.
 */
export const startsAnewHint: NodeHint = {
	message: STARTS_ANEW,
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'always',
	displayCondition: `={{ $parameter.operation === "${WAITING_OPERATION}" && ["${USUAL_NAME}", ...String($rawParameter.customerThreadId).split(/["']/)].some((name) => {
	try {
		const { registration, events, sentBy, options, leavesAwaitedReplies } = $(name).params;
		if (!registration || sentBy === "employee") return false;
		if (registration !== "legacy" && !events.includes("messages")) return false;
		return !(options?.ignoreAwaitedReplies ?? leavesAwaitedReplies);
	} catch {
		return false;
	}
}) }}`,
};

/**
 * Tells whether a reply to what a node asks starts its workflow anew, by a trigger that the editor does
 * not see: only a run knows all nodes.
 */
export function startsAnewUnseen(context: IExecuteFunctions): boolean {
	const { customerThreadId } = context.getNode().parameters;
	const seen = [USUAL_NAME, ...String(customerThreadId).split(/["']/)];
	return nodesBefore(context).some((node) => !seen.includes(node.name) && takesReplies(node));
}

/** Without the filters of a trigger, which can let a reply through or not. */
function takesReplies({
	type,
	typeVersion,
	disabled,
	parameters = {},
}: NodeTypeAndVersion): boolean {
	if (disabled || !type.endsWith('.instaplyTrigger')) return false;
	const { registration, sentBy } = parameters;
	const [events, options]: unknown[] = [parameters.events, parameters.options];
	const isLegacy = registration === 'legacy';
	if (sentBy === 'employee') return false;
	if (!isLegacy && Array.isArray(events) && !events.includes('messages')) return false;
	const option = isJsonObject(options) ? options.ignoreAwaitedReplies : undefined;
	// With an expression, whoever wrote it has decided.
	if (option !== undefined) return option === false;
	return !ignoresAwaitedReplies({ typeVersion }, isLegacy, undefined);
}
