import { inspect } from 'node:util';
import { filesAsItems } from '../support/engine.mjs';
import { goOn, LOCAL_FILES, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);
const threeFiles = filesAsItems(
	['a', 'b', 'c'].map((name) => ({ name: `${name}.txt`, data: name })),
);
const runs = () => node.emulator.requests('POST', /\/run$/);

/** A job of another client that finishes after a few seconds. */
const othersJob = async (seconds: number) => {
	const [id] = await node.emulator.addJobs({
		count: 1,
		workflowId: LOCAL_FILES,
		endsIn: { first: seconds, last: seconds },
	});
	return id;
};

describe('while another client has an active job', () => {
	it('fails with the ID of the job and the available options', async () => {
		const id = await othersJob(60);
		const { error } = await node.run(runParameters(), oneFile);
		expect(error?.message).toBe(
			"The workflow 'Local files to elements' already has an active job, so none was started",
		);
		expect(error?.description).toMatch(new RegExp(`Job ${id} is (SCHEDULED|IN_PROGRESS)`));
		expect(error?.description).toContain("'If a Job Is Active'");
		expect(await node.emulator.jobs()).toHaveLength(1);
	});

	it('waits until it is finished, then runs', async () => {
		const id = await othersJob(1);
		const { outputs } = await node.run(runParameters({ options: { ifActive: 'wait' } }), oneFile);
		const jobs = await node.emulator.jobs();
		expect(jobs).toHaveLength(2);
		expect(outputs[0][0].json.id).toBe(jobs[0].id);
		expect(jobs.find((job) => job.id === id)?.status).toBe('COMPLETED');
		// The file was uploaded once, when the workflow was free.
		expect(await runs()).toHaveLength(1);
	});

	it('stops waiting at the time limit and names the active job', async () => {
		const id = await othersJob(60);
		const { error, ms } = await node.run(
			runParameters({ options: { ifActive: 'wait', timeout: 1 } }),
			oneFile,
		);
		expect(error?.message).toContain('was still busy after 1 seconds, so no job was started');
		expect(error?.description).toContain(id);
		expect(ms).toBeLessThan(2_500);
		expect(await runs()).toHaveLength(0);
	});

	it('returns the active job without an upload', async () => {
		const id = await othersJob(60);
		const { outputs } = await node.run(
			runParameters({ options: { ifActive: 'attach' } }),
			threeFiles,
		);
		expect(outputs).toMatchObject([
			[{ json: { id }, pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }] }],
		]);
		expect(await runs()).toHaveLength(0);
	});

	it('returns the active job for every item without starting a job', async () => {
		const id = await othersJob(60);
		const { outputs, ms } = await node.run(
			runParameters({ jobGrouping: 'each', options: { ifActive: 'attach' } }),
			threeFiles,
		);
		expect(outputs[0]).toMatchObject(
			[0, 1, 2].map((item) => ({ json: { id }, pairedItem: { item } })),
		);
		expect(await runs()).toHaveLength(0);
		expect(ms).toBeLessThan(2_000);
	});

	it('evaluates the setting for each item', async () => {
		const id = await othersJob(60);
		const items = filesAsItems(
			['error', 'attach'].map((ifActive) => ({ name: 'a.txt', data: 'a', json: { ifActive } })),
		);
		const { outputs } = await node.run(
			runParameters({ jobGrouping: 'each', options: { ifActive: '={{ $json.ifActive }}' } }),
			items,
			goOn,
		);
		expect(outputs[0]).toMatchObject([
			{ json: { error: expect.stringContaining('already has an active job') as string } },
			{ json: { id } },
		]);
	});

	it('waits for the active job to finish before returning it, if set to wait', async () => {
		const id = await othersJob(600);
		const running = node.run(
			runParameters({ waitForCompletion: true, options: { ifActive: 'attach' } }),
			oneFile,
		);
		await node.emulator.arrived('GET', new RegExp(`/jobs/${id}$`));
		await node.emulator.changeJob(id, { endsIn: 0 });
		const { outputs } = await running;
		expect(outputs[0][0].json).toMatchObject({ id, status: 'COMPLETED' });
	});

	it.each([
		[202, { detail: 'There is a running job in progress. No new job run.' }],
		[409, { detail: 'Workflow already has a job scheduled or in progress' }],
		[400, { detail: 'No new job run.' }],
		[429, { detail: 'Workflow already has a job in progress' }],
	])('recognizes the response %d %j as an active job', async (status, body) => {
		await node.emulator.faults({ method: 'POST', path: '/run$', status, body, times: null });
		const { error } = await node.run(runParameters(), oneFile);
		expect(error?.message).toContain('already has an active job');
		expect(await runs()).toHaveLength(1);
	});

	it("masks the key in the message when the server's response contains it", async () => {
		const { key } = node.emulator;
		const body = { detail: `No new job run for the key ${key}` };
		await node.emulator.faults({ method: 'POST', path: '/run$', status: 202, body });
		const { error } = await node.run(runParameters(), oneFile);
		expect(error?.description).toContain('No new job run for the key');
		expect(inspect(error, { depth: 9 })).not.toContain(key);
	});

	it('does not mistake a job that ran meanwhile with the same file name for its own', async () => {
		const other = await othersJob(600);
		const waiting = node.run(
			// The next check comes long after the other run, even on a busy machine.
			runParameters({ options: { ifActive: 'wait', pollInterval: 10 } }),
			oneFile,
		);
		await node.emulator.arrived('GET', /\/jobs\/.+/);
		await node.emulator.changeJob(other, { endsIn: 0 });
		await node.run(runParameters({ options: { ifActive: 'wait' } }), oneFile);
		const [{ id }] = await node.emulator.jobs();
		await node.emulator.faults({ method: 'POST', path: '/run$', reset: 'before' });
		const { error, outputs } = await waiting;
		expect(error?.message).toContain('so a job may or may not have started');
		expect(error?.description).not.toContain(id);
		expect(outputs).toEqual([]);
		expect(await runs()).toHaveLength(2);
	});

	describe('in an unknown state', () => {
		const queuedJob = async () => {
			const id = await othersJob(60);
			await node.emulator.changeJob(id, { status: 'QUEUED' });
			return id;
		};

		it('returns the job', async () => {
			const id = await queuedJob();
			const { outputs } = await node.run(
				runParameters({ options: { ifActive: 'attach' } }),
				oneFile,
			);
			expect(outputs[0]).toMatchObject([{ json: { id, status: 'QUEUED' } }]);
			expect(await runs()).toHaveLength(1);
		});

		it('waits for the job to finish, then runs', async () => {
			const id = await queuedJob();
			const running = node.run(runParameters({ options: { ifActive: 'wait' } }), oneFile);
			await node.emulator.arrived('GET', new RegExp(`/jobs/${id}$`), 2);
			await node.emulator.changeJob(id, { status: 'COMPLETED' });
			const { outputs } = await running;
			const jobs = await node.emulator.jobs();
			expect(jobs).toHaveLength(2);
			expect(outputs[0]).toMatchObject([{ json: { id: jobs[0].id } }]);
			expect(await runs()).toHaveLength(2);
		});
	});

	describe('that cannot be read', () => {
		const id = '00000000-0000-4000-8000-000000000000';
		const listed = {
			path: '^/jobs/$',
			status: 200,
			body: [{ id, workflow_id: LOCAL_FILES, status: 'IN_PROGRESS' }],
		};
		const waitThenRun = () => node.run(runParameters({ options: { ifActive: 'wait' } }), oneFile);

		it('runs if the job no longer exists', async () => {
			await node.emulator.faults(listed);
			const { outputs } = await waitThenRun();
			const jobs = await node.emulator.jobs();
			expect(outputs[0]).toMatchObject([{ json: { id: jobs[0].id } }]);
		});

		it('pauses between uploads while the job keeps the workflow busy', async () => {
			const busy = await othersJob(60);
			const body = { detail: 'Job not found' };
			await node.emulator.faults({ path: `/jobs/${busy}$`, status: 404, body, times: null });
			const { error } = await node.run(
				runParameters({ options: { ifActive: 'wait', timeout: 1 } }),
				oneFile,
			);
			expect(error?.message).toContain('already has an active job');
			expect((await runs()).length).toBeLessThan(8);
		});

		it('reports that the key lacks permission', async () => {
			await node.emulator.faults(listed, { path: `/jobs/${id}$`, status: 403, body: {} });
			const { error } = await waitThenRun();
			expect(error?.message).toBe("The API key doesn't have permission for this");
			expect(await runs()).toHaveLength(0);
		});
	});
});

it('stops retrying if a run is rejected for an active job that is not in the list', async () => {
	const body = { detail: 'There is a running job in progress. No new job run.' };
	await node.emulator.faults({ method: 'POST', path: '/run$', status: 202, body, times: null });
	const { error } = await node.run(runParameters({ options: { ifActive: 'attach' } }), oneFile);
	expect(error?.message).toContain('already has an active job');
	expect(error?.description).toContain('No new job run');
	expect((await runs()).length).toBeLessThan(6);
});
