import { HttpError } from '../wire/httpError.mjs';
import type { Wanted } from '../platform/notifications.mjs';
import { ok, type Call, type Handler } from './handler.mjs';

interface Page extends Wanted {
	limit: number;
	cursor?: string;
}

interface MarkRead {
	notification_ids?: string[] | null;
	before?: string | null;
	mark_all?: boolean;
	workflow_id?: string | null;
}

/** Returns one page. The cursor is the ID of the last entry on the page before. */
const listNotifications: Handler = ({ state, query }) => {
	const { limit, cursor, ...wanted } = query as unknown as Page;
	const all = state.notifications.list(wanted);
	// Search all entries: the last one may have been read since then.
	const last = cursor === undefined ? undefined : state.notifications.get(cursor);
	if (cursor !== undefined && !last) throw new HttpError(400, 'The cursor is not valid.');
	const rest = last ? all.filter((one) => one.created_at < last.created_at) : all;
	const events = rest.slice(0, limit);
	return ok({ events, next_cursor: rest.length > limit ? events[limit - 1].id : null });
};

const getNotification: Handler = ({ state, params }) => {
	const found = state.notifications.get(params.notification_id);
	if (!found) throw new HttpError(404, 'Notification not found');
	return ok(found);
};

/** Selects notifications. @throws HttpError 422 unless the body contains exactly one way to select (docs/api-notes.md 8.6) */
function chosen({ state, body }: Call) {
	const { notification_ids: ids, before, mark_all: all, workflow_id: workflow } = body as MarkRead;
	if ([ids, before, all].filter(Boolean).length !== 1) {
		throw new HttpError(422, 'Exactly one of notification_ids, before, and mark_all is required.');
	}
	if (ids && workflow) {
		throw new HttpError(422, 'workflow_id is allowed only with before or mark_all.');
	}
	const wanted = state.notifications.list({ before, workflow_id: workflow, unread_only: true });
	return ids ? wanted.filter(({ id }) => ids.includes(id)) : wanted;
}

const markNotificationsRead: Handler = (call) => {
	const unread = chosen(call);
	for (const one of unread) one.is_read = true;
	return ok({ marked_count: unread.length });
};

export const notificationHandlers: Record<string, Handler> = {
	listNotifications,
	getNotification,
	markNotificationsRead,
	countUnreadNotifications: ({ state, query }) =>
		ok({ unread_count: state.notifications.list({ ...query, unread_only: true }).length }),
};
