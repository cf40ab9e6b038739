import { HttpError } from '../wire/httpError.mjs';
import type { Delivery } from '../platform/deliveries.mjs';
import type { Job } from '../platform/job.mjs';
import type { Receiver, Tampering } from '../platform/post.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { checkKeys, keysOf } from './keys.mjs';

/** Events to send by hand. Message i is about event i of job i. Each list starts again at its end. */
export interface NewDeliveries extends Tampering {
	/** The receiving channel. Without it, the deliveries go to `url`, signed with `secret`. */
	channelId?: string;
	url?: string;
	secret?: string;
	/** `job.completed` by default. */
	events?: string[];
	/** The newest job by default. */
	jobIds?: string[];
	/** A body instead of the right one: a text as it is, anything else as JSON. */
	body?: unknown;
	/** The ID of the only message, or of all. */
	webhookId?: string;
	/** The number of messages. By default, one for each event or job. */
	count?: number;
	/** The number of concurrent deliveries, 1 by default. */
	concurrency?: number;
	/** The share that is sent twice in a row with the same ID, from 0 to 1. */
	duplicates?: number;
}

const KEYS = keysOf<Required<NewDeliveries>>({
	channelId: true,
	url: true,
	secret: true,
	events: true,
	jobIds: true,
	body: true,
	webhookId: true,
	count: true,
	concurrency: true,
	duplicates: true,
	staleSeconds: true,
	forged: true,
	tampered: true,
	unsigned: true,
	otherSignatures: true,
	prefix: true,
	bytesPerSecond: true,
});

function receiverOf(state: EmulatorState, { channelId, url, secret }: NewDeliveries): Receiver {
	const channel = channelId === undefined ? undefined : state.channels.get(channelId);
	if (channelId !== undefined && !channel) throw new HttpError(404, 'Channel not found');
	const to = {
		url: url ?? channel?.url,
		secret: secret ?? (channel && state.channels.signingSecret(channel)),
	};
	if (to.url === undefined)
		throw new HttpError(400, 'Set channelId to the ID of a webhook channel, or set url');
	return { ...to, url: to.url };
}

function jobsOf(state: EmulatorState, ids?: string[]): Job[] {
	const jobs = ids ? ids.map((id) => state.jobs.get(id)) : state.jobs.list().slice(0, 1);
	const found = jobs.filter((job) => job !== undefined);
	if (found.length === 0 || found.length < jobs.length) throw new HttpError(404, 'Job not found');
	return found;
}

function addAll(state: EmulatorState, body: NewDeliveries, { url }: Receiver): Delivery[] {
	const { events = ['job.completed'], webhookId, channelId = null } = body;
	const jobs = jobsOf(state, body.jobIds);
	const count = body.count ?? Math.max(events.length, jobs.length);
	const given = {
		...(webhookId !== undefined && { webhookId }),
		...(body.body !== undefined && {
			body: typeof body.body === 'string' ? body.body : JSON.stringify(body.body),
		}),
	};
	return Array.from({ length: count }, (_, i) => {
		const event = { event: events[i % events.length], job: jobs[i % jobs.length] };
		return state.deliveries.add(event, url, channelId, given);
	});
}

/**
 * Sends events as described in the body, and waits for all responses.
 * @returns the deliveries, with the responses of the receiver
 * @throws HttpError 400 for an unknown key, 404 for an unknown channel or job
 */
export async function sendDeliveries(state: EmulatorState, body: NewDeliveries) {
	checkKeys(body, KEYS);
	const { concurrency = 1, duplicates = 0 } = body;
	const to = receiverOf(state, body);
	const deliveries = addAll(state, body, to);
	// Spread evenly: with 1000 messages and a share of 0.1, every tenth.
	const isTwice = (i: number) => Math.floor((i + 1) * duplicates) > Math.floor(i * duplicates);
	const queue = deliveries.flatMap((delivery, i) => (isTwice(i) ? [delivery, delivery] : delivery));
	const sendRest = async () => {
		for (let next = queue.shift(); next; next = queue.shift()) {
			await state.deliveries.attempt(next, to, body);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, sendRest));
	return deliveries;
}
