/** @import { Activity } from '../activities' */
/** @import { Addresses } from '../addresses' */
/** @import { Business, Listener, Thread, ThreadSummary } from '../model' */
/** @import { DeliveryRecord } from '../deliveries' */
/** @import { CustomerProfile } from '../api-types' */
import Alpine from './alpine.js';
import { follow, get, oneAtATime, post } from './client.js';
import * as words from './words.js';

/** How many the page shows; older ones stay in the sandbox. */
const SHOWN = { messages: 200, deliveries: 50, audiences: 12 };
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
	/** @type {Activity[]} What was done in it beside writing, oldest first. */
	activities = [];
	/** @type {DeliveryRecord[]} Oldest first. */
	deliveries = [];
	/** @type {Listener[]} */
	listeners = [];
	/** @type {Business[]} */
	businesses = [];
	/** @type {CustomerProfile[]} */
	customers = [];
	token = '';
	/** @type {Addresses | undefined} */
	addresses;

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
		const [{ token, addresses }, threads, listeners, deliveries, businesses, customers] =
			await Promise.all([
				get('credential'),
				get('threads'),
				get('listeners'),
				get(`deliveries?last=${SHOWN.deliveries}`),
				get('businesses'),
				get('customers'),
			]);
		const chosen = inAddress(threads) ?? threads[0];
		const [thread, activities] = await Promise.all([
			get(`threads/${chosen.id}`),
			get(`threads/${chosen.id}/activities`),
		]);
		const isFirst = this.threads.length === 0;
		const isAnother = this.chosen?.id !== chosen.id;
		Object.assign(this, { token, addresses, threads, listeners, deliveries });
		Object.assign(this, { businesses, customers, chosen, thread, activities });
		for (const one of isFirst ? this.threads : [chosen]) this.markSeen(one);
		if (isAnother) Alpine.nextTick(() => this.scrollToChosen());
	}

	/** The messages of the thread and what was done in it beside, in order. */
	get happenings() {
		const messages = this.thread?.messages.map((message) => ({
			key: `message ${message.id}`,
			timestamp: message.timestamp,
			message,
			activity: null,
		}));
		const activities = this.activities.map((activity) => ({
			key: `activity ${activity.id}`,
			timestamp: activity.timestamp,
			message: null,
			activity,
		}));
		return [...(messages ?? []), ...activities]
			.sort((one, other) => one.timestamp - other.timestamp)
			.slice(-SHOWN.messages);
	}

	/** What n8n waits for in the thread; empty when it does not. */
	get awaited() {
		if (!this.chosen) return '';
		const question = words.questionIn(this.listeners, String(this.chosen.id));
		if (!question) return '';
		return `n8n waits for ${this.chosen.customerName}'s reply until ${words.moment(question.until)}.`;
	}

	get audiences() {
		return words.audiences(this.listeners).slice(0, SHOWN.audiences);
	}

	get moreAudiences() {
		const more = words.audiences(this.listeners).length - SHOWN.audiences;
		return more > 0 ? `and ${more} more` : '';
	}

	/** Newest first. Of those of one message to which nothing was to happen, only one. */
	get shownDeliveries() {
		const aside = new Set();
		return this.deliveries.toReversed().filter((delivery) => {
			if (!words.isAside(delivery)) return true;
			const message = JSON.stringify(delivery.payload);
			if (aside.has(message)) return false;
			aside.add(message);
			return true;
		});
	}

	/** Where n8n finds the sandbox when it does not run on this machine itself. */
	get otherAddresses() {
		const { docker = null, network = [] } = this.addresses ?? {};
		return docker === null ? [] : [docker, ...network];
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
	customerOf(delivery) {
		return this.customerIn(words.threadOf(delivery));
	}

	/** @param {string} threadId */
	customerIn(threadId) {
		const thread = this.threads.find(({ id }) => String(id) === threadId);
		return thread?.customerName ?? `thread ${threadId}`;
	}

	/**
	 * Leads from a thread that was opened by keyboard to where one writes in it.
	 * @param {MouseEvent} event
	 */
	goToText({ detail }) {
		if (detail === 0) document.getElementById('text')?.focus();
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
		// The thread in the address may have been chosen just now, and not be read yet.
		const thread = inAddress(this.threads) ?? this.chosen;
		return await this.attempt(() => post(`threads/${thread?.id}/${action}`, body));
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

	scrollToChosen() {
		this.scrollToNewest();
		const link = document.querySelector('#threads [aria-current]');
		link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
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
