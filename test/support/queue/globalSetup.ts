import { findServices } from '../../../tools/services/find';
import { packUnderTest } from '../e2e/packUnderTest';

/** Finds out first whether all that is needed is there, and packs the package. */
export default async function globalSetup(): Promise<void> {
	findServices();
	await packUnderTest();
}
