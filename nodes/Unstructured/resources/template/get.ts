import type { IDataObject } from 'n8n-workflow';
import { shownRecord } from '../../api/shownRecord';
import { templatePath } from '../../api/templates';
import { templateId, templateLocator } from '../../fields/template';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a template',
		description: 'Get a template with its nodes',
	},
	fields: [templateLocator],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = templateId(ctx, itemIndex);
		const { json } = await call(ctx, templatePath(id), {
			subject: { noun: 'template', id },
			check: hasId,
		});
		results.add([itemIndex], shownRecord(json as IDataObject));
	}),
};
