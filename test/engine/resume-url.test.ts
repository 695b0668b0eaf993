import { InstaplyError } from '../../nodes/Instaply/common/InstaplyError';
import { toResult } from '../../nodes/Instaply/common/result';
import { resumeUrl } from '../../nodes/Instaply/n8n/waiting';
import { seen } from '../support/engine/probe';

/** The URL of an execution whose n8n takes itself to be somewhere. */
const urlAt = async (address: string) =>
	await seen({}, async (context) => {
		const getWorkflowDataProxy = () => ({ $execution: { resumeUrl: address } });
		const there = Object.assign(Object.create(context), { getWorkflowDataProxy });
		return await toResult(() => new URL(resumeUrl(there, { thread: '1' })));
	});

describe('The URL that resumes an execution', () => {
	it.each([
		'https://n8n.example/webhook-waiting/17',
		'https://n8n.example/webhook-waiting/17?signature=token',
	])('is the one that n8n signs, without a path before it: %s', async (address) => {
		const url = await urlAt(address);
		if ('error' in url) throw url.error;
		expect(url.value.pathname).toMatch(/\/17\/id-of-Probe$/);
		expect(url.value.searchParams.get('signature')).toMatch(/^[0-9a-f]{64}$/);
	});

	it('has the token of the execution below a path', async () => {
		const url = await urlAt('https://n8n.example/n8n/webhook-waiting/17?signature=token');
		expect(url).toEqual({
			value: new URL(
				'https://n8n.example/n8n/webhook-waiting/17?signature=token%2Fid-of-Probe&thread=1',
			),
		});
	});

	it('is refused below a path by an n8n that has no token', async () => {
		const url = await urlAt('https://n8n.example/n8n/webhook-waiting/17');
		const error = 'error' in url ? url.error : undefined;
		expect(error).toBeInstanceOf(InstaplyError);
		expect(error).toMatchObject({
			message: 'This version of n8n would refuse the reply',
			description: expect.stringMatching(/^The customer was not asked\..*Update n8n/),
		});
	});
});
