import type { EmulatorState } from '../platform/state.mjs';
import type { GivenWorkflow, Workflow } from '../platform/workflows.mjs';
import { checkKeys, checkList, keysOf } from './keys.mjs';

export interface NewWorkflows {
	workflows?: GivenWorkflow[];
	/** How many more, named `<prefix> 1`, `<prefix> 2`, and so on. */
	count?: number;
	/** `Workflow` by default. */
	prefix?: string;
}

const KEYS = keysOf<Required<NewWorkflows>>({ workflows: true, count: true, prefix: true });

const WORKFLOW_KEYS = keysOf<Required<GivenWorkflow>>({
	id: true,
	key: true,
	name: true,
	sources: true,
	destinations: true,
	workflow_nodes: true,
	status: true,
	workflow_type: true,
	schedule: true,
	reprocess_all: true,
	created_at: true,
	updated_at: true,
});

export function createWorkflows(state: EmulatorState, body: NewWorkflows): Workflow[] {
	checkKeys(body, KEYS);
	const { workflows = [], count = 0, prefix = 'Workflow' } = body;
	checkList(workflows, WORKFLOW_KEYS);
	const numbered = Array.from({ length: count }, (_, i) => ({ name: `${prefix} ${i + 1}` }));
	return [...workflows, ...numbered].map((given) => state.workflows.create(given));
}
