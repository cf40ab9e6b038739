import { createHash } from 'node:crypto';
import { badRequest } from './openAiError.mjs';

/** The most texts of one request to the API. */
const MOST_INPUTS = 2048;

const LENGTHS: Record<string, number> = { 'text-embedding-3-large': 3072 };
const USUAL_LENGTH = 1536;

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Returns a bag of words as a vector of length 1. It is always the same for a text, and close for texts that share words. The
 * hash of a word selects its dimension, and its length is its weight, because long words say more.
 */
export function embed(text: string, length = USUAL_LENGTH): number[] {
	const vector = new Array<number>(length).fill(0);
	for (const word of words(text)) {
		const place = createHash('sha256').update(word).digest().readUInt32LE() % length;
		vector[place] += word.length;
	}
	const size = Math.hypot(...vector);
	// For a text without words: a vector of zeros would have no direction.
	if (size === 0) return vector.fill(1 / Math.sqrt(length));
	return vector.map((value) => value / size);
}

const base64 = (vector: number[]) =>
	Buffer.from(Float32Array.from(vector).buffer).toString('base64');

function inputsOf(input: unknown): string[] {
	const inputs: unknown[] = Array.isArray(input) ? input : [input];
	const isText = (one: unknown): one is string => typeof one === 'string' && one !== '';
	if (inputs.length > 0 && inputs.length <= MOST_INPUTS && inputs.every(isText)) return inputs;
	throw badRequest(`'input' must be a text, or 1 to ${MOST_INPUTS} texts, none of them empty.`);
}

export interface EmbeddingsRequest {
	model?: string;
	input?: unknown;
	dimensions?: number;
	encoding_format?: 'float' | 'base64';
}

/** Handles `POST /v1/embeddings`. Throws an OpenAiError for input that is not text. */
export function answerEmbeddings(request: EmbeddingsRequest) {
	const { model = 'text-embedding-3-small', input, dimensions } = request;
	const texts = inputsOf(input);
	const tokens = texts.reduce((sum, text) => sum + words(text).length, 0);
	return {
		object: 'list',
		data: texts.map((text, index) => {
			const vector = embed(text, dimensions ?? LENGTHS[model]);
			return {
				object: 'embedding',
				index,
				embedding: request.encoding_format === 'base64' ? base64(vector) : vector,
			};
		}),
		model,
		usage: { prompt_tokens: tokens, total_tokens: tokens },
	};
}
