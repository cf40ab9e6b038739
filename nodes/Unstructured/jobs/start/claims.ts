import { sameFiles } from '../../api/fileIds';

/**
 * A start whose job is not known yet: its request is in progress, or its outcome is in doubt. All executions of this n8n process
 * share one registry, so no two of them can claim one job.
 */
export interface PendingStart {
	/** Undefined for an on-demand job. */
	workflowId?: string;
	fileNames: string[];
	/** When the last byte was passed to the network, in Unix milliseconds of this machine; undefined before. */
	handedOverAt: () => number | undefined;
	/** Starts that were pending at the same time and ended in doubt: a job may be theirs. */
	doubtful: PendingStart[];
}

const MOST_CLAIMS = 20_000;

const claims = new Set<string>();
const pending = new Set<PendingStart>();

/**
 * Claims a job for the execution that returned it or named it in an error. The ID alone counts, because one account may have
 * several API URLs, such as that of a gateway.
 */
export function claimJob(jobId: string) {
	claims.add(jobId);
	for (const oldest of claims) {
		if (claims.size <= MOST_CLAIMS) break;
		claims.delete(oldest);
	}
}

export const isClaimed = (jobId: string) => claims.has(jobId);

export function beginStart(start: PendingStart) {
	pending.add(start);
}

/** @param isDoubtful whether a job of this start may still appear */
export function endStart(start: PendingStart, isDoubtful: boolean) {
	pending.delete(start);
	if (isDoubtful) for (const other of pending) other.doubtful.push(start);
}

/** Whether a job with these files may be that of another start of this process. */
export const mayBeAnothers = (start: PendingStart, fileIds: string[]) =>
	[...pending, ...start.doubtful].some(
		(other) =>
			other !== start &&
			other.workflowId === start.workflowId &&
			other.handedOverAt() !== undefined &&
			sameFiles(fileIds, other.fileNames),
	);
