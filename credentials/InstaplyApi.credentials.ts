import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { DEFAULT_BASE_URL, readBaseUrl, readToken } from '../nodes/Instaply/api/credential';

/** The API token of an Instaply user, sent with every request as the API document asks. */
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
		const headers = {
			...request.headers,
			token: readToken(token),
			'Content-Type': 'application/json',
		};
		// The test below and the nodes have one, n8n's HTTP Request node has none.
		const { baseURL } = request;
		return { ...request, headers, ...(baseURL !== undefined && { baseURL: readBaseUrl(baseURL) }) };
	}

	// Listing the webhooks is the only documented read that needs no ID.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/api/webhooks/',
			// A redirect would carry the token to another host.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Instaply did not accept this token. Check that it was copied completely.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Instaply knows this token, but its user may not use the API. Ask your Instaply customer representative.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: "There is no Instaply at this address. Check 'Base URL'.",
				},
			},
		],
	};
}
