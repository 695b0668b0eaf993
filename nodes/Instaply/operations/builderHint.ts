import type { IBuilderHint } from 'n8n-workflow';

/**
 * What n8n's assistant, its MCP server and its catalogue of nodes are told besides the descriptions
 * (measured on 2.41.1). It is for a model that builds a workflow, so it names parameters.
 */
export const builderHint: IBuilderHint = {
	searchHint:
		'Everything about a conversation takes its customerThreadId. It comes from the Instaply Trigger, or from thread start. Instaply cannot search or list threads or customers: never invent an ID, and ask for no phone number in its place. To write to customers later, store customerThreadId from the trigger, for example in a Data Table. To ask a customer something and go on with the answer, use message sendAndWait, not message send and a second trigger. It takes one item at a time: put Loop Over Items in front of it. Messages are text or WhatsApp templates without variables: files cannot be sent.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-instaply.instaplyTrigger',
			relationHint:
				'Starts the workflow when a customer writes, and gives customerThreadId and customerId',
		},
		{
			nodeType: 'n8n-nodes-base.dataTable',
			relationHint: 'Keeps customerThreadId of those who wrote, as Instaply cannot list them',
		},
	],
};
