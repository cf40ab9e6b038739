import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.mjs';

export interface EmailConfig {
	recipient_email: string;
	reply_to?: string | null;
	cc?: string[] | null;
}

/** The writable properties of a channel. Null or omitted ones stay unchanged. */
export interface GivenChannel {
	channel_type?: 'webhook' | 'email';
	event_types?: string[] | null;
	description?: string | null;
	enabled?: boolean | null;
	url?: string | null;
	secret?: string | null;
	email_config?: { [Key in keyof EmailConfig]?: EmailConfig[Key] | null } | null;
}

export interface Channel {
	id: string;
	/** Null for a channel of the workspace. */
	workflowId: string | null;
	channel_type: 'webhook' | 'email';
	event_types: string[];
	description: string | null;
	enabled: boolean;
	url?: string;
	secret?: string;
	email_config?: EmailConfig;
	verified: boolean;
	/** ISO times. */
	created_at: string;
	updated_at: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Creates an ID: `ep_` or `msg_` and 27 letters, like those of Svix (docs/api-notes.md 8.1). */
export const svixId = (prefix: string) =>
	`${prefix}_${Array.from(randomBytes(27), (byte) => LETTERS[byte % LETTERS.length]).join('')}`;

const SETTABLE = ['event_types', 'description', 'enabled', 'url', 'secret', 'email_config'];

const withoutNulls = (given: object) =>
	Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));

/** Picks the known properties of a body. The others are ignored. */
function told(given: GivenChannel, email?: EmailConfig): Partial<Channel> {
	const known = Object.entries(withoutNulls(given)).filter(([key]) => SETTABLE.includes(key));
	const changed: Partial<Channel> = Object.fromEntries(known);
	if (!given.email_config) return changed;
	const merged = { ...email, ...withoutNulls(given.email_config) };
	return { ...changed, email_config: merged as EmailConfig };
}

/** The channels of the workspace and of its workflows. */
export class Channels {
	private readonly channels = new Map<string, Channel>();

	/** The keys that sign the deliveries of channels without a secret, by channel ID. No response contains them. */
	private readonly hidden = new Map<string, string>();

	constructor(private readonly clock: Clock) {}

	clear() {
		this.channels.clear();
		this.hidden.clear();
	}

	create(workflowId: string | null, given: GivenChannel & { event_types: string[] }): Channel {
		const now = this.clock.stamp();
		const type = given.channel_type ?? 'webhook';
		const channel: Channel = {
			description: null,
			enabled: true,
			...told(given),
			id: svixId('ep'),
			workflowId,
			channel_type: type,
			event_types: given.event_types,
			verified: type === 'webhook',
			created_at: now,
			updated_at: now,
		};
		// An email channel must be verified first (docs/api-notes.md 8.1).
		if (!channel.verified) channel.enabled = false;
		this.channels.set(channel.id, channel);
		return channel;
	}

	update(channel: Channel, given: GivenChannel) {
		Object.assign(channel, told(given, channel.email_config), { updated_at: this.clock.stamp() });
		if (channel.secret === '') delete channel.secret;
	}

	/** Returns what signs the deliveries: the secret, or a random one of the platform (docs/api-notes.md 8.4). */
	signingSecret({ id, secret }: Channel): string {
		if (secret !== undefined) return secret;
		const hidden = this.hidden.get(id) ?? randomBytes(24).toString('base64');
		this.hidden.set(id, hidden);
		return hidden;
	}

	verify(channel: Channel) {
		channel.verified = true;
		this.update(channel, { enabled: true });
	}

	get(id: string) {
		return this.channels.get(id);
	}

	delete(id: string) {
		this.channels.delete(id);
		this.hidden.delete(id);
	}

	deleteOfWorkflow(workflowId: string) {
		for (const { id } of this.ofScope(workflowId)) this.delete(id);
	}

	list(): Channel[] {
		return [...this.channels.values()];
	}

	/** Lists channels. @param workflowId null for those of the workspace */
	ofScope(workflowId: string | null): Channel[] {
		return this.list().filter((channel) => channel.workflowId === workflowId);
	}

	/** Returns the webhook channels for an event of a workflow's job. */
	listening(workflowId: string, event: string): Channel[] {
		return this.list().filter(
			(channel) =>
				channel.enabled &&
				channel.url !== undefined &&
				channel.event_types.includes(event) &&
				(channel.workflowId ?? workflowId) === workflowId,
		);
	}
}
