import type { ReceivedForm } from '../wire/receiveForm.mjs';
import type { EmulatorState } from '../platform/state.mjs';

/** A request to the API, checked against the contract. */
export interface Call {
	state: EmulatorState;
	params: Record<string, string>;
	query: Record<string, unknown>;
	/** The JSON body, when there is one. */
	body: unknown;
	/** The parts of a multipart body; empty without one. */
	form: ReceivedForm;
}

export interface Reply {
	status: number;
	body: unknown;
}

/** Answers one operation of the contract. Throws an HttpError for an error answer. */
export type Handler = (call: Call) => Reply | Promise<Reply>;

export const ok = (body: unknown): Reply => ({ status: 200, body });
