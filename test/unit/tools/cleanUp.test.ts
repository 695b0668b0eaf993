import { CleanUp } from '../../../tools/process/cleanUp';

let undone: string[];
let cleanUp: CleanUp;
const add = (name: string) => cleanUp.add(async () => undone.push(name));
beforeEach(() => {
	undone = [];
	cleanUp = new CleanUp();
	add('first');
	add('second');
});

it('undoes everything once, last first', async () => {
	await cleanUp.run();
	await cleanUp.run();
	expect(undone).toEqual(['second', 'first']);
});

it('undoes the rest when a step fails, and says so', async () => {
	cleanUp.add(async () => await Promise.reject(new Error('Not undone')));
	await expect(cleanUp.run()).rejects.toThrow('Not undone');
	expect(undone).toEqual(['second', 'first']);
});

it('undoes what was begun when starting fails half way, and says why it failed', async () => {
	const start = async () => {
		add('begun');
		cleanUp.add(async () => await Promise.reject(new Error('Not undone')));
		return await Promise.reject(new Error('Not started'));
	};
	await expect(cleanUp.runOnFailure(start)).rejects.toThrow('Not started');
	expect(undone).toEqual(['begun', 'second', 'first']);
});

it('leaves everything as it is when starting succeeds', async () => {
	expect(await cleanUp.runOnFailure(async () => await Promise.resolve('started'))).toBe('started');
	expect(undone).toEqual([]);
});
