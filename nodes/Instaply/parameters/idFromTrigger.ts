import type { INodeProperties, NodeHint } from 'n8n-workflow';

import { field } from './field';
import * as parse from './parse';

/**
 * An ID that the Instaply Trigger gives, under the name of the field. A new node takes it from there.
 * n8n does not store a value that is the default: a node in which the field was left empty before it
 * had this one gets it too, but could not run without.
 */
export function idFromTrigger<const N extends string>(
	label: string,
	name: N,
	placeholder: string,
	description: string,
) {
	return field(
		{
			displayName: label,
			name,
			type: 'string',
			required: true,
			default: `={{ $json.${name} }}`,
			placeholder,
			description,
			builderHint: {
				propertyHint: `Keep the default where the node before puts out ${name}. Elsewhere, take it from the Instaply Trigger by its name, or from where it was stored. Never make one up.`,
			},
		},
		(value): string => {
			if (!parse.isBlank(value)) return parse.id(value, label);
			// What is dragged onto an expression lands in the middle of it (measured on 2.41.1).
			throw parse.missing(
				label,
				`Fill in '${label}'. If it is an expression, the node before does not pass the ID on: empty the field, then drag '${name}' into it from the Instaply Trigger, on the left.`,
			);
		},
	);
}

/** Of a trigger that nobody has renamed. */
const USUAL_NAME = 'Instaply Trigger';

/**
 * Says in n8n's editor, until a node has run, where its ID comes from, if no trigger gives it. n8n asks
 * for a required field only when it holds nothing, and a condition sees the trigger by its name alone,
 * but not what comes into the node (measured on 2.41.1).
 */
export function takenFromInputHint({
	displayName,
	name,
}: Pick<INodeProperties, 'displayName' | 'name'>): NodeHint {
	return {
		message: `'${displayName}' takes '${name}' from what comes in. If the node before does not give it, fill in the ID, or the field that holds it.`,
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ (() => {
	if (!String($rawParameter.${name}).includes("$json.${name}")) return false;
	try {
		return !$("${USUAL_NAME}").params;
	} catch {
		return true;
	}
})() }}`,
	};
}
