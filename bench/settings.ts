/**
 * By default n8n prepares a sandbox for expressions for each delivery to any trigger but its own
 * Webhook node, whether or not an expression is to be evaluated. With this setting it waits until
 * one is.
 */
export const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

export const SETTINGS: Record<string, Record<string, string>> = {
	'n8n as it comes': {},
	'n8n with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true': LAZY,
};
