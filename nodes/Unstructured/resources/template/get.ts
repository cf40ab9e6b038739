import type { IDataObject } from 'n8n-workflow';
import { templateId, templateLocator } from '../../shared/locators';
import { perItem, type Operation } from '../../shared/operation';
import { hasId } from '../../transport/pagination';
import { pathSegment } from '../../transport/pathSegment';
import { call } from '../../transport/request';

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
		const { json } = await call(ctx, `/templates/${pathSegment(id)}`, {
			subject: { noun: 'template', id },
			check: hasId,
		});
		results.add([itemIndex], json as IDataObject);
	}),
};
