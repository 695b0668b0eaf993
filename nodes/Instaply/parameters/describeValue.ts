const MAX_SHOWN = 50;

/**
 * Says what a refused value is, in one line. Never for secrets: it ends up in messages that n8n stores
 * and that AI models read.
 */
export function describeValue(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return describeText(value);
		case 'number':
			return Number.isNaN(value) ? 'It is no number.' : `It is ${value}.`;
		case 'boolean':
			return `It is ${value}.`;
		case 'undefined':
			return 'It is empty.';
		case 'object':
			if (value === null) return 'It is empty.';
			if (Array.isArray(value)) return 'It is a list.';
			return value instanceof Date ? 'It is a date.' : 'It is an object.';
		default:
			return 'It is neither a text nor a number.';
	}
}

function describeText(text: string): string {
	const beginning = [...text.slice(0, 4 * MAX_SHOWN)];
	const line = beginning
		.slice(0, MAX_SHOWN)
		.join('')
		.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
		// Whoever shows it may take it for HTML.
		.replace(/</g, '‹')
		.replace(/>/g, '›')
		.trim();
	if (line === '') return 'It is empty.';
	return beginning.length > MAX_SHOWN ? `It begins with “${line}…”.` : `It is “${line}”.`;
}
