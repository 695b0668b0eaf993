import { packUnderTest } from '../../e2e/support/packUnderTest';
import { findServices } from '../../../tools/services/install';

/** Finds out first what cannot be done without, and packs the package. */
export default async function globalSetup(): Promise<void> {
	findServices();
	await packUnderTest();
}
