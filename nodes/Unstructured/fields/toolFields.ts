import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { FILE_BY_EXPRESSION } from './inputFiles';

/** Filled in by the model. The comment makes the editor show it as such (n8n's own mark). */
const byModel = (key: string, description: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;

const TEXTS = ['elements', 'text'];

/** Parameters that an AI agent's tool has otherwise than the node, by their names. Undefined: not at all. */
const IN_TOOL: Record<string, ((field: INodeProperties) => Partial<INodeProperties>) | undefined> =
	{
		// n8n hands a tool no files, so that no field of the input can hold one.
		binaryPropertyName: () => ({
			default: '',
			required: false,
			hint: FILE_BY_EXPRESSION,
			placeholder: "e.g. {{ $('Form').first().binary.data }}",
			description: 'The file of another node, by an expression that returns it',
		}),
		// An agent calls a tool for one item at a time.
		jobGrouping: undefined,
		jobId: () => ({
			default: byModel(
				'Job_ID',
				'The ID of the Unstructured job, a UUID: the id that the tool gave out which ran it',
			),
			description: 'The job: its ID, as the tool that ran the job gives it out',
		}),
		outputFormat: ({ options }) => ({
			default: 'text',
			// An agent takes no files, and all elements in one are too long for it.
			options: (options as INodePropertyOptions[]).filter(({ value }) =>
				TEXTS.includes(String(value)),
			),
		}),
		// An agent reads one output.
		splitByStatus: undefined,
		// A model that has to ask again and again does so at once.
		waitForCompletion: () => ({ default: true }),
	};

const onlyInTool = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		// First: n8n shows a field at the first condition whose value is an expression, and takes its default.
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

/** What the model gets to read; see `forAgent.ts`. */
const ANSWER_FIELDS: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description:
			'Whether to give the model a short version of what the API gives: no empty fields, no settings, no long lists, and of elements only type, text and page',
	},
	{
		displayName: 'Max Characters',
		name: 'maxCharacters',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 20000,
		description:
			'How much the model gets to read of one call. Longer texts are cut and results beyond it are left out, and the model is told so. 4 characters are about a token.',
	},
];

/** All fields of the node, with those that differ in the tool that n8n makes of it. */
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
