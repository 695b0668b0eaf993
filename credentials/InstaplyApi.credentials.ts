import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticated, DEFAULT_BASE_URL } from '../nodes/Instaply/api/credential';

/**
 * The API token of an Instaply user, sent with every request as the API document asks. The nodes test
 * it (`testedBy`): the test of a credential class shows only the code of a failed connection, such as
 * ECONNREFUSED (measured on 2.41.1).
 */
export class InstaplyApi implements ICredentialType {
	name = 'instaplyApi';

	displayName = 'Instaply API';

	icon = {
		light: 'file:../icons/instaply.svg',
		dark: 'file:../icons/instaply.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-instaply/n8n-nodes-instaply#connect-your-instaply-account';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Ask your Instaply customer representative for API access to get one. It belongs to one Instaply user and reaches the threads which that user can see.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			required: true,
			description: 'Where Instaply is reached. Change it only for a test server or a proxy.',
		},
	];

	// A function, not headers with expressions. n8n 2.41 cannot evaluate expressions for requests that a
	// node makes after its response to a delivery, and each costs time on thousands of requests.
	async authenticate(
		{ token }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated(token, request);
	}
}
