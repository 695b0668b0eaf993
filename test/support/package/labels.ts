import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { InstaplyApi } from '../../../credentials/InstaplyApi.credentials';
import { Instaply } from '../../../nodes/Instaply/Instaply.node';
import { InstaplyTrigger } from '../../../nodes/Instaply/InstaplyTrigger.node';

/*
 * What n8n shows of the nodes and the credential.
 */

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

const NOT_SHOWN = ['hidden', 'notice'];

/** What can be filled in: parameters and options, without what their lists hold. */
export function fieldLabels({ properties }: { properties: INodeProperties[] }): string[] {
	const fields = properties.filter(({ type }) => !NOT_SHOWN.includes(type));
	const inCollections = fields
		.filter(({ type }) => type === 'collection')
		.flatMap(({ options = [] }) => options);
	return [...fields, ...inCollections].flatMap((entry) =>
		'displayName' in entry ? [entry.displayName] : [],
	);
}

/** Everything that has a name on the screen: nodes, actions, fields, and what there is to choose. */
export function shownNames(): Set<string> {
	const nodes = [new Instaply().description, new InstaplyTrigger().description];
	const credential = new InstaplyApi();
	const all = [...nodes, credential];
	const triggers = nodes.flatMap(({ properties }) =>
		properties.filter(({ name }) => name === 'events').flatMap(({ options = [] }) => options),
	);
	return new Set([
		...all.map(({ displayName }) => displayName),
		...all.flatMap(({ properties }) => properties.flatMap(namesIn)),
		// n8n makes them of the events to choose.
		...triggers.map(({ name }) => `On ${name.toLowerCase()}`),
	]);
}

function namesIn(entry: Entry): string[] {
	const own = 'displayName' in entry ? entry.displayName : entry.name;
	const action = 'action' in entry && entry.action !== undefined ? [entry.action] : [];
	const below: Entry[] = [
		...('options' in entry && entry.options !== undefined ? entry.options : []),
		...('values' in entry ? entry.values : []),
		...('modes' in entry && entry.modes !== undefined
			? entry.modes.map(({ displayName, name }) => ({ displayName, name, values: [] }))
			: []),
	];
	return [own, ...action, ...below.flatMap(namesIn)];
}
