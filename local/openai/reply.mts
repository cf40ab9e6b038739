export interface ToolCall {
	/** A tool in the request. */
	name: string;
	arguments: Record<string, unknown>;
}

/** The next reply of the model: a text, tool calls, both, or an error response. */
export interface Reply {
	text?: string;
	toolCalls?: ToolCall[];
	/** An HTTP status of 400 or more instead of a reply. */
	status?: number;
	/** The text of that error. */
	message?: string;
}
