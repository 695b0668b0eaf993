import { InstaplyError } from '../../../nodes/Instaply/common/InstaplyError';
import {
	atLeastOne,
	collection,
	field,
	readFields,
	shownFor,
} from '../../../nodes/Instaply/parameters/field';
import * as parse from '../../../nodes/Instaply/parameters/parse';

const name = field({ displayName: 'Name', name: 'name', type: 'string', default: '' }, parse.text);
const size = field(
	{ displayName: 'Size', name: 'size', type: 'number', default: 1 },
	parse.positiveInteger,
);
const more = collection({ displayName: 'More', name: 'more' }, [name, size]);

describe('readFields', () => {
	it('reads each field by its name and checks it by its label', () => {
		expect(readFields([name, size], (key) => ({ name: 'a', size: '2' })[key])).toEqual({
			name: 'a',
			size: 2,
		});
		expect(() => readFields([name, size], () => 'a')).toThrow("'Size' cannot be used as it is");
	});
});

describe('shownFor', () => {
	const { property, value } = shownFor({ other: ['x'] }, size);
	const reading = (content: Record<string, unknown>) => () => value((key) => content[key]);

	it('is shown for the choice, and not required by n8n', () => {
		expect(property).toMatchObject({ displayOptions: { show: { other: ['x'] } } });
		expect(property.required).toBeUndefined();
	});

	it('is undefined while another choice is made, whatever n8n shows', () => {
		expect(reading({ other: 'y', size: 3 })()).toBeUndefined();
	});

	it('is checked while this choice is made, by an expression too', () => {
		expect(reading({ other: 'x', size: 3 })()).toBe(3);
		expect(reading({ other: ' X ', size: 3 })()).toBe(3);
		expect(reading({ other: 'x' })).toThrow(InstaplyError);
	});
});

describe('collection', () => {
	it.each([
		['nothing', {}, {}],
		['some', { size: 3 }, { size: 3 }],
		['all', { size: 3, name: 'a' }, { size: 3, name: 'a' }],
		['fields of another version', { size: 3, colour: 'red' }, { size: 3 }],
	])('reads %s', (_, given, values) => {
		expect(more.value(() => given)).toEqual(values);
	});

	it.each([
		['null', null],
		['nothing found by an expression', undefined],
		['unusable', 'x'],
	])('refuses a field that was added and is %s', (_, value) => {
		expect(() => more.value(() => ({ size: value }))).toThrow(/^'Size' /);
	});

	it('has no fields that n8n requires', () => {
		expect(more.property.options).toMatchObject([
			{ name: 'name', required: undefined },
			{ name: 'size', required: undefined },
		]);
	});
});

describe('atLeastOne', () => {
	const { value } = atLeastOne(more);

	it('refuses a collection without fields', () => {
		expect(() => value(() => ({}))).toThrow('There is nothing to change');
		expect(() => value(() => undefined)).toThrow('There is nothing to change');
	});

	it('accepts a collection with one', () => {
		expect(value(() => ({ size: 1 }))).toEqual({ size: 1 });
	});
});
