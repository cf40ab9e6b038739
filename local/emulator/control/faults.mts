import { HANGS, RESETS, type Fault } from '../faults/plan.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { checkList, keysOf } from './keys.mjs';

const KEYS = keysOf<Required<Fault>>({
	method: true,
	path: true,
	query: true,
	times: true,
	after: true,
	status: true,
	headers: true,
	body: true,
	base64: true,
	repeat: true,
	early: true,
	reset: true,
	midBodyBytes: true,
	hang: true,
	bytesPerSecond: true,
	truncate: true,
	replace: true,
	delayMs: true,
});

/** Like checkList, and checks the kinds of a fault. @throws HttpError 400 */
export function checkFaults(body: unknown) {
	checkList(body, KEYS);
	for (const { reset, hang } of body as Fault[]) {
		checkKind('reset', reset, RESETS);
		checkKind('hang', hang, HANGS);
	}
}

function checkKind(name: string, kind: string | undefined, known: readonly string[]) {
	if (kind === undefined || known.includes(kind)) return;
	throw new HttpError(400, `Unknown ${name} '${kind}'. Known: ${known.join(', ')}`);
}
