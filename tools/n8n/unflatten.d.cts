import type { IRunExecutionData } from 'n8n-workflow';

/** Parses the `data` of an execution, which n8n sends in the format of the package flatted. */
export function unflatten(text: string): IRunExecutionData;
