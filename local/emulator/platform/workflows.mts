import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.mjs';
import { PARTITION, withIds, type IdentifiedNode, type WorkflowNode } from './nodes.mjs';

export interface Workflow {
	id: string;
	/** A second name by which it can be found. */
	key?: string;
	name: string;
	/** The IDs of source connectors. Empty for a workflow that receives files with each run. */
	sources: string[];
	/** The IDs of destination connectors. Empty for results to be downloaded. */
	destinations: string[];
	workflow_nodes: IdentifiedNode[];
	status: string;
	workflow_type: string;
	schedule: { crontab_entries: Array<{ cron_expression: string }> } | null;
	reprocess_all: boolean;
	/** ISO times. */
	created_at: string;
	updated_at: string | null;
}

/** The writable properties of a workflow. Nodes without IDs get some. */
export type GivenWorkflow = Partial<
	Omit<Workflow, 'workflow_nodes'> & { workflow_nodes: WorkflowNode[] }
>;

/** Completes a workflow with defaults. It is in no list yet. */
export function makeWorkflow(clock: Clock, given: GivenWorkflow): Workflow {
	const { id = randomUUID(), workflow_nodes: nodes = [PARTITION] } = given;
	return {
		name: 'Workflow',
		sources: [],
		destinations: [],
		status: 'active',
		workflow_type: 'custom',
		schedule: null,
		reprocess_all: false,
		created_at: clock.stamp(),
		updated_at: null,
		...given,
		id,
		workflow_nodes: withIds(id, nodes),
	};
}

/** All workflows, in the order of their creation. */
export class Workflows {
	private readonly workflows = new Map<string, Workflow>();

	constructor(
		private readonly clock: Clock,
		private readonly seeds: GivenWorkflow[],
	) {
		this.reset();
	}

	reset() {
		this.workflows.clear();
		for (const seed of this.seeds) this.create(seed);
	}

	create(given: GivenWorkflow): Workflow {
		const workflow = makeWorkflow(this.clock, given);
		this.workflows.set(workflow.id, workflow);
		return workflow;
	}

	/** Finds a workflow by its ID or its key. */
	get(id: string) {
		return this.workflows.get(id) ?? this.list().find(({ key }) => key === id);
	}

	update(workflow: Workflow, changes: GivenWorkflow) {
		const { workflow_nodes: nodes = workflow.workflow_nodes } = changes;
		return Object.assign(workflow, changes, {
			workflow_nodes: withIds(workflow.id, nodes),
			updated_at: this.clock.stamp(),
		});
	}

	delete(id: string) {
		return this.workflows.delete(id);
	}

	list(): Workflow[] {
		return [...this.workflows.values()];
	}
}
