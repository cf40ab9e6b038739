import {
	additionalData,
	core,
	makeNode,
	makeWorkflow,
	Unstructured,
	workflowModule,
	type Credential,
} from './n8n.mjs';

const NO_CREDENTIAL: Credential = { apiKey: '', apiUrl: '' };

/** `this` of a credential test, as n8n creates it. */
export const credentialTestContext = () =>
	new core.CredentialTestContext(additionalData('1', NO_CREDENTIAL));

/** `this` of a dropdown's search, as n8n creates it. */
export function listSearchContext(credential: Credential) {
	const node = makeNode('Unstructured', 'unstructured', {
		credentials: { unstructuredApi: { id: '1', name: 'Unstructured API' } },
	});
	const workflow = makeWorkflow({ unstructured: new Unstructured() }, [node], {}, {});
	return new core.LoadOptionsContext(workflow, node, additionalData('1', credential), '');
}

/** `this` of an operation for one item, as n8n creates it. */
export function executeContext() {
	const node = makeNode('Unstructured', 'unstructured');
	const workflow = makeWorkflow({ unstructured: new Unstructured() }, [node], {}, {});
	const items = [{ json: {} }];
	const data = { main: [items] };
	return new core.ExecuteContext(
		workflow,
		node,
		additionalData('1', NO_CREDENTIAL),
		'manual',
		workflowModule.createRunExecutionData(),
		0,
		items,
		data,
		{ node, data, source: null },
		[],
	);
}
