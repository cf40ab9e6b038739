/** The outcome of jobs that are not started yet. */
export interface PlannedOutcome {
	/** Only jobs of this workflow. By default, of any workflow. */
	workflowId?: string;
	/** COMPLETED, FAILED, or STOPPED. By default, as in the options. */
	outcome?: string;
	/** Why files failed, by the position of the uploaded file. */
	failedFiles?: Record<string, string>;
	/** How many jobs it affects: 1 by default, null for all. */
	times?: number | null;
}

/** The outcomes that wait for their jobs, in the order in which they were added. */
export class Outcomes {
	private waiting: Array<PlannedOutcome & { left: number }> = [];

	set(outcomes: PlannedOutcome[]) {
		this.waiting = outcomes.map((outcome) => ({
			...outcome,
			left: outcome.times === null ? Infinity : (outcome.times ?? 1),
		}));
	}

	/** Returns the outcome for a new job. Each use counts. */
	take(workflowId: string): PlannedOutcome | undefined {
		const found = this.waiting.find(
			(outcome) => outcome.left > 0 && (outcome.workflowId ?? workflowId) === workflowId,
		);
		if (found) found.left--;
		return found;
	}
}
