import type { INodeExecutionData, INodeTypeDescription } from 'n8n-workflow';

import { asError } from '../process/errors';
import { waitUntil, type WaitOptions } from '../process/wait';
import { N8nHttp, N8nRestError } from './http';
import type {
	CredentialTestResult,
	DataTableColumn,
	DataTableRow,
	Execution,
	ExecutionFilter,
	ExecutionSummary,
	ListSearch,
	ListSearchResult,
	N8nSettings,
	N8nUser,
	PublicationStatus,
	StartFrom,
	StoredCredential,
	StoredDataTable,
	StoredWorkflow,
	Workflow,
} from './types';
import { unflatten } from './unflatten.cjs';

/** The owner that `setupOwner` and `login` use by default; for local instances only. */
export const OWNER: N8nUser = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Example-password-1',
};

const ENDED = ['success', 'error', 'crashed', 'canceled'];

const MISSING = 404;
/** What n8n returns when it is too busy to look after its database. */
const BUSY = 503;

const ROWS_PER_REQUEST = 100;

type Timing = Partial<Pick<WaitOptions, 'timeout' | 'interval'>>;

/**
 * What n8n's editor does, through the same REST interface. Call `setupOwner` (a new instance) or
 * `login` (a used one) first. Every method throws N8nRestError, with n8n's own message, when n8n
 * returns an error.
 */
export class N8nRest {
	private readonly http: N8nHttp;

	/** `url` of the instance, without a slash at the end. */
	constructor(url: string) {
		this.http = new N8nHttp(url);
	}

	/** Makes the first user of a new instance, and logs in. */
	async setupOwner(owner = OWNER): Promise<void> {
		await this.http.request('POST', '/rest/owner/setup', { body: owner });
	}

	async login({ email, password } = OWNER): Promise<void> {
		const body = { emailOrLdapLoginId: email, password };
		await this.http.request('POST', '/rest/login', { body });
	}

	/** Some of them only once somebody has logged in. */
	async settings(): Promise<N8nSettings> {
		return await this.get('/rest/settings');
	}

	/** Every node type the editor offers. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		const { data } = await this.http.request('GET', '/types/nodes.json');
		return data;
	}

	/** The choices of a searchable list ("From list"), one page. */
	async searchList(search: ListSearch): Promise<ListSearchResult> {
		return await this.post('/rest/dynamic-node-parameters/resource-locator-results', {
			path: `parameters.${search.parameter}`,
			methodName: search.method,
			nodeTypeAndVersion: { name: search.nodeType, version: search.typeVersion },
			currentNodeParameters: search.parameters ?? {},
			credentials: search.credentials,
			filter: search.filter,
			paginationToken: search.paginationToken,
		});
	}

	async createCredential(
		type: string,
		data: Record<string, unknown>,
		name = type,
	): Promise<StoredCredential> {
		return await this.post('/rest/credentials', { name, type, data });
	}

	/** Also where workflows have it: they ask for another one. */
	async deleteCredential({ id }: Pick<StoredCredential, 'id'>): Promise<void> {
		await this.http.request('DELETE', `/rest/credentials/${id}`);
	}

	/** The button "Create an API key" in the settings. Returns the key, which n8n shows once. */
	async createApiKey(label: string, scopes: string[]): Promise<string> {
		const body = { label, scopes, expiresAt: null };
		const { rawApiKey }: { rawApiKey: string } = await this.post('/rest/api-keys', body);
		return rawApiKey;
	}

