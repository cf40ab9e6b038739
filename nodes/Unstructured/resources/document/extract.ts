import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { inputFiles } from '../../fields/inputFiles';
import { parametersOf, type Parameters } from '../../fields/parameters';
import type { Operation } from '../operation';
import {
	documentFileFields,
	documentOptionsField,
	documentSettings,
	optionsOf,
} from './documentFields';
import { extractionNodes } from './jobNodes';
import type { DocumentItem } from './planJobs';
import { processFiles } from './processFiles';
import { readSchema, schemaFields } from './schemaFields';

const instructionsField: INodeProperties = {
	displayName: 'Instructions',
	name: 'instructions',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Amounts without currency. Take the delivery address, not the billing address.',
	description: 'Guidance for the extraction of all fields',
};

const includeTextOption: INodeProperties = {
	displayName: 'Include Text',
	name: 'includeText',
	type: 'boolean',
	default: true,
	description: 'Whether to add the text of each file as Markdown, in the field "text"',
};

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'string',
	default: 'gpt-5-mini',
	description:
		"The model that extracts the data, as Unstructured names it. It must be a model of the 'Provider'.",
};

const providerOption: INodeProperties = {
	displayName: 'Provider',
	name: 'provider',
	type: 'string',
	default: 'openai',
	placeholder: 'e.g. anthropic',
	description: 'The provider of the model, as Unstructured names it',
};

const fields: INodeProperties[] = [
	...documentFileFields,
	...schemaFields,
	instructionsField,
	documentOptionsField(includeTextOption, modelOption, providerOption),
];

const textOr = (options: Parameters, field: INodeProperties) =>
	options.text(field) || String(field.default);

/** The request of one item. Throws before anything is sent if the schema or a file can't be used. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number): Promise<DocumentItem> {
	const options = optionsOf(ctx, itemIndex);
	const includeText = options.isOn(includeTextOption);
	const nodes = extractionNodes({
		schema: readSchema(ctx, itemIndex),
		guidance: parametersOf(ctx, itemIndex).text(instructionsField),
		provider: textOr(options, providerOption),
		model: textOr(options, modelOption),
		includeText,
	});
	const parameter = ctx.getNodeParameter('binaryPropertyName', itemIndex, 'data') as unknown;
	return {
		processing: { definition: { job_nodes: nodes } },
		format: 'extractedData',
		includeText,
		settings: documentSettings(ctx, itemIndex),
		files: await inputFiles(ctx, itemIndex, parameter),
	};
}

export const extract: Operation = {
	option: {
		name: 'Extract',
		value: 'extract',
		action: 'Extract data from files',
		description: 'Extract the fields that you define from each file, as JSON',
	},
	fields,
	execute: async (ctx, results) => {
		await processFiles(ctx, results, readItem);
	},
};
