import { toResult } from '../../../nodes/Instaply/common/result';
import { readFields } from '../../../nodes/Instaply/parameters/field';
import { triggerFields } from '../../../nodes/Instaply/trigger/fields';

const read = (given: Record<string, unknown>) => {
	const defaults = triggerFields.map(({ property }) => [property.name, property.default]);
	const values: Record<string, unknown> = { ...Object.fromEntries(defaults), ...given };
	return readFields(triggerFields, (name) => values[name]);
};

describe('The events of a trigger', () => {
	it('are those that the user chose', () => {
		expect(read({ events: ['transfers'] }).events).toEqual(['transfers']);
	});

	it('are messages with a legacy registration, whatever was chosen before', () => {
		expect(read({ registration: 'legacy', events: ['transfers'] }).events).toEqual(['messages']);
		expect(read({ registration: 'legacy', events: undefined }).events).toEqual(['messages']);
	});
});

describe('A filter of a trigger', () => {
	it.each(['channels', 'textContains', 'businessIds', 'customerThreadIds'] as const)(
		'such as %s lets everything through when it is left empty, not when it gives nothing',
		(name) => {
			expect(read({ options: { [name]: '' } }).options[name]).toEqual([]);
			expect(() => read({ options: { [name]: null } })).toThrow(/ is empty$/);
			expect(() => read({ options: { [name]: ' , ' } })).toThrow(/ is empty$/);
		},
	);

	it.each([[''], [[]]])('that is left empty as %j lets everything through', (channels) => {
		expect(read({ options: { channels } }).options.channels).toEqual([]);
	});

	it.each([[' '], [','], [['']], [null]])('that gives %j is refused', (channels) => {
		expect(() => read({ options: { channels } })).toThrow("'Channels' is empty");
	});
});

describe('The channels of a trigger', () => {
	it.each<[unknown, string[]]>([
		[
			['email', 'webchat'],
			['email', 'webchat'],
		],
		['whatsapp, E-mail', ['whatsapp', 'email']],
		['WhatsApp,web_chat', ['whatsapp', 'webchat']],
		[
			['Whats App', 'E Mail', 'Web Chat'],
			['whatsapp', 'email', 'webchat'],
		],
		['fax', ['fax']],
	])('given as %j are %j', (channels, expected) => {
		expect(read({ options: { channels } }).options.channels).toEqual(expected);
	});

	it.each(['-', ['sms', '–']])('given as %j are refused', (channels) => {
		expect(() => read({ options: { channels } })).toThrow("'Channels' cannot be used as it is");
	});
});

it.each([
	{ urlSecret: ['my-secret'] },
	{ urlSecret: 'my-secret [object Object]' },
	{ extraHeaders: { header: [{ name: 'Authorization', value: 'my-secret\nmy-secret' }] } },
	{ extraHeaders: { header: [{ name: 'Authorization: my-secret', value: 'x' }] } },
	{ extraHeaders: 'Authorization: my-secret' },
])('A secret that is refused is not shown: %j', async (options) => {
	const refused = await toResult(() => read({ options }));
	expect(refused).toMatchObject({
		error: { description: expect.not.stringContaining('my-secret') },
	});
});
