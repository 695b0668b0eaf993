import { systemClock, type Clock } from '../api/clock';
import { waitAtMost } from '../api/waitAtMost';
import { RecentKeys, RecentValues } from '../common/recent';

/** How many messages are remembered, of those accepted and of those under way. */
const CAPACITY = 10_000;

/** Assumed: Instaply waits for a response no longer than 10 seconds. A delivery may wait twice. */
const MAX_WAIT_MS = 4_000;

/** n8n may never respond to a delivery. Then another one of the message is not to wait for it. */
const MAX_AGE_MS = 60_000;

/** What becomes of a delivery. */
export type Claim = 'granted' | 'already accepted' | 'under way';

/** A delivery that n8n has not responded to. */
interface Claimed {
	decided: Promise<void>;
	/** By the clock of `claim`. */
	since: number;
}

const accepted = new RecentKeys(CAPACITY);
const underWay = new RecentValues<Claimed>(CAPACITY);

/**
 * Claims a message for one of its deliveries, in this process only: n8n may run several. Waits for some
 * seconds while another delivery of the message is under way.
 *
 * @param isAccepted called once the claim is made; resolves when n8n has responded to the delivery
 */
export async function claim(
	key: string,
	isAccepted: () => Promise<boolean>,
	clock: Clock = systemClock,
): Promise<Claim> {
	const end = clock.now() + MAX_WAIT_MS;
	for (let other = othersClaim(key, clock); other; other = othersClaim(key, clock)) {
		const left = end - clock.now();
		if (left <= 0) return 'under way';
		await waitAtMost(left, other.decided, clock);
	}
	if (accepted.has(key)) return 'already accepted';
	const claimed: Claimed = {
		since: clock.now(),
		decided: isAccepted().then((isTaken) => {
			if (isTaken) accepted.add(key);
			if (underWay.get(key) === claimed) underWay.delete(key);
		}),
	};
	underWay.set(key, claimed);
	return 'granted';
}

function othersClaim(key: string, clock: Clock): Claimed | undefined {
	const claimed = underWay.get(key);
	return claimed !== undefined && clock.now() - claimed.since < MAX_AGE_MS ? claimed : undefined;
}
