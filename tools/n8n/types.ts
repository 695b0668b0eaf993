import type {
	ExecutionStatus,
	IConnections,
	INode,
	INodeCredentials,
	INodeExecutionData,
	INodeListSearchItems,
	INodeParameters,
	IRunExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** A person that can log in. */
export interface N8nUser {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

/** What an n8n tells its editor about itself. */
export interface N8nSettings {
	versionCli: string;
	/** Its public address, with a slash at the end. */
	urlBaseWebhook: string;
	userManagement: {
		/** Nobody has made the first user yet. */
		showSetupOnFirstLoad: boolean;
	};
}

/** A workflow as one writes it, or as an exported file holds it. */
export interface Workflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** Data that stands in for the output of a node, by node name. */
	pinData?: Record<string, INodeExecutionData[]>;
}

export interface StoredWorkflow extends Workflow {
	id: string;
	/** Changes with each saved change; activation names the one that is to go live. */
	versionId: string;
	active: boolean;
}

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** A table of n8n's Data Table node. */
export interface StoredDataTable {
	id: string;
	name: string;
}

export interface DataTableColumn {
	name: string;
	type: 'boolean' | 'date' | 'number' | 'string';
}

/** Its own columns, by their names, besides those that n8n adds. */
export interface DataTableRow {
	id: number;
	/** ISO 8601. */
	createdAt: string;
	[column: string]: unknown;
}

/** What the editor shows after "Test" in a credential. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: WorkflowExecuteMode;
	/** ISO 8601. */
	startedAt: string;
	stoppedAt?: string | null;
	/** The id of the execution that this one is a retry of. */
	retryOf?: string | null;
}

export interface Execution extends ExecutionSummary {
	/** Everything the nodes put out, by node name in `resultData.runData`, and the error, if any. */
	data: IRunExecutionData;
}

export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus[];
}

/** A trigger node to start from, and, for one that cannot be waited for, the data it is to put out. */
export interface StartFrom {
	trigger: string;
	/** The name of the last node to run; default: all of them. */
	destination?: string;
}

/** A look into a searchable list of a node, as the editor asks for it. */
export interface ListSearch {
	/** Full name, `n8n-nodes-base.slack`. */
	nodeType: string;
	typeVersion: number;
	/** Name of the node's `listSearch` method. */
	method: string;
	/** Name of the parameter the list belongs to. */
	parameter: string;
	/** All parameters as set so far. */
	parameters?: INodeParameters;
	credentials?: INodeCredentials;
	/** What the user typed into the search field. */
	filter?: string;
	paginationToken?: string;
}

export interface ListSearchResult {
	results: INodeListSearchItems[];
	paginationToken?: string;
}

/** Whether the triggers of a workflow are live, where n8n activates in the background. */
export interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}
