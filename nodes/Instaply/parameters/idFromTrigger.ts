import type { NodeHint } from 'n8n-workflow';

import { field } from './field';
import * as parse from './parse';

/** Where an ID is that an expression does not find. What was there stays when something is dragged. */
const notPassedOn = (name: string) =>
	`the node before does not pass the ID on: empty the field, then drag '${name}' into it from the Instaply Trigger, on the left.`;

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
			throw parse.missing(
				label,
				`Fill in '${label}'. If it is an expression, ${notPassedOn(name)}`,
			);
		},
	);
}

/**
 * Says in n8n's editor, before a run, that an expression finds no ID in what came in: n8n asks for a
 * required field only when it holds nothing at all (measured on 2.41.1).
 */
export function missingIdHint({
	displayName,
	name,
}: {
	displayName: string;
	name: string;
}): NodeHint {
	return {
		message: `'${displayName}' is empty, as ${notPassedOn(name)}`,
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ (() => {
	try {
		const isExpression = String($rawParameter.${name}).startsWith("=");
		return isExpression && $input.all().length > 0 && !$parameter.${name};
	} catch {
		return false;
	}
})() }}`,
	};
}
