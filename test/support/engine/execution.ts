import './quiet';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type { IDataObject, IRunExecutionData, Workflow } from 'n8n-workflow';

import { additionalData } from './engine';

/** Where a workflow is executed, and with which credential. */
export interface Environment {
	token: string;
	baseUrl: string;
	/** Where n8n takes itself to be. */
	n8nUrl?: string;
	executionId?: string;
}

/** Starts a workflow at its node 'Input', which puts out `input`; it can be cancelled. */
export function startWorkflow(workflow: Workflow, input: IDataObject[], environment: Environment) {
	return new WorkflowExecute(executionDataOf(workflow, environment), 'manual').run({
		workflow,
		startNode: workflow.getNode('Input') ?? undefined,
		pinData: { Input: input.map((json) => ({ json })) },
	});
}

/** Goes on with a stored execution; a person's retry gets another ID. */
export function resumeWorkflow(
	workflow: Workflow,
	stored: IRunExecutionData,
	environment: Environment,
) {
	const data = executionDataOf(workflow, environment);
	return new WorkflowExecute(data, 'manual', stored).processRunExecutionData(workflow);
}

/** What n8n gives an execution of this workflow from outside. */
export function executionDataOf(
	workflow: Workflow,
	{ token, baseUrl, n8nUrl, executionId = 'test-execution' }: Environment,
) {
	const data = additionalData({ token, baseUrl }, n8nUrl);
	data.executionId = executionId;
	data.hooks = new ExecutionLifecycleHooks('manual', executionId, {
		id: workflow.id,
		name: 'Test workflow',
		active: false,
		isArchived: false,
		nodes: [],
		connections: {},
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
	});
	return data;
}
