import { withChanged } from '../../../lab/examples';
import type { Lab } from '../../../lab/lab';
import type { Sandbox } from '../../../sandbox/server';
import { hasEnded } from '../../../tools/n8n/rest';
import type { Execution, StoredWorkflow, Workflow } from '../../../tools/n8n/types';
import { waitUntil } from '../../../tools/process/wait';

/** Waits until so many executions of a workflow have ended, well or not; the newest comes first. */
export async function ended(
	{ rest }: Lab,
	{ id }: StoredWorkflow,
	count: number,
): Promise<Execution[]> {
	const executions = async () => {
		const all = (await rest.executions({ workflowId: id })).filter(hasEnded);
		return all.length >= count && all;
	};
	const found = await waitUntil(executions, { what: `${count} executions to end` });
	return await Promise.all(found.map(async (execution) => await rest.execution(execution.id)));
}

/** What was written in a thread, as `customer: Hello`, `workflow: Hi` or `note: ...`. */
export function written(sandbox: Sandbox, thread: string | number): string[] {
	return sandbox.conversation(thread).map(({ from, body, invisible, contentSid }) => {
		const author = invisible ? 'note' : from === 'api' ? 'workflow' : from;
		return `${author}: ${contentSid ?? body ?? ''}`;
	});
}

/** Waits for less time than the example, where that is not what a test is about. */
export function collectingFor(seconds: number): (workflow: Workflow) => Workflow {
	return (workflow) =>
		withChanged(workflow, (node) => {
			const { options } = node.parameters as { options?: { collectMessages?: number } };
			if (options?.collectMessages === undefined) return node;
			const parameters = {
				...node.parameters,
				options: { ...options, collectMessages: seconds },
			};
			return { ...node, parameters };
		});
}
