import type { EmulatorState } from '../state.mjs';
import type { GivenWorkflow, Workflow } from '../workflows.mjs';
import { checkKeys, checkList, KEYS } from './keys.mjs';

export interface NewWorkflows {
	workflows?: GivenWorkflow[];
	/** How many more, named `<prefix> 1`, `<prefix> 2` and so on. */
	count?: number;
	/** `Workflow` unless told. */
	prefix?: string;
}

export function createWorkflows(state: EmulatorState, body: NewWorkflows): Workflow[] {
	checkKeys(body, KEYS.newWorkflows);
	const { workflows = [], count = 0, prefix = 'Workflow' } = body;
	checkList(workflows, KEYS.workflow);
	const numbered = Array.from({ length: count }, (_, i) => ({ name: `${prefix} ${i + 1}` }));
	return [...workflows, ...numbered].map((given) => state.workflows.create(given));
}
