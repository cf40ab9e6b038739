export interface ToolCall {
	/** A tool that the request offers. */
	name: string;
	arguments: Record<string, unknown>;
}

/** What the model says next: a text, calls of tools, both, or an error answer. */
export interface Reply {
	text?: string;
	toolCalls?: ToolCall[];
	/** An HTTP status of 400 or more instead of an answer. */
	status?: number;
	/** The text of that error. */
	message?: string;
}
