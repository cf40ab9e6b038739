import { createHmac } from 'node:crypto';
import type { Channel } from '../api/channels';

/**
 * The secret of a trigger's channel has two parts, and is stored nowhere as a whole. Unstructured stores the random part in
 * the description of the channel. n8n knows the other part: its instance ID and the URL. So rotating the API key does not
 * change the secret, nor does n8n when it resets static data. Reading a channel or an exported workflow does not reveal it.
 */

const RANDOM_PART = / \[([\w-]{43})\]$/;
/** The API's limit. */
const LONGEST_DESCRIPTION = 255;

/** Creates the description of a channel, which ends with the random part of its secret. */
export function describeWithRandomPart(text: string, randomPart: string) {
	const end = ` [${randomPart}]`;
	return `${text.slice(0, LONGEST_DESCRIPTION - end.length)}${end}`;
}

/** Returns the random part at the end of a channel's description. Undefined if someone changed the description. */
export const randomPartOf = ({ description }: Channel): string | undefined =>
	RANDOM_PART.exec(String(description ?? ''))?.[1];

/** Returns the secret: 43 ASCII characters, of the 24 to 75 that a channel accepts. */
export const channelSecret = (instanceId: string, url: string, randomPart: string) =>
	createHmac('sha256', randomPart).update(`${instanceId} ${url}`).digest('base64url');
