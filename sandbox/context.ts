import type { Activities } from './activities';
import type { Addresses } from './addresses';
import type { Changes } from './changes';
import type { Deliveries } from './deliveries';
import type { Faults } from './faults';
import type { Instaply } from './instaply';
import type { Journal } from './journal';
import type { State } from './state';
import type { Variants } from './variants';

/** The parts of one sandbox, as the routes need them. */
export interface Context {
	/** The valid API token. */
	token: string;
	/** Known once it listens. */
	addresses: () => Addresses;
	state: State;
	instaply: Instaply;
	deliveries: Deliveries;
	journal: Journal;
	activities: Activities;
	faults: Faults;
	variants: Variants;
	legacyUrls: string[];
	changes: Changes;
}
