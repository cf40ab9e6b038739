import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { locatorText } from './fields/locator';
import { isSplit } from './fields/waiting';
import { forAgent, isTool } from './items/agentAnswer';
import { ItemResults } from './items/itemResults';
import { resources } from './resources';

/** Runs the chosen operation on all input items. */
export async function route(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const [resource, operation] = ['resource', 'operation'].map((name) =>
		locatorText(ctx.getNodeParameter(name, 0)),
	) as [string, string];
	const chosen = resources
		.find(({ option }) => option.value === resource)
		?.operations.get(operation);
	if (!chosen) {
		throw new NodeOperationError(
			ctx.getNode(),
			`This node has no operation '${operation}' for '${resource}'`,
			{ description: 'Select another operation, or use the HTTP Request node for this call.' },
		);
	}
	const run = async () => {
		const results = new ItemResults(ctx, isSplit(ctx));
		await chosen.execute(ctx, results);
		return results.toOutputs();
	};
	return isTool(ctx) ? await forAgent(ctx, run) : await run();
}
