import { createHmac } from 'node:crypto';
import type { Channel } from '../api/channels';

/**
 * The secret of a trigger's channel has two parts, and is kept nowhere as a whole. Unstructured keeps the random part, in
 * the channel's description. n8n knows the other one: its instance ID and the URL. So a rotated API key, and static data
 * that n8n has set back, leave the secret as it is. Reading a channel or an exported workflow does not reveal it.
 */

const RANDOM_PART = / \[([\w-]{43})\]$/;
/** The API's limit. */
const LONGEST_DESCRIPTION = 255;

/** A channel's description that ends in the random part of its secret. */
export function describeWithRandomPart(text: string, randomPart: string) {
	const end = ` [${randomPart}]`;
	return `${text.slice(0, LONGEST_DESCRIPTION - end.length)}${end}`;
}

/** The random part that a channel's description ends in. Undefined if someone has changed the description. */
export const randomPartOf = ({ description }: Channel): string | undefined =>
	RANDOM_PART.exec(String(description ?? ''))?.[1];

/** The secret: 43 ASCII characters, of the 24 to 75 that a channel takes. */
export const channelSecret = (instanceId: string, url: string, randomPart: string) =>
	createHmac('sha256', randomPart).update(`${instanceId} ${url}`).digest('base64url');
