import type { Page } from 'playwright-core';

import { BUSINESSES, CUSTOMERS, TEMPLATES, THREADS } from '../../sandbox/server';
import { checkAccessibility } from '../support/browser/accessibility';
import { describeInBrowser, usePages } from '../support/browser/page';
import { startProxy } from '../support/browser/proxy';
import { get, start, startReceiver, until } from '../support/sandbox/server';

jest.setTimeout(90_000);

const EXACTLY = { exact: true };
const SEND = '/send-message-to-customer-thread';

const log = (page: Page) => page.getByRole('log', { name: 'Conversation' });
const threadLink = (page: Page, name: string) =>
	page.getByRole('navigation', { name: 'Threads' }).getByRole('link', { name });
const deliveries = (page: Page) =>
	page.getByRole('list', { name: 'Webhook deliveries' }).locator('> li');
const windowSwitch = (page: Page) => page.getByRole('switch', { name: 'WhatsApp window open' });

/** Presses a key until the focus is on what is meant. */
async function press(page: Page, key: string, focused: string): Promise<void> {
	for (let i = 0; i < 60; i += 1) {
		if ((await page.locator(`${focused}:focus`).count()) === 1) return;
		await page.keyboard.press(key);
	}
	throw new Error(`${focused} cannot be reached with ${key}`);
}

