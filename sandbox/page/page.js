/** @import { Business, Listener, Thread, ThreadSummary } from '../model' */
/** @import { DeliveryRecord } from '../deliveries' */
/** @import { CustomerProfile } from '../api-types' */
import Alpine from './alpine.js';
import { follow, get, oneAtATime, post } from './client.js';
import * as words from './words.js';

/** How many the page shows; older ones stay in the sandbox. */
const SHOWN = { messages: 200, deliveries: 50 };
const NOTICE_FOR = 4000;

/** What the page shows, and what its controls do. */
class Page {
	words = words;

	// What the sandbox holds.
	/** @type {ThreadSummary[]} */
	threads = [];
	/** @type {ThreadSummary | undefined} The thread in the address, or else the first one. */
	chosen;
	/** @type {Thread | undefined} The same, with its messages. */
	thread;
	/** @type {DeliveryRecord[]} Oldest first. */
	deliveries = [];
	/** @type {Listener[]} */
	listeners = [];
	/** @type {Business[]} */
	businesses = [];
	/** @type {CustomerProfile[]} */
	customers = [];
	token = '';

	// What only this page knows.
	baseUrl = location.origin;
	isLive = false;
	/** @type {Map<number, number | undefined>} By thread, the last message that was seen. */
	seen = new Map();
	text = '';
	/** @type {keyof typeof words.WRITERS} */
	writer = 'customer';
	problem = '';
	notice = '';

	init() {
		const read = oneAtATime(() => this.read());
		follow(read, (isLive) => (this.isLive = isLive));
		window.addEventListener('hashchange', () => this.attempt(read));
	}

	async read() {
		const [{ token }, threads, listeners, deliveries, businesses, customers] = await Promise.all([
			get('credential'),
			get('threads'),
			get('listeners'),
			get(`deliveries?last=${SHOWN.deliveries}`),
			get('businesses'),
			get('customers'),
		]);
		const chosen = inAddress(threads) ?? threads[0];
		const thread = await get(`threads/${chosen.id}`);
		const isFirst = this.threads.length === 0;
		const isAnother = this.chosen?.id !== chosen.id;
		Object.assign(this, { token, threads, listeners, deliveries, businesses, customers });
		Object.assign(this, { chosen, thread });
		for (const one of isFirst ? this.threads : [chosen]) this.markSeen(one);
		if (isAnother) this.scrollToNewest();
	}

	get messages() {
		return this.thread?.messages.slice(-SHOWN.messages) ?? [];
	}

	get otherBusinesses() {
		return this.businesses.filter(({ id }) => id !== this.chosen?.businessId);
	}

	/** @param {ThreadSummary} thread */
	isUnread({ id, lastMessage }) {
		return lastMessage !== null && lastMessage.id !== this.seen.get(id);
	}

	/** @param {ThreadSummary} thread */
	markSeen({ id, lastMessage }) {
		this.seen.set(id, lastMessage?.id);
	}

	/** @param {DeliveryRecord} delivery */
	customerOf({ payload }) {
		const { customerThreadId } = 'data' in payload ? payload.data : payload;
		const thread = this.threads.find(({ id }) => String(id) === String(customerThreadId));
		return thread?.customerName ?? `thread ${customerThreadId}`;
	}

	/** @param {KeyboardEvent} event */
	sendOnEnter(event) {
		// Enter also ends the composition of a character, in Japanese for example.
		if (event.shiftKey || event.isComposing) return;
		event.preventDefault();
		void this.send();
	}

	async send() {
		const text = this.text.trim();
		if (!text) return;
		// The sandbox responds once all deliveries are over; the next text need not wait for that.
		this.text = '';
		this.scrollToNewest();
		const isSent = await this.drive('messages', { text, ...words.WRITERS[this.writer].fields });
		if (!isSent && !this.text) this.text = text;
	}

	/** @param {boolean} open */
	async setWindow(open) {
		await this.drive('window', { open });
	}

	/** @param {SubmitEvent} event */
	async transfer(event) {
		const { businessId } = submitted(event);
		const business = this.businesses.find(({ id }) => String(id) === businessId);
		if (await this.drive('transfer', { businessId })) {
			this.tell(`Transferred to ${business?.name}.`);
		}
	}

	/** @param {SubmitEvent} event */
	async startThread(event) {
		const { businessId, ...rest } = submitted(event);
		await this.attempt(async () => {
			const { id } = await post('threads', { ...rest, businessId: Number(businessId) });
			this.dialog?.close();
			location.hash = id;
			document.getElementById('text')?.focus();
		});
	}

	/** @param {DeliveryRecord} delivery */
	async redeliver({ id }) {
		await this.attempt(() => post(`deliveries/${id}/redeliver`, {}));
	}

	/** @param {string} value */
	async copy(value) {
		if (await this.attempt(() => navigator.clipboard.writeText(value))) this.tell('Copied.');
	}

	/**
	 * Posts to an endpoint of the chosen thread. Resolves to whether it worked.
	 * @param {string} action
	 * @param {object} body
	 */
	async drive(action, body) {
		return await this.attempt(() => post(`threads/${this.chosen?.id}/${action}`, body));
	}

	/**
	 * Runs an action, and shows its error. Resolves to whether it worked.
	 * @param {() => Promise<unknown>} action
	 */
	async attempt(action) {
		this.problem = '';
		this.notice = '';
		try {
			await action();
			return true;
		} catch (error) {
			this.problem = words.reason(error);
			return false;
		}
	}

	/** @param {string} notice */
	tell(notice) {
		this.notice = notice;
		setTimeout(() => (this.notice = ''), NOTICE_FOR);
	}

	get dialog() {
		return document.querySelector('dialog');
	}

	/** The log is laid out from its end, so it stays there unless the user scrolls up. */
	scrollToNewest() {
		document.getElementById('log')?.scrollTo({ top: 0 });
	}

	/**
	 * Moves the focus in the list of threads.
	 * @param {number} by
	 */
	step(by) {
		const links = [...document.querySelectorAll('#threads a')];
		const link = links[links.findIndex((one) => one === document.activeElement) + by];
		if (link instanceof HTMLElement) link.focus();
	}
}

/** @param {ThreadSummary[]} threads */
function inAddress(threads) {
	return threads.find(({ id }) => `#${id}` === location.hash);
}

/**
 * The fields of a form, by name.
 * @param {SubmitEvent} event
 */
function submitted({ target }) {
	return target instanceof HTMLFormElement ? Object.fromEntries(new FormData(target)) : {};
}

Alpine.data('sandbox', () => new Page());
Alpine.start();
