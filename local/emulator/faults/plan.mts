export const RESETS = [
	'before',
	'midBody',
	'afterRead',
	'afterBody',
	'afterHeaders',
	'midAnswer',
] as const;
export const HANGS = ['unread', 'read', 'handled'] as const;

/** What goes wrong with a request. Exactly one of the kinds. `delayMs` can be added to any. */
export interface FaultAction {
	/** Respond with this status instead, after reading the whole request: its parts are in the log. */
	status?: number;
	/** A `content-length` larger than the body, so the connection closes too early. */
	headers?: Record<string, string>;
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	/** Bytes instead of `body`. */
	base64?: string;
	/** After the body, repeat this text so many times. It is generated while it is sent. */
	repeat?: { text: string; times: number; end?: string };
	/** Respond with `status` and close before the body was read, like a proxy that rejects an upload. */
	early?: boolean;
	/**
	 * Destroy the connection with an RST. Without creating a job: `before` the body was read, in the middle of it (`midBody`),
	 * or after it (`afterRead`). With a job whose response is lost: after the request was handled (`afterBody`), after the
	 * headers of the response (`afterHeaders`), or in the middle of it (`midAnswer`).
	 */
	reset?: (typeof RESETS)[number];
	/** For `midBody`: how many bytes of the body arrive before, 65536 by default. */
	midBodyBytes?: number;
	/** Never respond: without reading the request (`unread`), after reading it (`read`), or after handling it (`handled`). */
	hang?: (typeof HANGS)[number];
	/** Handle the request, and send its response at this speed. */
	bytesPerSecond?: number;
	/** Handle the request, and send only the first half of its response, correctly framed. */
	truncate?: boolean;
	/** Handle the request, and respond with this status and body instead. */
	replace?: { status: number; body?: unknown; contentType?: string };
	delayMs?: number;
}

export interface Fault extends FaultAction {
	/** Any method by default. */
	method?: string;
	/** A regular expression for the path below `/api/v1`, for example `/run$`. Any path by default. */
	path?: string;
	/** A regular expression for the query, for example `file_id=a-1f2e3d4c`. Any query by default. */
	query?: string;
	/** How many requests it affects: 1 by default, null for all. */
	times?: number | null;
	/** How many matching requests are handled normally first. */
	after?: number;
}

/** The faults that wait for their requests, in the order in which they were added. */
export class Faults {
	private waiting: Array<Fault & { left: number; pass: number }> = [];

	set(faults: Fault[]) {
		this.waiting = faults.map((fault) => ({
			...fault,
			left: fault.times === null ? Infinity : (fault.times ?? 1),
			pass: fault.after ?? 0,
		}));
	}

	/** Returns the fault for a request. Each use counts. */
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
