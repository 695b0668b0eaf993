/** The part of Alpine.js that the page uses. */
declare const Alpine: {
	data(name: string, component: () => object): void;
	start(): void;
	/** Calls it once the page shows what has changed. */
	nextTick(callback: () => void): void;
};

export default Alpine;
