import type { Connector, GivenConnector } from '../platform/connectors.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { checkKey } from './checkKey.mjs';
import { ok, type Call, type Handler } from './handler.mjs';

/** Creates the handlers for one kind of connector. @param kind as in the operation IDs: `Source` or `Destination` */
function handlersOf(kind: 'Source' | 'Destination'): Record<string, Handler> {
	const word = kind.toLowerCase();
	const many = kind === 'Source' ? 'sources' : 'destinations';
	const storeOf = ({ state }: Call) => state[many];

	function find(call: Call): Connector {
		const id = call.params[`${word}_id`];
		const connector = storeOf(call).get(id);
		if (!connector) throw new HttpError(404, `${kind} with id ${id} not found`);
		return connector;
	}

	const remove: Handler = (call) => {
		const { id } = find(call);
		const user = call.state.workflows.list().find((workflow) => workflow[many].includes(id));
		// The response of the platform is not documented.
		if (user) throw new HttpError(400, `${kind} is used by the workflow ${user.name}`);
		storeOf(call).delete(id);
		return ok({ detail: `${kind} with id ${id} successfully deleted.` });
	};

	const getCheck: Handler = (call) => {
		const check = storeOf(call).check(find(call).id);
		if (!check) throw new HttpError(404, 'No connection check found');
		return ok(check);
	};

	return {
		[`list${kind}s`]: (call) => {
			const type = call.query[`${word}_type`];
			const all = storeOf(call).list();
			return ok(type === undefined ? all : all.filter((connector) => connector.type === type));
		},
		[`create${kind}`]: (call) => {
			const { name, type, config, key } = call.body as GivenConnector;
			checkKey(storeOf(call), key);
			return ok(storeOf(call).create({ name, type, config, key: key ?? undefined }));
		},
		[`get${kind}`]: (call) => ok(find(call)),
		[`update${kind}`]: (call) =>
			ok(storeOf(call).update(find(call), (call.body as Pick<Connector, 'config'>).config)),
		[`delete${kind}`]: remove,
		[`get${kind}ConnectionCheck`]: getCheck,
		[`check${kind}Connection`]: (call) => {
			storeOf(call).startCheck(find(call), call.state.options.checkSeconds);
			return { status: 202, body: storeOf(call).check(find(call).id) };
		},
	};
}

export const connectorHandlers: Record<string, Handler> = {
	...handlersOf('Source'),
	...handlersOf('Destination'),
};
