import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { shownNames } from '../../api/fileIds';
import { asJob, readFailedFiles } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { parametersOf } from '../../fields/parameters';
import { addHint, listInShort, WITHOUT_ITEM } from '../../items/hints';
import { perItem } from '../../items/perItem';
import { joinSentences } from '../../transport/sentences';
import type { Operation } from '../operation';

const oneItemPerFileField: INodeProperties = {
	displayName: 'One Item per File',
	name: 'oneItemPerFile',
	type: 'boolean',
	default: false,
	description:
		'Whether to return an item for each failed file. If off, one item contains the list of all of them.',
};

/**
 * Names each file by its ID. The names follow from all IDs of a job together. If the item is another job's, only the
 * failed files are known.
 */
function withNames(files: IDataObject[], allIds: unknown): IDataObject[] {
	const failed = files.map(({ document }) => String(document));
	const ids = Array.isArray(allIds) ? allIds.map(String) : [];
	const names = shownNames([...new Set([...ids, ...failed])]);
	return files.map((file, place) => ({ file_name: names.get(failed[place]!)!, ...file }));
}

/** Shows which jobs had no item, because none of their files failed. */
function hintAboutNone(ctx: IExecuteFunctions, jobIds: string[]) {
	if (jobIds.length === 0) return;
	const jobs = `${jobIds.length === 1 ? 'job' : 'jobs'} ${listInShort(jobIds)}`;
	addHint(ctx, joinSentences(`No file failed in ${jobs}`, WITHOUT_ITEM), 'info');
}

export const getFailedFiles: Operation = {
	option: {
		name: 'Get Failed Files',
		value: 'getFailedFiles',
		action: 'Get failed files of job',
		description: 'Retrieve the files of a job that failed, each with its reason',
	},
	fields: [jobIdField, oneItemPerFileField],
	execute: async (ctx, results) => {
		const withoutFailed: string[] = [];
		const getOne = perItem(async (_, itemIndex) => {
			const id = jobId(ctx, itemIndex);
			const isSplit = parametersOf(ctx, itemIndex).boolean(oneItemPerFileField);
			const files = await readFailedFiles(ctx, id);
			if (!isSplit) {
				results.add([itemIndex], { failed_files: files });
				return;
			}
			if (files.length === 0) withoutFailed.push(id);
			const given = asJob(ctx.getInputData()[itemIndex]?.json);
			const allIds = given?.id === id ? given.input_file_ids : undefined;
			// n8n considers an item with only `error` a failed one (docs/n8n-notes.md 3.2), so these items have more fields.
			for (const file of withNames(files, allIds)) {
				results.add([itemIndex], { job_id: id, ...file });
			}
		});
		await getOne(ctx, results);
		hintAboutNone(ctx, withoutFailed);
	},
};
