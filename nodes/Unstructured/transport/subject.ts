import { joinSentences } from './sentences';

/** A record that a request names. */
export interface NamedRecord {
	/** In lower case, for example `workflow`. */
	noun: string;
	id?: string;
	/** What to do if it is not found, instead of the general advice. */
	advice?: string;
}

/** The record that a call is about, for its error texts: "The workflow 'f0a1…'". */
export interface Subject extends NamedRecord {
	/** Further records that the request names, for example in a filter. */
	others?: NamedRecord[];
}

const shown = (id: string) => `'${id.slice(0, 100)}'`;

/** Names the subject at the beginning of an error text. */
export const named = ({ noun, id }: NamedRecord) =>
	id ? `The ${noun} ${shown(id)}` : `The ${noun}`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, the usual form of an ID (docs/api-notes.md 1.8). */
export const isUuid = (id: string) => UUID.test(id);

interface IdKind {
	/** What the server calls the ID in a request. */
	key: string;
	/** The other form that an ID has, next to a UUID. */
	form?: RegExp;
	/** Where to find the ID, in full sentences. */
	source: string;
}

const list = (title: string) =>
	`To find it by name, select 'From List'. '${title}: Get Many' returns the IDs.`;

/** The records whose IDs are entered, by noun. */
const ID_KINDS: Record<string, IdKind> = {
	destination: { key: 'destination_id', source: list('Destination') },
	job: {
		key: 'job_id',
		source:
			"The node that started the job returned it as 'id', and 'Job: Get Many' returns it too.",
	},
	node: {
		key: 'node_id',
		source: "'output_node_files' of the job lists the IDs of its nodes.",
	},
	'notification channel': {
		key: 'channel_id',
		form: /^ep_/,
		source: list('Notification Channel'),
	},
	source: { key: 'source_id', source: list('Source') },
	template: { key: 'template_id', form: /^[a-z0-9]+(_[a-z0-9]+)+$/, source: list('Template') },
	workflow: { key: 'workflow_id', source: list('Unstructured Workflow') },
};

const hasForm = ({ noun, id = '' }: NamedRecord) =>
	isUuid(id) || !ID_KINDS[noun] || ID_KINDS[noun].form?.test(id) === true;

/** Whether a 422 rejects the ID of a record: any fault in a path, or no UUID in a query or body. */
function isRejected({ noun }: NamedRecord, detail: string) {
	const key = ID_KINDS[noun]?.key;
	const at = `(^|[^.\\w])(path\\.${key}\\b|(query\\.)?${key}: [^;]*\\buuid)`;
	return key !== undefined && new RegExp(at, 'i').test(detail);
}

/** Returns the record whose ID a 422 rejects. A path may call the ID of the subject by another name. */
const rejectedRecord = (detail: string, subject: Subject) =>
	[subject, ...(subject.others ?? [])].find((record) => isRejected(record, detail)) ??
	(ID_KINDS[subject.noun] && /(^|[^.\w])path\./.test(detail) ? subject : undefined);

/** Whether a 404 is about one of the further records. */
const isMissed = ({ noun, id }: NamedRecord, detail: string) =>
	id !== undefined && (detail.includes(id) || detail.toLowerCase().startsWith(noun));

/**
 * Returns the record that a 404 is about: one of the further records if the server names it, or the subject itself.
 * @param detail what the server said, from `serverDetail`
 */
export function missingRecord(detail: string, subject: Subject): NamedRecord {
	if (subject.id && detail.includes(subject.id)) return subject;
	return subject.others?.find((other) => isMissed(other, detail)) ?? subject;
}

/**
 * Explains that a name or another text was entered as an ID, if that is why the server rejected or did not find the record.
 * @param detail what the server said, from `serverDetail`
 */
export function explainNoId(statusCode: number, detail: string, subject: Subject) {
	const missing = statusCode === 404 ? missingRecord(detail, subject) : undefined;
	const rejected = statusCode === 422 ? rejectedRecord(detail, subject) : undefined;
	const found = missing && !hasForm(missing) ? missing : rejected;
	if (!found?.id) return undefined;
	const { noun, id } = found;
	return {
		message: `${shown(id)} is not an ID of a ${noun}`,
		description: joinSentences(
			`Enter the ID of the ${noun} instead of a name`,
			ID_KINDS[noun]?.source,
			'If an expression is used, check what it returns',
			missing &&
				`If it was an ID, the ${noun} may have been deleted, or it may belong to an account that the API key doesn't belong to`,
		),
		isWhole: true,
	};
}
