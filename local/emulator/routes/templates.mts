import { HttpError } from '../wire/httpError.mjs';
import { TEMPLATES } from '../platform/templates.mjs';
import { ok, type Handler } from './handler.mjs';

export const templateHandlers: Record<string, Handler> = {
	listTemplates: () =>
		ok(
			TEMPLATES.map(({ id, name, description, version, last_updated: updated }) => ({
				id,
				name,
				description,
				version,
				last_updated: updated,
			})),
		),
	getTemplate: ({ params }) => {
		const template = TEMPLATES.find(({ id }) => id === params.template_id);
		if (!template) throw new HttpError(404, `Template ${params.template_id} not found`);
		return ok(template);
	},
};
