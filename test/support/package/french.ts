import { inFrench, readExampleFile } from '../../../lab/examples';

/** What the nodes and tables of an example are called in French, by their English names. */
export async function frenchNames(example: string): Promise<Map<string, string>> {
	const { nodes: english } = await readExampleFile(example);
	const { nodes: french } = await readExampleFile(inFrench(example));
	const counterparts = new Map(french.map((node) => [node.id, node]));
	return new Map(
		english.flatMap(({ id, name, parameters }) => {
			const node = counterparts.get(id);
			if (node === undefined) return [];
			const { tableName } = node.parameters;
			const table = [String(parameters.tableName), String(tableName)] as const;
			return [[name, node.name] as const, ...(tableName === undefined ? [] : [table])];
		}),
	);
}
