// Preloaded into n8n: each SIGUSR2 begins a CPU profile, or ends it and writes it, numbered, into the folder
// BENCH_PROFILES. The file `<number>.begun` says that one has begun.
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');

const session = new Session();
session.connect();
let count = 0;
let isUnderWay = false;

const path = (ending) => join(process.env.BENCH_PROFILES, `${count}.${ending}`);

/** Its answers come before `post` returns. */
function post(method) {
	let answer;
	session.post(method, (error, result) => {
		if (error) throw error;
		answer = result;
	});
	return answer;
}

function begin() {
	count += 1;
	post('Profiler.enable');
	post('Profiler.start');
	writeFileSync(path('begun'), '');
}

function end() {
	const { profile } = post('Profiler.stop');
	// Whoever waits for the file must not find half of it.
	writeFileSync(path('unfinished'), JSON.stringify(profile));
	renameSync(path('unfinished'), path('cpuprofile'));
}

process.on('SIGUSR2', () => {
	if (isUnderWay) end();
	else begin();
	isUnderWay = !isUnderWay;
});
