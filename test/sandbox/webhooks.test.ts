import { get, start } from '../support/sandbox/server';

const request = {
	url: 'https://example.com/webhook',
	enabled: false,
	subscribedEvents: ['messages', 'transfers'],
	extraHeaders: [{ name: 'Authorization', value: 'Bearer your-secret' }],
};

describe('The webhooks of the sandbox', () => {
	it('creates, gets, lists, updates and deletes', async () => {
		const { api } = await start();
		const { status, data: created } = await api.post('/webhooks/', request);
		expect(status).toBe(200);
		expect(created).toEqual({ id: expect.any(Number), ...request });

		const path = `/webhooks/${created.id}`;
		expect((await get(api, path)).data).toEqual(created);
		expect((await get(api, '/webhooks/')).data).toEqual([created]);

		await api.post(`${path}/update`, { enabled: true });
		expect((await get(api, path)).data).toEqual({ ...created, enabled: true });

		expect((await api.post(`${path}/delete`, {})).status).toBe(200);
		expect((await get(api, path)).status).toBe(404);
		expect((await get(api, '/webhooks/')).data).toEqual([]);
	});

	it('is enabled and has no extra headers by default', async () => {
		const { api } = await start();
		const { url, subscribedEvents } = request;
		const { data } = await api.post('/webhooks/', { url, subscribedEvents });
		expect(data).toMatchObject({ enabled: true, extraHeaders: [] });
	});

	it('accepts the same URL twice, as two webhooks', async () => {
		const { api } = await start();
		const one = await api.post('/webhooks/', request);
		const other = await api.post('/webhooks/', request);
		expect(one.data.id).not.toBe(other.data.id);
		expect((await get(api, '/webhooks/')).data).toHaveLength(2);
	});

	it('updates every field', async () => {
		const { api } = await start();
		const { data } = await api.post('/webhooks/', request);
		const changes = {
			url: 'https://example.com/new-webhook',
			enabled: true,
			subscribedEvents: ['messages'],
			extraHeaders: [{ name: 'Authorization', value: 'Bearer updated-secret' }],
		};
		await api.post(`/webhooks/${data.id}/update`, changes);
		expect((await get(api, `/webhooks/${data.id}`)).data).toEqual({ id: data.id, ...changes });
	});

	it('deletes without a body', async () => {
		const { api } = await start();
		const { data } = await api.post('/webhooks/', request);
		expect((await api.post(`/webhooks/${data.id}/delete`, '')).status).toBe(200);
		expect((await get(api, '/webhooks/')).data).toEqual([]);
	});
});
