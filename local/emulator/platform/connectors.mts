import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.mjs';

export interface Connector {
	id: string;
	/** A second name by which it can be found. */
	key?: string;
	name: string;
	/** The type, for example `s3`. Any word is accepted. */
	type: string;
	config: Record<string, unknown>;
	/** ISO times. */
	created_at: string;
	updated_at: string | null;
}

export type GivenConnector = Pick<Connector, 'name' | 'type' | 'config' | 'key'> & { id?: string };

interface Check {
	id: string;
	/** ISO time. */
	created_at: string;
	/** In Unix milliseconds of the emulator's clock. */
	endsAt: number;
	/** Null if it succeeds. */
	reason: string | null;
}

/** A connection check fails if the config contains this value. */
const BROKEN = 'invalid';

function whyNot(config: Connector['config']): string | null {
	const [key] = Object.entries(config).find(([, value]) => value === BROKEN) ?? [];
	return key === undefined ? null : `Could not connect: the value of '${key}' was rejected.`;
}

/** The sources or the destinations, in the order of their creation. */
export class Connectors {
	private readonly connectors = new Map<string, Connector>();

	/** The latest connection checks, by connector ID. */
	private readonly checks = new Map<string, Check>();

	constructor(
		private readonly clock: Clock,
		private readonly seeds: GivenConnector[],
	) {
		this.reset();
	}

	reset() {
		this.connectors.clear();
		this.checks.clear();
		for (const seed of this.seeds) this.create(seed);
	}

	create({ id = randomUUID(), key, name, type, config }: GivenConnector): Connector {
		const connector = {
			id,
			...(key !== undefined && { key }),
			name,
			type,
			config,
			created_at: this.clock.stamp(),
			updated_at: null,
		};
		this.connectors.set(id, connector);
		return connector;
	}

	/** Finds a connector by its ID or its key. */
	get(id: string) {
		return this.connectors.get(id) ?? this.list().find(({ key }) => key === id);
	}

	list(): Connector[] {
		return [...this.connectors.values()];
	}

	update(connector: Connector, config: Connector['config']): Connector {
		return Object.assign(connector, { config, updated_at: this.clock.stamp() });
	}

	delete(id: string) {
		this.connectors.delete(id);
		this.checks.delete(id);
	}

	/** Starts a check. @param seconds its duration */
	startCheck({ id, config }: Connector, seconds: number) {
		this.checks.set(id, {
			id: randomUUID(),
			created_at: this.clock.stamp(),
			endsAt: this.clock.now() + seconds * 1000,
			reason: whyNot(config),
		});
	}

	/** Returns the latest check in the format of the API. */
	check(connectorId: string) {
		const check = this.checks.get(connectorId);
		if (!check) return undefined;
		const { id, created_at, endsAt, reason } = check;
		if (this.clock.now() < endsAt) return { id, status: 'SCHEDULED', created_at };
		return {
			id,
			status: reason === null ? 'SUCCESS' : 'FAILURE',
			reason,
			created_at,
			reported_at: new Date(endsAt).toISOString(),
		};
	}
}
