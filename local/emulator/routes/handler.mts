import type { ReceivedForm } from '../wire/receiveForm.mjs';
import type { EmulatorState } from '../platform/state.mjs';

/** A request to the API that matches the contract. */
export interface Call {
	state: EmulatorState;
	params: Record<string, string>;
	query: Record<string, unknown>;
	/** The JSON body, if there is one. */
	body: unknown;
	/** The parts of a multipart body. Empty without one. */
	form: ReceivedForm;
}

export interface Reply {
	status: number;
	body: unknown;
}

/** Handles one operation of the contract. Throws an HttpError for an error response. */
export type Handler = (call: Call) => Reply | Promise<Reply>;

export const ok = (body: unknown): Reply => ({ status: 200, body });
