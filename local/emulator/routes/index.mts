import { channelHandlers } from './channels.mjs';
import { connectorHandlers } from './connectors.mjs';
import type { Handler } from './handler.mjs';
import { jobHandlers } from './jobs.mjs';
import { notificationHandlers } from './notifications.mjs';
import { templateHandlers } from './templates.mjs';
import { workflowHandlers } from './workflows.mjs';

/** The handlers of all operations, by operationId. */
export const handlers: Record<string, Handler> = {
	...channelHandlers,
	...connectorHandlers,
	...jobHandlers,
	...notificationHandlers,
	...templateHandlers,
	...workflowHandlers,
};
