import { BARE_ENTITY_NAMES, ENTITY_NAMES } from './entityNames';

/** The characters that browsers read for numeric references from 128 to 159: Windows-1252, where it has a character. */
const WINDOWS_1252 =
	'\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F' +
	'\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178';

const REPLACEMENT = '\uFFFD';
const BASE = 36;
const SHORTEST_BARE_NAME = 2;
const LONGEST_BARE_NAME = 6;

interface Names {
	all: Map<string, string>;
	bare: Set<string>;
}

function readNames(): Names {
	const all = new Map<string, string>();
	for (const group of ENTITY_NAMES.trim().split(/\s/)) {
		const [points = '', names = ''] = group.split(':');
		const codes = points.split('.').map((point) => parseInt(point, BASE));
		for (const name of names.split(',')) all.set(name, String.fromCodePoint(...codes));
	}
	return { all, bare: new Set(BARE_ENTITY_NAMES.trim().split(/\s/)) };
}

let known: Names | undefined;

/** Decodes a named reference. `run` is the part after the ampersand: letters and digits, and perhaps a semicolon. */
function named(run: string): string {
	known ??= readNames();
	if (run.endsWith(';')) {
		const text = known.all.get(run.slice(0, -1));
		if (text !== undefined) return text;
	}
	// The longest name at the start of the run counts, so `&notit` is a negation sign and "it".
	for (
		let length = Math.min(run.length, LONGEST_BARE_NAME);
		length >= SHORTEST_BARE_NAME;
		length--
	) {
		const name = run.slice(0, length);
		if (known.bare.has(name)) return known.all.get(name)! + run.slice(name.length);
	}
	return `&${run}`;
}

function numeric(code: number): string {
	if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80]!;
	const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
	return isCharacter ? String.fromCodePoint(code) : REPLACEMENT;
}

/**
 * Decodes named and numeric character references in one pass: `&amp;lt;` becomes `&lt;`. Unknown references stay unchanged
 * (https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state).
 */
export function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:#x([\da-f]+);?|#(\d+);?|([a-z][\da-z]*;?))/gi,
		(_whole, hex?: string, decimal?: string, run?: string) => {
			if (run !== undefined) return named(run);
			return numeric(hex === undefined ? Number(decimal) : parseInt(hex, 16));
		},
	);
}
