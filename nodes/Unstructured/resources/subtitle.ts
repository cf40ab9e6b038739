import type { Resource } from './operation';

/** The locators with the most informative chosen name, by resource. */
const LOCATORS: Record<string, string[]> = {
	document: ['workflowId', 'templateId'],
	workflow: ['workflowId'],
	job: ['templateId'],
	template: ['templateId'],
	source: ['sourceId'],
	destination: ['destinationId'],
	notificationChannel: ['channelId'],
};

/**
 * The expression for the line below a node on the canvas: the operation and its chosen record, such as "Run: Invoices".
 * For a locator, `$parameter` contains only the ID, but its JSON also contains the name shown in the list.
 */
export function subtitleOf(resources: Resource[]): string {
	const texts = Object.fromEntries(
		resources.map(({ option, operations }) => {
			const names = [...operations.values()].map((one) => [one.option.value, one.option.name]);
			const locators = LOCATORS[option.value] ?? [];
			return [option.value, { names: Object.fromEntries(names) as object, locators }];
		}),
	);
	const chosen = 'its.locators.map((name) => p[name] && p[name].cachedResultName)';
	const line = `[its.names[p.operation], ...${chosen}].filter(Boolean).join(": ")`;
	// Two braces in a row would end the expression.
	const all = JSON.stringify(texts).replaceAll('}}', '} }').replaceAll('}}', '} }');
	return `={{ ((p, its) => its ? ${line} : "")($parameter.toJSON(), (${all})[$parameter.resource]) }}`;
}
