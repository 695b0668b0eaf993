import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type IRequestOptionsSimplified,
	type Workflow,
} from 'n8n-workflow';

/**
 * Gives n8n-core the credentials of a test and puts them into requests as n8n does: the declared
 * headers, with their expressions resolved by n8n's own engine.
 */
export class TestCredentials extends ICredentialsHelper {
	constructor(
		private readonly type: ICredentialType,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type;
		if (typeof authenticate !== 'object' || !workflow || !node) throw new Error('Not declarative');
		const headers: Record<string, string> = {};
		for (const [name, value] of Object.entries(authenticate.properties.headers ?? {})) {
			headers[name] = String(
				workflow.expression.getSimpleParameterValue(node, String(value), 'internal', {
					$credentials: credentials,
				}),
			);
		}
		return { url: '', ...request, headers: { ...request.headers, ...headers } };
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return this.data;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	getCredentialsProperties() {
		return this.type.properties;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Only decrypted credentials are used in tests');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
