import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { requiredText } from '../../fields/requiredText';
import { shown, showSecretsOptions } from '../../fields/showSecrets';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import { configFields, OTHER, readConfig, typeField, type ConnectorResource } from './config';

function readType(ctx: IExecuteFunctions, itemIndex: number): string {
	const type = requiredText(ctx, itemIndex, 'Type', 'connectorType');
	return type === OTHER ? requiredText(ctx, itemIndex, 'Type Name', 'typeName') : type;
}

export const create = (kind: ConnectorResource): Operation => {
	const { noun, title, path, types } = kind;
	return {
		option: {
			name: 'Create',
			value: 'create',
			action: `Create ${noun}`,
			description: `Create a ${noun} connector`,
		},
		fields: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				required: true,
				default: '',
				placeholder: `e.g. My ${title}`,
				description: `The name of the ${noun}. It can't be changed later.`,
			},
			typeField(types, `The service that the ${noun} connects to. It can't be changed later.`),
			{
				displayName: 'Type Name',
				name: 'typeName',
				type: 'string',
				required: true,
				default: '',
				displayOptions: { show: { connectorType: [OTHER] } },
				placeholder: 'e.g. teradata',
				description: "The name of the type in Unstructured's API",
			},
			...configFields(kind),
			showSecretsOptions,
		],
		execute: perItem(async (ctx, itemIndex, results) => {
			const config = readConfig(ctx, itemIndex, kind);
			const { json } = await call(ctx, path, {
				method: 'POST',
				body: {
					name: requiredText(ctx, itemIndex, 'Name', 'name'),
					type: readType(ctx, itemIndex),
					config,
				},
				subject: { noun },
				makes: noun,
				check: hasId,
			});
			results.add([itemIndex], shown(ctx, itemIndex, json as IDataObject));
		}),
	};
};
