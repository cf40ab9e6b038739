import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { FILE_BY_EXPRESSION, FILES_OF_FORM } from './inputFiles';

/** A value from the model. The comment is n8n's own mark, which makes the editor show it that way. */
const byModel = (key: string, description: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;

const TEXTS = ['elements', 'text'];

/** The parameters that differ in an AI agent's tool, by name. Undefined if the tool doesn't have the parameter. */
const IN_TOOL: Record<string, ((field: INodeProperties) => Partial<INodeProperties>) | undefined> =
	{
		// n8n passes no files to a tool, so no input field can contain one.
		binaryPropertyName: () => ({
			default: '',
			required: false,
			hint: FILE_BY_EXPRESSION,
			placeholder: `e.g. ${FILES_OF_FORM}`,
			description: 'An expression that returns the file of another node, or all files of an item',
		}),
		// An agent calls a tool for one item.
		jobGrouping: undefined,
		jobId: () => ({
			default: byModel(
				'Job_ID',
				'The ID of the Unstructured job, a UUID: the "id" that the tool returned which ran it',
			),
			description: 'The ID of the job, as returned by the tool that ran it',
		}),
		outputFormat: ({ options }) => ({
			default: 'text',
			// An agent accepts no files, and the list of all elements of a file is too long for it.
			options: (options as INodePropertyOptions[]).filter(({ value }) =>
				TEXTS.includes(String(value)),
			),
		}),
		// An agent reads only one output.
		splitByStatus: undefined,
		splitNotice: undefined,
		// A model would check again and again without a pause.
		waitForCompletion: () => ({ default: true }),
	};

const onlyInTool = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		// This condition comes first: n8n shows a field at the first condition whose value is an expression, and uses its default.
		show: { '@tool': [true], ...field.displayOptions?.show },
	},
});

const notInTool = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		hide: { ...field.displayOptions?.hide, '@tool': [true] },
	},
});

/** The size and detail of the model's result; see `items/agentAnswer.ts`. */
const ANSWER_FIELDS: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description:
			'Whether to return a short version to the model, without empty fields, settings, and long lists. If off, it gets the full response.',
	},
	{
		displayName: 'Max Characters',
		name: 'maxCharacters',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 20000,
		description:
			'The maximum number of characters that the model gets from one call. Longer results are truncated, and the model is told so. A token has about 4 characters.',
	},
];

/** All fields of the node, and the different ones of the tool that n8n derives from it. */
export const withToolFields = (fields: INodeProperties[]): INodeProperties[] => [
	...fields.flatMap((field) => {
		if (!Object.hasOwn(IN_TOOL, field.name)) return [field];
		const change = IN_TOOL[field.name];
		return change
			? [notInTool(field), onlyInTool({ ...field, ...change(field) })]
			: [notInTool(field)];
	}),
	...ANSWER_FIELDS.map(onlyInTool),
];
