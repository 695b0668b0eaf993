import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import type { N8nInstance } from '../tools/n8n/instance';
import { listenHost, urlForN8n } from '../tools/n8n/reach';
import { N8nRest } from '../tools/n8n/rest';
import type { N8nUser, StoredCredential, StoredWorkflow } from '../tools/n8n/types';
import { CleanUp } from '../tools/process/cleanUp';
import { waitUntil } from '../tools/process/wait';
import { withCredential } from './examples';
import { startN8nWithPackage, type N8nOptions } from './n8n';
import { CREDENTIAL_NAME } from './nodes';
import { workflowOf, type WorkflowDraft } from './workflow';

const ALL_EXECUTIONS_MS = 300_000;

/** What a user has: an n8n to work in, an account at Instaply (a sandbox), and its credential. */
export interface Lab {
	n8nUrl: string;
	rest: N8nRest;
	sandbox: Sandbox;
	/** Of the sandbox, as n8n has to call it. */
	baseUrl: string;
	credential: StoredCredential;
	/** Saves a workflow, with the credential in each node that wants it. */
	save(draft: WorkflowDraft): Promise<StoredWorkflow>;
	/** Saves a workflow, puts it live and waits until it is. */
	publish(draft: WorkflowDraft): Promise<StoredWorkflow>;
	/** Takes a workflow down again and waits until that is done. */
	unpublish(workflow: StoredWorkflow): Promise<void>;
	/** Waits until n8n has no execution under way; one that waits for something is not. */
	idle(): Promise<void>;
	/** Undoes all that the lab has begun, last first. */
	close(): Promise<void>;
}

/** A lab with an n8n of its own. */
export interface OwnLab extends Lab {
	n8n: N8nInstance;
}

export interface LabOptions {
	/** One that runs already, and goes on when the lab closes. Default: the lab has its own. */
	sandbox?: Sandbox;
	/** How the lab's own sandbox behaves. */
	sandboxOptions?: SandboxOptions;
	/** Who logs in. Default: the owner that tests make. */
	owner?: N8nUser;
	/** What the credential is called in n8n. Default: its type. */
	credentialName?: string;
	/** Called with what is being done, because some of it takes minutes the first time. */
	onStep?: (step: string) => void;
}

export interface OwnLabOptions extends LabOptions, N8nOptions {
	/** Given what to undo, step by step, for a caller that may have to undo it before the lab is there. */
	cleanUp?: CleanUp;
}

/**
 * Starts a real n8n with this package, packed as it would be published, beside a sandbox, and
 * gives n8n the credential. Nothing is left behind when that fails half way.
 */
export async function startLab(options: OwnLabOptions = {}): Promise<OwnLab> {
	const { cleanUp = new CleanUp() } = options;
	return await cleanUp.runOnFailure(async () => {
		const sandbox = await sandboxFor(options, cleanUp);
		const n8n = await startN8nWithPackage(options, cleanUp);
		const lab = await connect(n8n.url, sandbox, options);
		return { ...lab, n8n, close: async () => await cleanUp.run() };
	});
}

/**
 * The same in an n8n that runs already, with this package and an owner. Several labs may share one.
 * Closing takes down what was published.
 */
export async function openLab(n8nUrl: string, options: LabOptions = {}): Promise<Lab> {
	const cleanUp = new CleanUp();
	return await cleanUp.runOnFailure(async () => {
		const sandbox = await sandboxFor(options, cleanUp);
		const lab = await connect(n8nUrl, sandbox, options);
		cleanUp.add(async () => {
			for (const workflow of lab.published) await lab.unpublish(workflow);
		});
		return { ...lab, close: async () => await cleanUp.run() };
	});
}

async function sandboxFor(options: LabOptions, cleanUp: CleanUp): Promise<Sandbox> {
	if (options.sandbox) return options.sandbox;
	const sandbox = await startSandbox({ host: listenHost(), ...options.sandboxOptions });
	cleanUp.add(async () => await sandbox.close());
	return sandbox;
}

type Connection = Omit<Lab, 'close'> & { published: ReadonlySet<StoredWorkflow> };

/** Logs in to n8n, and gives it the credential for the sandbox. */
async function connect(
	n8nUrl: string,
	sandbox: Sandbox,
	{ owner, credentialName, onStep = () => {} }: LabOptions,
): Promise<Connection> {
	const rest = new N8nRest(n8nUrl);
	await rest.login(owner);
	onStep('Creating the credential');
	const baseUrl = urlForN8n(sandbox.url);
	const account = { token: sandbox.token, baseUrl };
	const credential = await rest.createCredential(CREDENTIAL_NAME, account, credentialName);
	const published = new Set<StoredWorkflow>();
	let count = 0;

	const save: Lab['save'] = async (draft) => {
		count += 1;
		const workflow = workflowOf({ name: `Workflow ${count}`, ...draft });
		return await rest.createWorkflow(withCredential(workflow, credential));
	};
	return {
		n8nUrl,
		rest,
		sandbox,
		baseUrl,
		credential,
		published,
		save,
		async publish(draft) {
			const workflow = await save(draft);
			onStep(`Activating the workflow "${workflow.name}"`);
			await rest.activate(workflow);
			published.add(workflow);
			await rest.waitUntilPublished(workflow.id);
			return workflow;
		},
		async unpublish(workflow) {
			published.delete(workflow);
			await rest.deactivate(workflow);
			// n8n does it in the background, and needs the sandbox for it.
			const isDone = async () =>
				(await rest.publicationStatus(workflow.id))?.status !== 'in_progress';
			await waitUntil(isDone, { what: `${workflow.name} to be unpublished` });
		},
		async idle() {
			const isIdle = async () =>
				(await rest.executions({ status: ['new', 'running'] })).length === 0;
			await waitUntil(isIdle, {
				what: 'n8n to finish all executions',
				timeout: ALL_EXECUTIONS_MS,
			});
		},
	};
}
