import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readOutputFormat } from '../../fields/outputFormat';
import type { OutputFile } from '../../jobs/output/outputFiles';
import { readFileOutput } from '../../jobs/output/readOutput';

export { outputFormatField } from '../../fields/outputFormat';

/** One item of the results of a file. */
export type FileResult = INodeExecutionData;

/** The reader of the format that was chosen. Throws a NodeOperationError when there is no such format. */
export function readFormat(ctx: IExecuteFunctions, itemIndex: number) {
	const format = readOutputFormat(ctx, itemIndex);
	return async (_ctx: IExecuteFunctions, file: OutputFile): Promise<FileResult[]> =>
		(await readFileOutput(ctx, file, format)).items;
}
