import type { IBuilderHint, INodeProperties, TriggerPanelDefinition } from 'n8n-workflow';

import { sinceVersion12 } from '../n8n/triggerVersion';
import { triggerFields } from './fields';

/** What the editor shows of the trigger besides its parameters. */

/** What starts the workflow, in plain words. The parameters that decide it may be hidden. */
export const subtitle = `={{ [
	$parameter["registration"] === "legacy" || ($parameter["events"] || []).includes("messages")
		? { anyone: "all messages", customer: "messages from customers", employee: "messages from employees" }[$parameter["sentBy"]]
		: "",
	$parameter["registration"] !== "legacy" && ($parameter["events"] || []).includes("transfers") ? "transfers" : "",
].filter((words) => words).join(" and ") }}`;

/**
 * Read by n8n's assistant when it builds a workflow (n8n 2.41). The description says what both nodes
 * do, so this says first what the trigger is.
 */
export const builderHint: IBuilderHint = {
	searchHint:
		'Starts workflows only: to send, ask or read, add the node Instaply after it. By default it starts for messages of customers alone, and not for a reply that a sendAndWait of the node Instaply waits for. Set sentBy to employee or anyone only where the workflow answers nothing, or it answers itself. Its items have customerThreadId, customerId, messageBody, channel and businessId; the text is in messageBody, and attachment cannot be downloaded. It registers itself at Instaply when the workflow is published: nobody has to enter a webhook URL. For an AI agent, switch on the option aiAgentFields, and collectMessages so that messages in a row get one answer.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-instaply.instaply',
			relationHint: 'Answers in the conversation, by customerThreadId of this trigger',
		},
	],
};

const loopNotice = notice(
	'loopNotice',
	'What this workflow sends counts as a message from an employee. If it answers every message that starts it, it answers itself, again and again: add a condition that stops it.',
	{ sentBy: ['anyone', 'employee'] },
);

const legacyNotice = notice(
	'legacyNotice',
	"Give the production URL above to Instaply. Whoever knows it can start this workflow: treat it like a password, and add the option 'Secret in URL' to be able to change it.",
	{ registration: ['legacy'] },
);

/**
 * Tells expressions in other nodes that awaited replies are left out by default: they see the parameters
 * of a trigger, but not its version (measured on 2.41.1).
 */
const leavesAwaitedReplies: INodeProperties = {
	displayName: 'Leaves Awaited Replies',
	name: 'leavesAwaitedReplies',
	type: 'hidden',
	default: true,
	displayOptions: { show: { registration: ['automatic'], ...sinceVersion12.show } },
};

/** The trigger's parameters, each followed by its notice. */
export const properties: INodeProperties[] = triggerFields.flatMap(({ property }) => {
	if (property.name === 'registration') return [property, legacyNotice];
	if (property.name === 'options') return [property, leavesAwaitedReplies];
	return property.name === 'sentBy' ? [property, loopNotice] : [property];
});

const TEST =
	"<b>While you build your workflow</b>, click the button, then have a customer write to you or write in Instaply's web chat yourself. The event shows up here.";
const PRODUCTION =
	'its events start the workflow by themselves. They show up in the list of executions, not here.';

export const triggerPanel: TriggerPanelDefinition = {
	header: '',
	executionsHelp: {
		inactive: `${TEST}<br /><br /><b>When your workflow is ready</b>, publish it. Instaply is told its address, and ${PRODUCTION}`,
		active: `${TEST}<br /><br /><b>Your workflow is published</b>: Instaply knows its address, and ${PRODUCTION}`,
	},
	activationHint:
		'When your workflow is ready, publish it: then Instaply starts it by itself, without this button.',
};

export const activationMessage =
	'This workflow now starts whenever Instaply sends it an event that you chose.';

function notice(
	name: string,
	displayName: string,
	show: Record<string, string[]>,
): INodeProperties {
	return { displayName, name, type: 'notice', default: '', displayOptions: { show } };
}
