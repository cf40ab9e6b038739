import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { connectorPath } from '../../api/connectors';
import { isActive } from '../../api/jobStatus';
import { shownRecord } from '../../api/shownRecord';
import { connectorId, connectorLocator } from '../../fields/connector';
import { optionsField } from '../../fields/list';
import { pollIntervalOption, timeoutOption, waitSettings } from '../../fields/waiting';
import { perItem } from '../../items/perItem';
import type { WaitOptions } from '../../jobs/wait/waitForJobs';
import { call } from '../../transport/call';
import { pause } from '../../transport/cancel';
import { isRecord } from '../../transport/json';
import type { Subject } from '../../transport/subject';
import type { Operation } from '../operation';
import type { ConnectorResource } from './config';

const LONGEST_INTERVAL_MS = 15_000;

const isCheck = (json: unknown) => isRecord(json) && typeof json.status === 'string';

/** Whether a check is finished and not older than the started one. A later check by another client is just as good. */
function isResult(check: IDataObject, started: IDataObject) {
	if (isActive(check.status)) return false;
	if (check.id === undefined || started.id === undefined || check.id === started.id) return true;
	return !(Date.parse(String(check.created_at)) < Date.parse(String(started.created_at)));
}

/** Starts a check and waits for its result. Throws a NodeOperationError at the time limit. */
async function checked(
	ctx: IExecuteFunctions,
	path: string,
	subject: Subject,
	{ timeout, pollInterval }: WaitOptions,
): Promise<IDataObject> {
	const deadline = Date.now() + timeout * 1000;
	// A second check does no harm, so it is retried like a read.
	const start = await call(ctx, path, { method: 'POST', subject, check: isCheck });
	const started = start.json as IDataObject;
	let check = started;
	for (let interval = pollInterval * 1000; !isResult(check, started); interval *= 1.5) {
		const rest = deadline - Date.now();
		if (rest <= 0) {
			throw new NodeOperationError(
				ctx.getNode(),
				`The connection check of the ${subject.noun} '${subject.id}' did not finish within ${timeout} seconds`,
				{ description: "Increase 'Timeout' in the options, or check the connection again later." },
			);
		}
		await pause(ctx, Math.min(interval, LONGEST_INTERVAL_MS, rest));
		check = (await call(ctx, path, { subject, check: isCheck })).json as IDataObject;
	}
	return check;
}

export const checkConnection = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Check Connection',
		value: 'checkConnection',
		action: `Check connection of ${kind.noun}`,
		description: `Check whether Unstructured can connect to a ${kind.noun}`,
	},
	fields: [
		connectorLocator(kind),
		optionsField(
			{
				...pollIntervalOption,
				description:
					'How long to wait between checks of the result. The interval grows up to 15 seconds.',
			},
			{ ...timeoutOption, description: 'How long to wait for the result before failing' },
		),
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = connectorId(ctx, itemIndex, kind);
		const path = `${connectorPath(kind, id)}/connection-check`;
		const settings = waitSettings(ctx, itemIndex);
		const check = await checked(ctx, path, { noun: kind.noun, id }, settings);
		// The reason may quote a connection string (docs/api-notes.md 7.3).
		results.add([itemIndex], shownRecord(check));
	}),
});
