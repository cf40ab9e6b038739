export const RESETS = [
	'before',
	'midBody',
	'afterRead',
	'afterBody',
	'afterHeaders',
	'midAnswer',
] as const;
export const HANGS = ['unread', 'read', 'handled'] as const;

/** What goes wrong with a request. Exactly one of the kinds; `delayMs` may be added to any. */
export interface FaultAction {
	/** Answer with this status instead, after the request was read whole: its parts are in the log. */
	status?: number;
	/** A `content-length` that is more than there is: the connection ends too early. */
	headers?: Record<string, string>;
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	/** Instead of `body`: bytes. */
	base64?: string;
	/** After the body, this text so many times, and then the end. It's made while it is sent. */
	repeat?: { text: string; times: number; end?: string };
	/** Answer `status` and close before the body was read, as a proxy does that refuses an upload. */
	early?: boolean;
	/**
	 * Destroy the connection with a RST. No job was created: `before` the body was read, in its middle (`midBody`), or
	 * after it (`afterRead`). A job was created and its answer is lost: after the request was handled (`afterBody`),
	 * after the headers of the answer (`afterHeaders`), or in its middle (`midAnswer`).
	 */
	reset?: (typeof RESETS)[number];
	/** For `midBody`: how many bytes of the body come before; 65536 unless told. */
	midBodyBytes?: number;
	/** Never answer: without reading the request (`unread`), after reading it (`read`), after handling it (`handled`). */
	hang?: (typeof HANGS)[number];
	/** Handle the request, and send its answer at this speed. */
	bytesPerSecond?: number;
	/** Handle the request, and send only the first half of its answer, well framed. */
	truncate?: boolean;
	/** Handle the request, and answer with this status and body instead. */
	replace?: { status: number; body?: unknown; contentType?: string };
	delayMs?: number;
}

export interface Fault extends FaultAction {
	/** Any method unless told. */
	method?: string;
	/** Regular expression on the path below `/api/v1`, e.g. `/run$`. Any path unless told. */
	path?: string;
	/** Regular expression on the query, e.g. `file_id=a-1f2e3d4c`. Any query unless told. */
	query?: string;
	/** How many requests it meets; 1 unless told, null for all. */
	times?: number | null;
	/** How many matching requests pass before. */
	after?: number;
}

/** The faults that wait for their requests, in the order in which they were given. */
export class Faults {
	private waiting: Array<Fault & { left: number; pass: number }> = [];

	set(faults: Fault[]) {
		this.waiting = faults.map((fault) => ({
			...fault,
			left: fault.times === null ? Infinity : (fault.times ?? 1),
			pass: fault.after ?? 0,
		}));
	}

	/** The fault for a request; each use counts. */
	take(method: string, path: string, query = ''): FaultAction | undefined {
		for (const fault of this.waiting) {
			const fits =
				fault.left > 0 &&
				(!fault.method || fault.method === method) &&
				(!fault.path || new RegExp(fault.path).test(path)) &&
				(!fault.query || new RegExp(fault.query).test(query));
			if (!fits) continue;
			if (fault.pass > 0) {
				fault.pass--;
				continue;
			}
			fault.left--;
			return fault;
		}
		return undefined;
	}
}
