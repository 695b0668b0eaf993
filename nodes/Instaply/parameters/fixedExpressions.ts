import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { InstaplyError } from '../common/InstaplyError';
import { isJsonObject } from '../common/json';

/**
 * Refuses a field that is set to Fixed but holds an expression. n8n does not evaluate it, and the
 * customer would read the code.
 *
 * @param parameters as n8n stores them: an expression begins with `=`
 * @throws InstaplyError naming the field
 */
export function refuseFixedExpressions(
	properties: readonly INodeProperties[],
	parameters: INodeParameters,
): void {
	for (const { name, displayName, displayOptions } of properties) {
		// A conditional field may hold a leftover of an earlier choice.
		if (displayOptions?.show !== undefined || !holdsExpression(parameters[name])) continue;
		throw new InstaplyError(`'${displayName}' holds an expression, but is set to Fixed`, {
			description: `Nothing was sent. n8n fills in {{ … }} only where a field is set to Expression. Open this node, point at '${displayName}' and choose Expression: the result then shows below it.`,
		});
	}
}

function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return !value.startsWith('=') && hasBraces(value);
	if (Array.isArray(value)) return value.some(holdsExpression);
	if (!isJsonObject(value)) return false;
	// A resource locator also stores the label, such as a template text with `{{1}}` in it.
	return '__rl' in value
		? holdsExpression(value.value)
		: Object.values(value).some(holdsExpression);
}

/** Tells whether a text has `{{`, and `}}` after it. A pattern would try again from every brace. */
function hasBraces(text: string): boolean {
	const start = text.indexOf('{{');
	return start !== -1 && text.includes('}}', start + 2);
}
