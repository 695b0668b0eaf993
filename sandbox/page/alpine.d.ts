/** The part of Alpine.js that the page uses. */
declare const Alpine: {
	data(name: string, component: () => object): void;
	start(): void;
};

export default Alpine;
