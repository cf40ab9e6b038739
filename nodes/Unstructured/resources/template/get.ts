import { shownRecord } from '../../api/shownRecord';
import { readTemplate } from '../../api/templates';
import { templateId, templateLocator } from '../../fields/template';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get template',
		description: 'Retrieve a template with its nodes',
	},
	fields: [templateLocator],
	execute: perItem(async (ctx, itemIndex, results) => {
		const template = await readTemplate(ctx, templateId(ctx, itemIndex));
		results.add([itemIndex], shownRecord(template));
	}),
};
