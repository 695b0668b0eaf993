import { THREADS } from '../../../sandbox/server';
import { runInstaply } from '../../support/engine/run';
import { useSandbox } from '../../support/engine/sandbox';
import { testExamples } from './cases';

testExamples('template');

const sandbox = useSandbox();

describe('Get Many', () => {
	it('gives 50 by default', async () => {
		const templates = Array.from({ length: 60 }, (_, index) => ({
			title: `template_${index}`,
			text: `Text ${index}`,
			contentSid: `HX${index}`,
		}));
		const { id } = sandbox.current.addThread({ channel: 'WHATSAPP', templates });
		const countOf = async (parameters: { returnAll?: true }) => {
			const call = { resource: 'template', operation: 'getAll', customerThreadId: id };
			const { items } = await runInstaply(sandbox.current, {
				parameters: { ...call, ...parameters },
			});
			return items.length;
		};
		expect(await countOf({})).toBe(50);
		expect(await countOf({ returnAll: true })).toBe(60);
	});

	it('hands on what can be read, with what Instaply leaves out as null', async () => {
		const complete = { title: 'a', text: 'b', contentSid: 'HX1' };
		sandbox.current.faults.add({
			route: 'GET /api/get-whatsapp-templates',
			kind: 'answerReplaced',
			body: { templates: [null, complete, { title: null, contentSid: 'HX2' }, { title: 'c' }] },
		});
		const customerThreadId = THREADS.whatsappOpen;
		const { succeeded } = await runInstaply(sandbox.current, {
			parameters: { resource: 'template', operation: 'getAll', customerThreadId },
		});
		expect(succeeded).toEqual([
			{ customerThreadId, ...complete },
			{ customerThreadId, title: null, text: null, contentSid: 'HX2' },
		]);
	});
});
