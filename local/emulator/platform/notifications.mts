import { randomUUID } from 'node:crypto';
import { instant, type Clock } from './clock.mjs';
import { statusOf, type JobEvent } from './jobEvents.mjs';

/** One entry of the feed (docs/api-notes.md 8.6). */
export interface Notification {
	id: string;
	event_type: string;
	workflow_id: string | null;
	payload: { job_id: string; status: string };
	/** ISO time. No two entries have the same one. */
	created_at: string;
	is_read: boolean;
}

/** The filter for notifications. All match by default. */
export interface Wanted {
	workflow_id?: string | null;
	/** Separated by commas. */
	event_types?: string;
	/** ISO times. */
	since?: string;
	before?: string | null;
	unread_only?: boolean;
}

/** All events of jobs, even those without a channel. */
export class Notifications {
	private notifications: Notification[] = [];

	constructor(private readonly clock: Clock) {}

	clear() {
		this.notifications = [];
	}

	add({ event, job }: JobEvent) {
		this.notifications.unshift({
			id: randomUUID(),
			event_type: event,
			workflow_id: job.workflowId,
			payload: { job_id: job.id, status: statusOf(event) },
			created_at: this.clock.stamp(),
			is_read: false,
		});
	}

	get(id: string) {
		return this.notifications.find((one) => one.id === id);
	}

	/** Newest first. */
	list({ workflow_id: workflow, event_types: types, ...wanted }: Wanted = {}): Notification[] {
		const since = wanted.since ? instant(wanted.since) : -Infinity;
		const before = wanted.before ? instant(wanted.before) : Infinity;
		const events = types?.split(',').map((type) => type.trim());
		return this.notifications.filter((one) => {
			const time = Date.parse(one.created_at);
			return (
				(!workflow || one.workflow_id === workflow) &&
				(!events || events.includes(one.event_type)) &&
				(!wanted.unread_only || !one.is_read) &&
				time >= since &&
				time < before
			);
		});
	}
}
