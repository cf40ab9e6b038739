import { svixId, type Channel, type Channels } from './channels.mjs';
import type { Clock } from './clock.mjs';
import { deliveryBody, type JobEvent } from './jobEvents.mjs';
import type { EmulatorOptions } from './options.mjs';
import { post, type Attempt, type Receiver, type Tampering } from './post.mjs';

/** One event for one receiver. */
export interface Delivery {
	/** The same for each attempt. */
	webhookId: string;
	/** Null if a test sent it to a URL. */
	channelId: string | null;
	url: string;
	event: string;
	jobId: string;
	/** The signed body. */
	body: string;
	/** The finished attempts. */
	attempts: Attempt[];
}

const taken = ({ status }: Attempt) => status !== null && status >= 200 && status < 300;

/** All deliveries to the receivers of job events, and those to be retried. */
export class Deliveries {
	private deliveries: Delivery[] = [];

	/** The deliveries to be retried, with the time in Unix milliseconds of the emulator's clock. */
	private readonly due = new Map<Delivery, number>();

	private stopped = new AbortController();

	constructor(
		private readonly clock: Clock,
		private readonly options: EmulatorOptions,
		private readonly channels: Channels,
	) {}

	/** Oldest first. */
	list() {
		return this.deliveries;
	}

	/** Forgets everything and aborts the requests under way. */
	clear() {
		this.stopped.abort(new Error('the emulator was reset or closed'));
		this.stopped = new AbortController();
		this.deliveries = [];
		this.due.clear();
	}

	/** Sends an event to each channel that wants it. */
	announce(event: JobEvent) {
		for (const channel of this.channels.listening(event.job.workflowId, event.event)) {
			void this.deliver(this.add(event, channel.url!, channel.id));
		}
	}

	/** Retries the deliveries that are due. */
	retry() {
		for (const [delivery, at] of this.due) {
			if (at > this.clock.now()) continue;
			this.due.delete(delivery);
			void this.deliver(delivery);
		}
	}

	add(
		event: JobEvent,
		url: string,
		channelId: string | null,
		{ body = deliveryBody(event, this.clock.stamp()), webhookId = svixId('msg') } = {},
	): Delivery {
		const delivery = {
			webhookId,
			channelId,
			url,
			event: event.event,
			jobId: event.job.id,
			body,
			attempts: [],
		};
		this.deliveries.push(delivery);
		return delivery;
	}

	/** Makes one attempt and logs it. */
	async attempt(delivery: Delivery, to: Receiver, how: Tampering = {}): Promise<Attempt> {
		const { signal } = this.stopped;
		const timeout = AbortSignal.timeout(this.options.receiverSeconds * 1000);
		const ends = AbortSignal.any([signal, timeout]);
		const attempt = await post(to, delivery.webhookId, delivery.body, how, ends);
		delivery.attempts.push(attempt);
		return attempt;
	}

	private async deliver(delivery: Delivery) {
		const { signal } = this.stopped;
		const channel = this.receiver(delivery);
		if (!channel) return;
		const attempt = await this.attempt(delivery, {
			url: channel.url!,
			secret: this.channels.signingSecret(channel),
		});
		const wait = this.options.retrySeconds[delivery.attempts.length - 1];
		if (taken(attempt) || wait === undefined || signal.aborted) return;
		this.due.set(delivery, this.clock.now() + wait * 1000);
	}

	/** Whether to retry. Nothing is sent again to a channel that was deleted or disabled. */
	private receiver({ channelId }: Delivery): Channel | undefined {
		const channel = channelId === null ? undefined : this.channels.get(channelId);
		return channel?.enabled ? channel : undefined;
	}
}
