/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { openLab, startLab, type Lab, type OwnLab } from '../../../lab/lab';
import { startN8nWithPackage, type N8nOptions } from '../../../lab/n8n';
import type { N8nInstance } from '../../../tools/n8n/instance';
import { CleanUp } from '../../../tools/process/cleanUp';
import { foreignN8n } from './foreignN8n';

/** n8n 1 and 2.0, which tests run on only when they are told to. */
export const isOldN8n = /^(1|2\.0)\./.test(process.env.N8N_VERSION ?? '');

/** The n8n that all tests share was started by somebody else. */
export const isForeignN8n = foreignN8n() !== undefined;

/** For tests of an n8n that they start, restart, end or look into: not where it is somebody else's. */
export const describeOwnN8n = isForeignN8n ? describe.skip : describe;

const WITH_SERVICE = ['with the publication service', true] as const;
const WITHOUT_SERVICE = ['without the publication service', false] as const;

/** Whether n8n activates workflows in the background, for `describe.each`; its own way comes first. */
export const PUBLICATION_KINDS = isOldN8n ? [WITHOUT_SERVICE] : [WITH_SERVICE, WITHOUT_SERVICE];

/** Opens a lab in the n8n that all tests share. */
export async function openSharedLab(): Promise<Lab> {
	return await openLab(process.env.N8N_UNDER_TEST ?? '', { owner: foreignN8n()?.owner });
}

/** Starts a lab with an n8n of its own, for tests that restart or load it. */
export async function startOwnLab(options: N8nOptions = {}): Promise<OwnLab> {
	return await startLab({ packageTarball: process.env.PACKAGE_UNDER_TEST, ...options });
}

/** What a crash has interrupted is taken up again after this time; 2 minutes by default. */
export const SOON_AFTER_A_CRASH = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '5',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};

/** The same without a lab, for tests that open one after the other in it. */
export async function startOwnN8n(options: N8nOptions): Promise<N8nInstance> {
	const packageTarball = process.env.PACKAGE_UNDER_TEST;
	return await startN8nWithPackage({ packageTarball, ...options }, new CleanUp());
}
