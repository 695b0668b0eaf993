import { denies, doubtAbout } from '../../../nodes/Instaply/api/doubt';
import type { Json } from '../../../nodes/Instaply/common/json';

describe('doubtAbout a write with a status of success', () => {
	it.each<Json>([
		null,
		...['', 'OK', 'ok\n', 'ERROR', '1 < 2', 'I <3 it', 'a <b> c'],
		...[true, 0, 17, [], {}, [{ error: 'of an entry' }]],
		...[{ result: 'ok' }, { status: 'resolved' }, { status: 200 }, { result: 450 }, { id: 500 }],
		...[{ error: null }, { error: false }, { error: '' }, { error: ' None ' }, { error: 0 }],
		...[{ errors: [] }, { errors: {} }, { errors: [null] }, { error: { code: 0, message: '' } }],
		...[{ success: true }, { ok: 1 }, { ok: 'yes' }, { success: null }, { success: [] }],
		...[{ data: { error: 'of an entry' } }, { errorCode: 17 }, { message: 'Message not read yet' }],
	])('is none with %j', (content) => {
		expect(doubtAbout(content)).toBeUndefined();
	});

	it.each([
		'<!DOCTYPE html><html><h1>Please sign in</h1></html>',
		'\uFEFF\r\n <html lang="en">',
		'<?xml version="1.0"?><Response/>',
		'<br />\n<b>Warning</b>: Undefined index',
		'Notice: Undefined index\n<!doctype HTML>',
		'Moved. <body class="x">',
	])('is there with a web page: %j', (content) => {
		expect(doubtAbout(content)).toMatch(/^A web page came back .* sign in or about maintenance/);
	});

	it.each<[Json, string]>([
		[false, ''],
		[{ error: 'No such thread' }, 'No such thread'],
		[{ error: true, message: 'No such thread' }, 'No such thread'],
		[{ error: 17 }, ''],
		[{ error: { message: 'No such thread' } }, 'No such thread'],
		[{ errors: [{ message: 'No such thread' }] }, 'No such thread'],
		[{ data: null, errors: ['No such thread'] }, 'No such thread'],
		[{ success: false }, ''],
		[{ success: 0 }, ''],
		[{ ok: 'false', message: 'No such thread' }, 'No such thread'],
		[{ result: 'error' }, ''],
		[{ result: ' Failed ', id: 7 }, ''],
		[{ result: false }, ''],
		[{ status: 'FAILURE', developerMessage: 'No such thread' }, 'No such thread'],
		[{ status: 'KO' }, ''],
		[{ status: 404 }, ''],
		[{ result: 'ok', success: false }, ''],
	])('is there with %j, which says so itself', (content, sentence) => {
		const says = sentence === '' ? '' : ` Instaply says: “${sentence}”.`;
		expect(doubtAbout(content)).toBe(
			`Instaply answered as if all went well, but the answer itself says otherwise.${says}`,
		);
		expect(denies(content)).toBe(true);
	});
});