describeInBrowser('The page of the sandbox', () => {
	const pages = usePages();

	/** A sandbox with a webhook and its page, showing the thread. */
	async function open(threadId: string = THREADS.webchat) {
		const [running, receiver] = [await start(), await startReceiver()];
		const webhook = {
			url: `${receiver.url}/webhook/hook?secret=in-the-query`,
			subscribedEvents: ['messages', 'transfers'],
			extraHeaders: [{ name: 'X-Secret', value: 'in-the-header' }],
		};
		await running.api.post('/webhooks/', webhook);
		const page = await pages.open(`${running.sandbox.url}/#${threadId}`);
		return { ...running, receiver, page };
	}

	it('lets the customer write by keyboard alone, and shows how it was delivered', async () => {
		const { page, sandbox, receiver } = await open();
		await press(page, 'Tab', `[href="#${THREADS.webchat}"]`);
		await press(page, 'ArrowDown', `[href="#${THREADS.sms}"]`);
		await page.keyboard.press('Enter');
		expect(await page.locator('#text:focus').count()).toBe(1);
		await page.keyboard.type('Where is my parcel?');
		await page.keyboard.press('Enter');

		await log(page).getByText('Where is my parcel?').waitFor();
		await deliveries(page).filter({ hasText: 'Maria Lopez' }).getByText('200', EXACTLY).waitFor();
		expect(receiver.received).toMatchObject([
			{ body: { data: { fromCustomer: true, messageBody: 'Where is my parcel?' } } },
		]);
		expect(sandbox.conversation(THREADS.sms)).toHaveLength(1);
		expect(await page.locator('#text').inputValue()).toBe('');
	});

	it('shows an answer of the bot live, without a reload', async () => {
		const { page, api } = await open(THREADS.whatsappOpen);
		let reloads = 0;
		page.on('framenavigated', () => (reloads += 1));
		const customerThreadId = THREADS.whatsappOpen;
		await api.post(SEND, { customerThreadId, text: 'Hello, I am a bot.' });
		await api.post(SEND, { customerThreadId, contentSid: TEMPLATES.orderShipped });
		await api.post(SEND, { customerThreadId, text: 'Asks for the manager', internal: true });

		await log(page).getByText('Hello, I am a bot.').waitFor();
		await log(page).getByText('Bot · template order_shipped').waitFor();
		await log(page).getByText('Bot · internal note, employees only').waitFor();
		await threadLink(page, 'Claire Dubois').getByText('replied').waitFor();
		expect(reloads).toBe(0);
	});

	it('stays at the newest message', async () => {
		const { page, sandbox } = await open();
		for (let i = 1; i <= 40; i += 1) await sandbox.customerWrites(THREADS.webchat, `message ${i}`);
		const newest = log(page).getByText('message 40', EXACTLY);
		await newest.waitFor();
		const [message, view] = [await newest.boundingBox(), await log(page).boundingBox()];
		expect(message?.y).toBeLessThan((view?.y ?? 0) + (view?.height ?? 0));
	});

	it('marks a thread with a new message, until it is chosen', async () => {
		const { page, sandbox } = await open();
		await sandbox.customerWrites(THREADS.email, 'Are you there?');
		const thread = threadLink(page, 'Priya Shah');
		await thread.getByText('New', EXACTLY).waitFor();
		await thread.click();
		await log(page).getByText('Are you there?').waitFor();
		await thread.getByText('New', EXACTLY).waitFor({ state: 'hidden' });
		expect(new URL(page.url()).hash).toBe(`#${THREADS.email}`);
		await page.reload();
		await log(page).getByText('Are you there?').waitFor();
	});

	it('closes the WhatsApp window, says why a text is refused, and follows when it opens', async () => {
		const { page, sandbox } = await open(THREADS.whatsappOpen);
		await windowSwitch(page).focus();
		await page.keyboard.press('Space');
		await until(() => !sandbox.thread(THREADS.whatsappOpen).windowOpen);

		await page.getByLabel('Write as', EXACTLY).selectOption('Employee');
		await page.getByLabel('Write as an employee').fill('Good morning');
		await page.keyboard.press('Enter');
		await page.getByRole('alert').getByText('The messaging window is closed').waitFor();
		expect(await page.getByLabel('Write as an employee').inputValue()).toBe('Good morning');

		await sandbox.customerWrites(THREADS.whatsappOpen, 'Hello again');
		await page.getByRole('switch', { checked: true }).waitFor();
		await page.getByRole('button', { name: 'Send' }).click();
		await log(page).getByText('Good morning').waitFor();
	});

	it('has no window to close where the channel has none', async () => {
		const { page } = await open(THREADS.sms);
		expect(await windowSwitch(page).count()).toBe(0);
	});

	it('marks the threads that n8n is refused, and says why it cannot answer there', async () => {
		const { page, sandbox, api } = await open();
		const { id } = sandbox.addThread({ userId: 1, customerId: CUSTOMERS.sms });
		await page.locator(`[href="#${id}"]`).waitFor();
		const why = /^The Instaply user of the API token cannot see this thread/;
		const marked = page.getByRole('link', { name: "another user's", description: why });
		const markedIds = await marked.evaluateAll((links) => links.map(({ hash }) => hash.slice(1)));
		const refusedIds = [];
		for (const one of [...Object.values(THREADS), String(id)]) {
			const details = await get(api, `/get-customer-thread-details?customerThreadId=${one}`);
			if (details.status === 403) refusedIds.push(one);
		}
		expect(refusedIds).toEqual([THREADS.otherUsers, String(id)]);
		expect(markedIds).toEqual(refusedIds);
		expect(await page.getByRole('link', { description: why }).count()).toBe(2);

		const panel = page.getByRole('region', { name: 'Thread' });
		expect(await panel.getByText(why).isVisible()).toBe(false);
		expect(await marked.first().getByTitle(why).innerText()).toBe("another user's");
		await marked.first().click();
		await panel.getByText("another user's", EXACTLY).waitFor();
		await panel.getByText(why).waitFor();
	});

	it('transfers a thread to another business', async () => {
		const { page, sandbox, receiver } = await open();
		await page.getByLabel('Transfer to').selectOption('Support Team');
		await page.getByRole('button', { name: 'Transfer' }).click();
		await page.getByRole('status').getByText('Transferred to Support Team.').waitFor();
		await page.getByRole('heading', { name: 'Support Team' }).waitFor();
		expect(sandbox.thread(THREADS.webchat).businessId).toBe(Number(BUSINESSES.support));
		expect(receiver.received).toMatchObject([{ body: { eventType: 'transfer' } }]);
		const offered = await page.getByLabel('Transfer to').getByRole('option').allInnerTexts();
		expect(offered).toEqual(['City Centre Store', 'Deliveries and Returns']);
	});

	it('starts a thread, and shows it', async () => {
		const { page, sandbox } = await open();
		await page.getByRole('button', { name: 'New thread' }).press('Enter');
		const dialog = page.getByRole('dialog', { name: 'New thread' });
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'hidden' });
		await page.getByRole('button', { name: 'New thread' }).press('Enter');
		await dialog.getByLabel('Customer').selectOption('Hugo Martin');
		await dialog.getByLabel('Channel').selectOption('WhatsApp');
		await dialog.getByRole('button', { name: 'Start' }).press('Enter');
		await page.getByRole('heading', { name: 'Thread 200001' }).waitFor();
		await page.keyboard.type('A new question');
		await page.keyboard.press('Enter');
		await log(page).getByText('A new question').waitFor();
		expect(sandbox.thread(200_001)).toMatchObject({
			channel: 'WHATSAPP',
			customerId: CUSTOMERS.whatsappClosed,
		});
	});

	it('leaves alone what the user is doing while something happens', async () => {
		const { page, sandbox } = await open();
		await sandbox.customerWrites(THREADS.webchat, 'first');
		await deliveries(page).getByText('200', EXACTLY).waitFor();
		await deliveries(page).getByText('Payload').click();
		await page.getByLabel('Transfer to').selectOption('Deliveries and Returns');
		await page.getByLabel('Write as the customer').fill('half a sen');
		await page.getByRole('button', { name: 'Deliver again' }).focus();

		await sandbox.customerWrites(THREADS.webchat, 'second');
		await deliveries(page).nth(1).getByText('200', EXACTLY).waitFor();
		expect(await page.locator('[aria-label="Deliver again: message 1"]:focus').count()).toBe(1);
		expect(await page.getByLabel('Write as the customer').inputValue()).toBe('half a sen');
		expect(await page.getByLabel('Transfer to').inputValue()).toBe(BUSINESSES.deliveries);
		expect(await page.locator('details[open]').innerText()).toContain('"first"');
	});

	it('shows what was not delivered, and delivers it again', async () => {
		const { page, sandbox, receiver } = await open();
		receiver.status = () => 500;
		sandbox.legacyUrls.push('http://127.0.0.1:1/legacy');
		await sandbox.customerWrites(THREADS.webchat, 'Hello');
		await deliveries(page)
			.filter({ hasText: '127.0.0.1:1/legacy' })
			.getByText('no answer')
			.waitFor();
		await deliveries(page).getByText('500', EXACTLY).waitFor();

		receiver.status = () => 200;
		await page.getByRole('button', { name: 'Deliver again: message 1', exact: true }).click();
		await deliveries(page).getByText('200', EXACTLY).waitFor();
		expect(receiver.received).toHaveLength(2);
		expect(await deliveries(page).count()).toBe(3);
	});

	it('says in plain words why nothing started, and what to do', async () => {
		const { page, sandbox, receiver } = await open();
		const newest = deliveries(page).first();
		const meets = async (status: number, says: object, words: string) => {
			receiver.status = () => status;
			receiver.body = says;
			await sandbox.customerWrites(THREADS.webchat, words);
			await newest.filter({ hasText: `Alan Johnson: ${words}` }).waitFor();
			await newest.getByRole('paragraph').getByText(words).waitFor();
		};
		await meets(401, {}, 'the secret is wrong');
		await meets(404, {}, 'Is it published in n8n?');
		await meets(409, {}, 'does not wait for this now');
		await meets(418, {}, 'its log may say why');
		await meets(500, {}, 'Something went wrong in n8n');
		await meets(503, {}, 'n8n is not ready');
		await meets(503, { status: 'Already under way' }, 'at work on an earlier delivery');
		await meets(200, { status: 'ignored' }, 'does not listen to such events');
		await meets(200, { status: 'duplicate' }, 'has had this message before');

		receiver.body = { status: 'started' };
		await sandbox.customerWrites(THREADS.webchat, 'Hello');
		await newest.filter({ hasText: 'Alan Johnson: Hello' }).waitFor();
		expect(await newest.getByRole('paragraph').count()).toBe(0);

		sandbox.legacyUrls.push('http://127.0.0.1:1/legacy');
		await sandbox.customerWrites(THREADS.webchat, 'Hello');
		await deliveries(page)
			.filter({ hasText: '127.0.0.1:1/legacy' })
			.getByText('Is n8n running?')
			.waitFor();
	});

	describe('in a good run', () => {
		const inAnHour = () => Date.now() + 3_600_000;
		const question = (threadId: string, until: number) =>
			`/webhook-waiting/7?instaplyThread=${threadId}&instaplyKey=in-the-query&instaplySince=1&instaplyUntil=${until}`;

		/** A page whose sandbox has webhooks at these addresses of n8n. */
		async function openWith(...paths: string[]) {
			const { api, ...rest } = await open();
			const receiver = await startReceiver();
			const add = async (path: string, enabled = true): Promise<number> => {
				const webhook = { url: receiver.url + path, enabled, subscribedEvents: ['messages'] };
				return (await api.post('/webhooks/', webhook)).data.id;
			};
			for (const path of paths) await add(path);
			return { ...rest, api, receiver, add };
		}

		it('has one grey line for what n8n itself wrote, however many webhooks got it', async () => {
			const until = inAnHour();
			const paths = [question(THREADS.webchat, until), question(THREADS.sms, until)];
			const { page, sandbox, api, receiver } = await openWith('/webhook/a', ...paths);
			receiver.body = { status: 'ignored' };
			receiver.status = () => (receiver.received.at(-1)?.path.includes('waiting') ? 409 : 200);
			await api.post(SEND, { customerThreadId: THREADS.webchat, text: 'Shall we deliver today?' });
			await sandbox.settled();
			const own = deliveries(page).filter({
				hasText: "n8n's own message to Alan Johnson: Shall we",
			});
			await own.waitFor();
			await deliveries(page).filter({ hasText: '200' }).waitFor();
			expect(await own.count()).toBe(1);
			// The webhook that every page here has, which is not n8n's, took it.
			expect(await deliveries(page).count()).toBe(2);
			expect(await page.locator('.failed').count()).toBe(0);

			const note = { customerThreadId: THREADS.webchat, text: 'Rings at 5 pm', internal: true };
			await api.post(SEND, note);
			await deliveries(page)
				.getByText("n8n's own note about Alan Johnson: Rings at 5 pm")
				.waitFor();
		});

		it('says that a reply is passed on which starts no workflow', async () => {
			const { page, sandbox, receiver } = await openWith(
				'/webhook/a?instaplyQuestions=0123456789abcdef',
			);
			receiver.body = { status: 'ignored' };
			const passedOn = deliveries(page).getByText(
				'If a question waits for this reply, it gets it.',
			);
			await sandbox.customerWrites(THREADS.webchat, 'yes');
			await passedOn.waitFor();
			await sandbox.employeeWrites(THREADS.webchat, 'Thank you');
			await deliveries(page).filter({ hasText: 'to Alan Johnson: Thank you' }).first().waitFor();
			// Neither for the webhook that every page here has, nor for what an employee wrote.
			expect(await passedOn.count()).toBe(1);
		});

		it('says when the test in the editor was over, and waits for a message while it is not', async () => {
			const { page, sandbox, api, receiver, add } = await openWith();
			receiver.status = () => 401;
			const hint = page.getByText('n8n waits for a test message: write as the customer.');
			expect(await hint.isVisible()).toBe(false);
			const id = await add('/webhook-test/a/webhook');
			await hint.waitFor();
			await page.getByText("n8n's editor waits for test messages").waitFor();
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			await deliveries(page).getByText('The test in the editor was over.').waitFor();
			expect(await page.locator('.failed').count()).toBe(0);
			await api.post(`/webhooks/${id}/delete`, {});
			await hint.waitFor({ state: 'hidden' });
		});

		it('says whose reply a question waits for, until when, and who passes it on', async () => {
			const { page, api, add } = await openWith('/webhook/a?instaplyQuestions=0123456789abcdef');
			const listed = page.getByRole('region', { name: 'Webhook deliveries' });
			await listed.getByText('passes replies on to the questions that wait').waitFor();
			await add('/webhook/b?instaplyQuestions=0123456789abcdef');
			await listed
				.getByText(
					'2 published workflows get messages, and pass replies on to the questions that wait',
				)
				.waitFor();
			const [until, before] = [inAnHour(), Date.now() - 3_600_000];
			const id = await add(question(THREADS.webchat, until), false);
			await add(question(THREADS.sms, before), false);
			await add(question('999', until), false);
			const at = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
			const end = new RegExp(
				`Alan Johnson: a question waits for the reply until .*${at.format(until)}`,
			);
			await listed.getByText(end).waitFor();
			await listed.getByText('Maria Lopez: a question waited for the reply until').waitFor();
			await listed.getByText('thread 999: a question waits').waitFor();
			await page
				.getByRole('status')
				.getByText("n8n waits for Alan Johnson's reply until")
				.waitFor();
			await log(page).getByText('n8n is about to ask, and to wait for the reply until').waitFor();

			await api.post(`/webhooks/${id}/delete`, {});
			await log(page).getByText('n8n no longer waits for a reply here.').waitFor();
			await listed.getByText(end).waitFor({ state: 'hidden' });
			expect(await page.content()).not.toContain('in-the-query');
		});
	});

	it('shows in the conversation what n8n did and tried there, in order', async () => {
		const { page, sandbox, api } = await open(THREADS.whatsappClosed);
		const customerThreadId = THREADS.whatsappClosed;
		await get(api, `/customers/${CUSTOMERS.whatsappClosed}/profile`);
		await api.post(SEND, { customerThreadId, text: 'It is on its way.' });
		await api.post(SEND, { customerThreadId, contentSid: TEMPLATES.orderShipped });
		await api.post('/update-thread-status', { customerThreadId, status: 'resolved' });
		await log(page).getByText('n8n set the status to resolved.').waitFor();
		expect(await log(page).getByRole('listitem').allInnerTexts()).toEqual([
			"n8n read the customer's profile.",
			'n8n tried to send “It is on its way.”, but the messaging window is closed: only templates may be sent.',
			expect.stringContaining('template order_shipped'),
			'n8n set the status to resolved.',
		]);
		expect(sandbox.conversation(customerThreadId)).toHaveLength(1);
	});

	it('shows no secret of a webhook', async () => {
		const { page, sandbox } = await open();
		await sandbox.customerWrites(THREADS.webchat, 'Hello');
		await deliveries(page).getByText('200', EXACTLY).waitFor();
		expect(await page.content()).not.toMatch(/in-the-(query|header)/);
	});

	it('says when no workflow listens, and what n8n needs in order to', async () => {
		const { sandbox, api } = await start();
		const page = await pages.open(sandbox.url);
		await page.getByText('No workflow listens yet').waitFor();
		expect(await page.getByLabel('Base URL', EXACTLY).inputValue()).toBe(sandbox.url);
		expect(await page.getByLabel('API Token', EXACTLY).inputValue()).toBe(sandbox.token);
		await api.post('/webhooks/', { url: 'http://127.0.0.1:1/', subscribedEvents: ['messages'] });
		await page.getByText('No workflow listens yet').waitFor({ state: 'hidden' });
		await page.getByText('This address gets messages').waitFor();
		expect(await page.getByText('host.docker.internal').isVisible()).toBe(false);
	});

	it('says where n8n in Docker finds it, when it listens there', async () => {
		const { sandbox } = await start({ host: '0.0.0.0' });
		const page = await pages.open(sandbox.url);
		const { port } = new URL(sandbox.url);
		await page.getByText(`http://host.docker.internal:${port}`).waitFor();
	});

	it('shows what a customer writes as text, never as HTML', async () => {
		const { page, sandbox, api } = await open();
		const evil = '<img src="/evil" onerror="document.title = `taken`"><b>bold</b>';
		await api.post(`/customers/${CUSTOMERS.webchat}/profile/update`, { firstName: evil });
		await sandbox.customerWrites(THREADS.webchat, evil);
		await sandbox.customerWrites(THREADS.webchat, {
			attachment: { name: evil, contentType: 'text/html', contentLength: 1 },
		});
		await deliveries(page).getByText('200', EXACTLY).first().waitFor();
		await log(page).getByText(evil, EXACTLY).waitFor();
		await threadLink(page, evil).waitFor();
		expect(await page.locator('img[src="/evil"], b').count()).toBe(0);
		expect(await page.title()).toBe('Instaply sandbox');
	});

	it('misses nothing while its connection is cut', async () => {
		const { sandbox } = await start();
		const proxy = await startProxy(sandbox.url);
		try {
			const page = await pages.open(proxy.url);
			proxy.cut();
			await page.getByRole('status').getByText('Connecting…').waitFor();
			await sandbox.customerWrites(THREADS.webchat, 'Did you miss me?');
			proxy.restore();
			await log(page).getByText('Did you miss me?').waitFor();
			await page.getByRole('status').getByText('Live', EXACTLY).waitFor();
		} finally {
			await proxy.close();
		}
	});

	describe('is accessible', () => {
		const NOTHING = { violations: [], undecided: [] };

		/** The page with every kind of message and delivery. */
		async function openFilled(size: { width: number; height: number }) {
			const { page, sandbox, receiver, api } = await open(THREADS.whatsappOpen);
			await page.setViewportSize(size);
			receiver.body = { status: 'ignored' };
			await sandbox.customerWrites(THREADS.sms, 'Hello');
			await api.post(SEND, { customerThreadId: THREADS.sms, text: 'of the bot' });
			await sandbox.settled();
			receiver.status = () => 401;
			const customerThreadId = THREADS.whatsappOpen;
			const until = Date.now() + 1e6;
			const waits = `webhook-waiting/1?instaplyThread=${customerThreadId}&instaplyUntil=${until}`;
			for (const path of ['webhook-test/a', waits]) {
				const url = `${receiver.url}/${path}`;
				await api.post('/webhooks/', { url, subscribedEvents: ['messages'] });
			}
			await api.post('/update-thread-status', { customerThreadId, status: 'resolved' });
			await sandbox.customerWrites(THREADS.webchat, 'Hello');
			receiver.status = () => 500;
			await sandbox.customerWrites(customerThreadId, 'Hello');
			await api.post(SEND, { customerThreadId, text: 'a text' });
			await api.post(SEND, { customerThreadId, text: 'a note', internal: true });
			await sandbox.customerWrites(THREADS.sms, 'Hello');
			const failed = deliveries(page).filter({ hasText: 'Maria Lopez' }).getByText('500', EXACTLY);
			await failed.first().waitFor();
			for (const words of ['n8n set the status', "n8n waits for Claire Dubois's reply"]) {
				await page.getByText(words).waitFor();
			}
			await page.getByText('The test in the editor was over.').waitFor();
			await page.getByText("n8n's own message").first().waitFor();
			return page;
		}

		/** So high that nothing is scrolled out of view. */
		const openWhole = async () => await openFilled({ width: 1280, height: 3000 });

		it.each(['light', 'dark'] as const)('in a %s color scheme', async (colorScheme) => {
			const page = await openWhole();
			await page.emulateMedia({ colorScheme });
			expect(await checkAccessibility(page)).toEqual(NOTHING);

			await threadLink(page, "another user's").click();
			await page
				.getByRole('region')
				.getByText(/cannot see this thread/)
				.waitFor();
			expect(await checkAccessibility(page)).toEqual(NOTHING);

			await page.getByRole('button', { name: 'New thread' }).click();
			expect(await checkAccessibility(page)).toEqual(NOTHING);
		});

		it('in narrow windows', async () => {
			const page = await openFilled({ width: 700, height: 800 });
			expect(await checkAccessibility(page)).toMatchObject({ violations: [] });
			await page.setViewportSize({ width: 320, height: 800 });
			expect(await checkAccessibility(page)).toMatchObject({ violations: [] });
		});

		it('in its placeholder, which axe ignores: it has the colors of other quiet text', async () => {
			const { page } = await open();
			const styleOf = (element: string, property: string, pseudo = '') =>
				page.evaluate(
					`getComputedStyle(document.querySelector('${element}'), '${pseudo}').${property}`,
				);
			expect([
				await styleOf('textarea', 'color', '::placeholder'),
				await styleOf('textarea', 'backgroundColor'),
			]).toEqual([
				await styleOf('.connect .quiet', 'color'),
				await styleOf('.connect', 'backgroundColor'),
			]);
		});

		it('by a check that finds a pale heading and a button without a name', async () => {
			const page = await openWhole();
			await page.evaluate("document.querySelector('h1').style.color = 'gray'");
			await page.evaluate("document.querySelector('button.main').textContent = ''");
			const { violations } = await checkAccessibility(page);
			expect(violations.map((violation) => violation.slice(0, 21)).sort()).toEqual([
				'button-name: <button ',
				'color-contrast: <h1 s',
			]);
		});
	});

	it('has the text field on the first screen of a phone, with all hints above it', async () => {
		const { page, api } = await open(THREADS.email);
		const url = 'http://127.0.0.1:1/webhook-test/a';
		await api.post('/webhooks/', { url, subscribedEvents: ['messages'] });
		const waits = `http://127.0.0.1:1/webhook-waiting/1?instaplyThread=${THREADS.email}&instaplyUntil=${Date.now() + 1e6}`;
		await api.post('/webhooks/', { url: waits, subscribedEvents: ['messages'] });
		await page.getByText("n8n waits for Priya Shah's reply").waitFor();
		// An iPhone SE, with the bars of its browser.
		await page.setViewportSize({ width: 375, height: 550 });
		const send = await page.getByRole('button', { name: 'Send' }).boundingBox();
		expect((send?.y ?? Infinity) + (send?.height ?? 0)).toBeLessThanOrEqual(550);
		await page.reload();
		const chosen = page.locator('#threads [aria-current]');
		await chosen.waitFor();
		expect(await chosen.evaluate((link) => link.getBoundingClientRect().right)).toBeLessThan(375);
	});

	it('fits into a narrow window', async () => {
		const { page, sandbox } = await open();
		await sandbox.customerWrites(THREADS.webchat, `https://example.com/${'long'.repeat(60)}`);
		await deliveries(page).getByText('200', EXACTLY).waitFor();
		for (const width of [320, 700, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			const inner: unknown = await page.evaluate('document.documentElement.scrollWidth');
			expect(inner).toBeLessThanOrEqual(width);
		}
	});
});