	/**
	 * The button "Test" of a stored credential. A refusal is a result, not an exception. Like the
	 * editor it sends the data along, in which n8n has blanked the secrets and fills them in again.
	 */
	async testCredential({ id, name, type }: StoredCredential): Promise<CredentialTestResult> {
		const { data }: { data: unknown } = await this.get(`/rest/credentials/${id}?includeData=true`);
		return await this.post('/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	async createWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
		// As the editor sets it. Without it, n8n 2.41.1 shows a model nothing of what tools return.
		const settings = { executionOrder: 'v1' };
		return await this.post('/rest/workflows', { settings, active: false, ...workflow });
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.get(`/rest/workflows/${id}`);
	}

	/** Saves changes; a live workflow stays as it is until it is activated anew. */
	async updateWorkflow(
		{ id, versionId }: StoredWorkflow,
		changes: Partial<Workflow>,
	): Promise<StoredWorkflow> {
		const body = { ...changes, versionId };
		const { data } = await this.http.request('PATCH', `/rest/workflows/${id}`, { body });
		return data.data;
	}

	/** Asks n8n to put this version live. Where that is done in the background, it responds first. */
	async activate({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.setActive(id, true, { versionId });
	}

	/**
	 * Waits until all triggers of a workflow are live; returns at once where activation is not done
	 * in the background. Throws with the trigger's own message if n8n has given up.
	 */
	async waitUntilPublished(workflowId: string, timing: Timing = {}): Promise<void> {
		const settled = async () => {
			const status = await this.publicationStatus(workflowId);
			return status?.status === 'in_progress' ? undefined : { status };
		};
		const { status } = await waitUntil(settled, {
			what: `workflow ${workflowId} to be published`,
			...timing,
		});
		if (status && status.status !== 'published') {
			const messages = status.triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
			throw new Error(`n8n could not publish the workflow: ${messages.join(', ')}`);
		}
	}

	/** Undefined where activation is not done in the background. */
	async publicationStatus(workflowId: string): Promise<PublicationStatus | undefined> {
		return await unless(
			MISSING,
			async () => await this.get(`/rest/workflows/${workflowId}/publication-status`),
		);
	}

	async deactivate({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.setActive(id, false, {});
	}

	/** Also deactivates it, perhaps in the background. */
	async archiveWorkflow({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.post(`/rest/workflows/${id}/archive`, {});
	}

	/** Deletes it for good. n8n refuses that as long as it deactivates it. */
	async deleteArchivedWorkflow({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.http.request('DELETE', `/rest/workflows/${id}`);
	}

	/** Deletes for good (n8n wants it archived first, which also deactivates it). */
	async deleteWorkflow(workflow: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.archiveWorkflow(workflow);
		await this.deleteArchivedWorkflow(workflow);
	}

	/**
	 * The button "Execute workflow" for a trigger that needs no event (a manual or a pinned one).
	 * Returns the id of the execution, which still runs.
	 */
	async runManually(workflow: StoredWorkflow, from: StartFrom): Promise<string> {
		const { executionId } = await this.run(workflow, from);
		if (!executionId) {
			await this.stopListening(workflow);
			throw new Error(`The trigger "${from.trigger}" waits for an event: use listenForTestEvent`);
		}
		return executionId;
	}

	/**
	 * The button "Listen for test event": when this resolves, the test URL of the trigger is
	 * registered, for one event or two minutes.
	 */
	async listenForTestEvent(workflow: StoredWorkflow, from: StartFrom): Promise<void> {
		const { waitingForWebhook } = await this.run(workflow, from);
		if (!waitingForWebhook) throw new Error(`The trigger "${from.trigger}" has started at once`);
	}

	/** The button "Stop listening". */
	async stopListening({ id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.http.request('DELETE', `/rest/test-webhook/${id}`);
	}

	/** The newest executions first, at most 100. */
	async executions(filter: ExecutionFilter = {}): Promise<ExecutionSummary[]> {
		const query = { filter: JSON.stringify(filter), limit: 100 };
		const { data } = await this.http.request('GET', '/rest/executions', { query });
		return data.data.results;
	}

	/** How many there are, however many that is. */
	async countExecutions(filter: ExecutionFilter = {}): Promise<number> {
		const query = { filter: JSON.stringify(filter), limit: 1 };
		const { data } = await this.http.request('GET', '/rest/executions', { query });
		return data.data.count;
	}

	async execution(id: string): Promise<Execution> {
		const stored: ExecutionSummary & { data: string } = await this.get(`/rest/executions/${id}`);
		return { ...stored, data: unflatten(stored.data) };
	}

	/**
	 * Waits for an execution that passes `accept`, and returns the newest one. Default: any that has
	 * ended, well or not.
	 */
	async waitForExecution(
		filter: ExecutionFilter,
		accept: (execution: ExecutionSummary) => boolean = hasEnded,
		timing: Timing = {},
	): Promise<Execution> {
		const find = async () => (await this.executions(filter)).find(accept);
		const what = `an execution like ${JSON.stringify(filter)}`;
		const { id } = await waitUntil(find, { what, ...timing });
		return await this.execution(id);
	}

	/** Waits until the execution `id` has ended, well or not. */
	async waitForEnd(id: string, timing: Timing = {}): Promise<Execution> {
		const ended = async () => {
			const execution = await unless(BUSY, async () => await this.execution(id));
			return execution !== undefined && hasEnded(execution) && execution;
		};
		return await waitUntil(ended, { what: `execution ${id} to end`, ...timing });
	}

	/**
	 * The button "Retry" of an execution that went wrong: a new execution, with the workflow as it was
	 * and from where it had come to. Returns its id when it has ended, or waits.
	 *
	 * n8n's response is not waited for. In queue mode, n8n 2.41 never sends it when the worker has
	 * finished before the main process begins to listen for that (measured: with the main process
	 * halted for 0.8 s, once in 20 times).
	 */
	async retry({ id }: Pick<ExecutionSummary, 'id'>): Promise<string> {
		const retries = async () =>
			(await this.executions()).filter(({ retryOf }) => String(retryOf) === id);
		const earlier = new Set((await retries()).map((execution) => execution.id));
		let refusal: unknown;
		this.post(`/rest/executions/${id}/retry`, { loadWorkflow: false }).catch((error: unknown) => {
			refusal = error;
		});
		const find = async () => {
			if (refusal !== undefined) throw refusal;
			return (await retries()).find(
				(execution) =>
					!earlier.has(execution.id) && (hasEnded(execution) || execution.status === 'waiting'),
			);
		};
		return (await waitUntil(find, { what: `a retry of execution ${id}` })).id;
	}

	/** The button "Stop" of an execution that runs or waits. */
	async stop(id: string): Promise<void> {
		await this.post(`/rest/executions/${id}/stop`, {});
	}

	/** The button "Delete" of an execution in the list. */
	async deleteExecution(id: string): Promise<void> {
		await this.http.request('POST', '/rest/executions/delete', { body: { ids: [id] } });
	}

	/** The tables of n8n's Data Table node, at most 100. */
	async dataTables(): Promise<StoredDataTable[]> {
		const { data }: { data: StoredDataTable[] } = await this.get(
			`${await this.dataTablesPath()}?take=100`,
		);
		return data;
	}

	async createDataTable(name: string, columns: DataTableColumn[]): Promise<StoredDataTable> {
		return await this.post(await this.dataTablesPath(), { name, columns });
	}

	/** With all its rows. */
	async deleteDataTable({ id }: Pick<StoredDataTable, 'id'>): Promise<void> {
		await this.http.request('DELETE', `${await this.dataTablesPath()}/${id}`);
	}

	async dataTableColumns({ id }: Pick<StoredDataTable, 'id'>): Promise<DataTableColumn[]> {
		return await this.get(`${await this.dataTablesPath()}/${id}/columns`);
	}

	/** All of them, oldest first. */
	async dataTableRows({ id }: Pick<StoredDataTable, 'id'>): Promise<DataTableRow[]> {
		const path = `${await this.dataTablesPath()}/${id}/rows`;
		const rows: DataTableRow[] = [];
		for (;;) {
			const query = `take=${ROWS_PER_REQUEST}&skip=${rows.length}&sortBy=id:asc`;
			const page: { count: number; data: DataTableRow[] } = await this.get(`${path}?${query}`);
			rows.push(...page.data);
			if (page.data.length === 0 || rows.length >= page.count) return rows;
		}
	}

	async insertDataTableRows(
		{ id }: Pick<StoredDataTable, 'id'>,
		rows: Array<Record<string, unknown>>,
	): Promise<void> {
		const path = `${await this.dataTablesPath()}/${id}/insert`;
		for (let start = 0; start < rows.length; start += ROWS_PER_REQUEST) {
			const data = rows.slice(start, start + ROWS_PER_REQUEST);
			await this.post(path, { data, returnType: 'count' });
		}
	}

	/** Changes one row. */
	async updateDataTableRow(
		{ id }: Pick<StoredDataTable, 'id'>,
		{ id: value }: Pick<DataTableRow, 'id'>,
		data: Record<string, unknown>,
	): Promise<void> {
		const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value }] };
		const path = `${await this.dataTablesPath()}/${id}/rows`;
		await this.http.request('PATCH', path, { body: { filter, data } });
	}

	/** n8n keeps tables by project: those of one user are in a personal one. */
	private async dataTablesPath(): Promise<string> {
		const { id }: { id: string } = await this.get('/rest/projects/personal');
		return `/rest/projects/${id}/data-tables`;
	}

	/** n8n 1 has no such endpoints: there, being active is a property of the workflow. */
	private async setActive(id: string, active: boolean, body: object): Promise<void> {
		const path = `/rest/workflows/${id}`;
		const response = await unless(
			MISSING,
			async () =>
				await this.http.request('POST', `${path}/${active ? 'activate' : 'deactivate'}`, { body }),
		);
		if (!response) await this.http.request('PATCH', path, { body: { ...body, active } });
	}

	private async run(
		workflow: StoredWorkflow,
		{ trigger, destination }: StartFrom,
	): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		return await this.post(`/rest/workflows/${workflow.id}/run`, {
			triggerToStartFrom: { name: trigger },
			destinationNode: destination && { nodeName: destination, mode: 'inclusive' },
			// Versions before 2.36 or so run what is sent here, later ones what is saved.
			workflowData: workflow,
		});
	}

	private async get<T>(path: string): Promise<T> {
		const { data } = await this.http.request('GET', path);
		return data.data;
	}

	private async post<T>(path: string, body: unknown): Promise<T> {
		const { data } = await this.http.request('POST', path, { body });
		return data.data;
	}
}

/** Success, error, crash or stop; not "waiting". */
export function hasEnded({ status }: ExecutionSummary): boolean {
	return ENDED.includes(status);
}

/** The items a node put out in its last run, on the output `output` (0 is the first). */
export function itemsOf(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	const lastRun = execution.data.resultData.runData[node]?.at(-1);
	return lastRun?.data?.main?.[output] ?? [];
}

/** @returns undefined when n8n answered with this status */
async function unless<T>(status: number, request: () => Promise<T>): Promise<T | undefined> {
	try {
		return await request();
	} catch (error) {
		if (error instanceof N8nRestError && error.status === status) return undefined;
		throw asError(error);
	}
}
