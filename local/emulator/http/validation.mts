import { HttpError, type ValidationEntry } from '../wire/httpError.mjs';

/** The part of ajv's findings that is used here. */
export interface Finding {
	keyword: string;
	instancePath: string;
	params: Record<string, unknown>;
	message?: string;
	data?: unknown;
}

const WORDS: Record<string, (error: Finding) => Pick<ValidationEntry, 'type' | 'msg'>> = {
	required: () => ({ type: 'missing', msg: 'Field required' }),
	enum: ({ params }) => {
		// Where null is allowed, pydantic does not name it.
		const values = (params.allowedValues as Array<string | null>).filter((value) => value !== null);
		const words = values.map((value) => `'${value}'`).join(', ');
		return { type: 'enum', msg: `Input should be ${words.replace(/, (?='[^']*'$)/, ' or ')}` };
	},
	not: () => ({ type: 'enum', msg: 'Input should be a type that the list can be asked for' }),
	format: ({ params }) => {
		if (params.format === 'uuid') {
			return { type: 'uuid_parsing', msg: 'Input should be a valid UUID, invalid character found' };
		}
		const word = params.format === 'iso-date-time' ? 'datetime' : String(params.format);
		return { type: `${word}_parsing`, msg: `Input should be a valid ${word}` };
	},
	type: ({ params, data }) => {
		// For a value that may be null, pydantic names the other type.
		const [type] = [params.type].flat().join().split(',');
		return type === 'integer' && typeof data === 'string'
			? {
					type: 'int_parsing',
					msg: 'Input should be a valid integer, unable to parse string as an integer',
				}
			: { type: `${type}_type`, msg: `Input should be a valid ${type}` };
	},
	minLength: ({ params }) => ({
		type: 'string_too_short',
		msg: `String should have at least ${String(params.limit)} characters`,
	}),
	maxLength: ({ params }) => ({
		type: 'string_too_long',
		msg: `String should have at most ${String(params.limit)} characters`,
	}),
	pattern: ({ params }) => ({
		type: 'string_pattern_mismatch',
		msg: `String should match pattern '${String(params.pattern)}'`,
	}),
	minItems: ({ params }) => ({
		type: 'too_short',
		msg: `List should have at least ${String(params.limit)} item after validation`,
	}),
	maxItems: ({ params }) => ({
		type: 'too_long',
		msg: `List should have at most ${String(params.limit)} items after validation`,
	}),
	minimum: ({ params }) => ({
		type: 'greater_than_equal',
		msg: `Input should be greater than or equal to ${String(params.limit)}`,
	}),
	maximum: ({ params }) => ({
		type: 'less_than_equal',
		msg: `Input should be less than or equal to ${String(params.limit)}`,
	}),
};

/** Returns the location in FastAPI's order: ajv treats `query`, `path`, and the body as one object. */
function location(error: Finding): Array<string | number> {
	const steps: Array<string | number> = error.instancePath
		.split('/')
		.filter(Boolean)
		.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
	if (error.keyword === 'required') steps.push(String(error.params.missingProperty));
	const [part, ...rest] = steps;
	return [part === 'requestBody' ? 'body' : part, ...rest];
}

/** Returns the input of a finding. For a missing value, that is the object around it, which may be the whole request. */
function input({ keyword, instancePath, data }: Finding) {
	if (keyword === 'required' && !instancePath.startsWith('/requestBody')) return null;
	// A secret is never returned.
	if (instancePath.endsWith('/secret')) return '*****';
	return data instanceof Object && 'secret' in data ? { ...data, secret: '*****' } : (data ?? null);
}

/** Converts ajv's findings to the errors of FastAPI. */
export function validationError(errors: Finding[]): HttpError {
	const entries = errors.map((error): ValidationEntry => {
		const words = WORDS[error.keyword]?.(error) ?? {
			type: error.keyword,
			msg: error.message ?? 'Input is not valid',
		};
		return { ...words, loc: location(error), input: input(error) };
	});
	return new HttpError(422, entries);
}
