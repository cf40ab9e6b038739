/** How jobs that will be started are to end. */
export interface PlannedOutcome {
	/** Jobs of this workflow only; of any unless told. */
	workflowId?: string;
	/** COMPLETED, FAILED or STOPPED; what the options say unless told. */
	outcome?: string;
	/** Position of an uploaded file -> why it failed. */
	failedFiles?: Record<string, string>;
	/** How many jobs it meets; 1 unless told, null for all. */
	times?: number | null;
}

/** The outcomes that wait for their jobs, in the order in which they were given. */
export class Outcomes {
	private waiting: Array<PlannedOutcome & { left: number }> = [];

	set(outcomes: PlannedOutcome[]) {
		this.waiting = outcomes.map((outcome) => ({
			...outcome,
			left: outcome.times === null ? Infinity : (outcome.times ?? 1),
		}));
	}

	/** The outcome for a new job; each use counts. */
	take(workflowId: string): PlannedOutcome | undefined {
		const found = this.waiting.find(
			(outcome) => outcome.left > 0 && (outcome.workflowId ?? workflowId) === workflowId,
		);
		if (found) found.left--;
		return found;
	}
}
