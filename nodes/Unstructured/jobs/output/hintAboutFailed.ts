import type { IExecuteFunctions } from 'n8n-workflow';
import { addHint } from '../../items/hints';
import { joinSentences } from '../../transport/sentences';
import { describeFailure } from '../../api/failureReasons';

const MOST_REASONS = 3;

interface File {
	fileName: string;
	/** Why it failed, if it did. */
	failure?: string;
}

/** Shows which files failed in jobs that are completed, with the first reasons. To be called once for all files of an execution. */
export function hintAboutFailed(ctx: IExecuteFunctions, files: File[]) {
	const reasons = files.flatMap(({ fileName, failure }) =>
		failure === undefined ? [] : [describeFailure(fileName, failure)],
	);
	if (reasons.length === 0) return;
	addHint(
		ctx,
		joinSentences(
			`${reasons.length} of ${files.length} files couldn't be processed`,
			`Reasons: ${reasons.slice(0, MOST_REASONS).join('; ')}`,
			'Check these files, and process them again.',
		),
	);
}
