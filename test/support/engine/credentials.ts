import {
	ICredentialsHelper,
	isExpression,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type IRequestOptionsSimplified,
} from 'n8n-workflow';

import type { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';

/** Gives n8n-core the credentials of a test and has them put into requests, as n8n does. */
export class TestCredentials extends ICredentialsHelper {
	constructor(
		private readonly type: InstaplyApi,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		return await this.type.authenticate(credentials, { url: '', ...request });
	}

	/** Expressions are resolved as n8n 2.41.1 does: only in an execution, and for one of its items. */
	async getDecrypted(
		...[, , , mode, executeData, , within]: Parameters<ICredentialsHelper['getDecrypted']>
	): Promise<ICredentialDataDecryptedObject> {
		if (!Object.values(this.data).some(isExpression)) return this.data;
		if (within === undefined) throw new Error('There is no item for the credential');
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = within;
		const entries = Object.entries(this.data).map(([name, value]) => {
			const resolved: unknown = workflow.expression.getParameterValue(
				String(value),
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				{},
				executeData,
			);
			return [name, resolved];
		});
		return Object.fromEntries(entries);
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
