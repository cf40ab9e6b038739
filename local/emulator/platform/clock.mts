/** The emulator's time in Unix milliseconds, which a test can advance. */
export class Clock {
	private offsetMs = 0;

	/** The last stamp, in Unix microseconds. */
	private lastStamp = 0;

	now() {
		return Date.now() + this.offsetMs;
	}

	advance(seconds: number) {
		this.offsetMs += seconds * 1000;
	}

	/** Returns the time in the format of the platform, with six decimals and `Z`. Each stamp is greater than the one before. */
	stamp(): string {
		const micros = Number((process.hrtime.bigint() / 1000n) % 1000n);
		this.lastStamp = Math.max(this.lastStamp + 1, Math.floor(this.now()) * 1000 + micros);
		const rest = String(this.lastStamp % 1000).padStart(3, '0');
		return new Date(Math.floor(this.lastStamp / 1000)).toISOString().replace('Z', `${rest}Z`);
	}

	reset() {
		this.offsetMs = 0;
		this.lastStamp = 0;
	}
}

/** Returns the Unix milliseconds of an ISO time. One without a zone is in UTC, on any machine. */
export const instant = (time: string) =>
	Date.parse(/(z|[+-]\d\d(:?\d\d)?)$/i.test(time) ? time : `${time}Z`);

/** Converts seconds to an ISO 8601 duration such as `PT1M23.5S`. */
export function duration(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const rest = Math.round((seconds - minutes * 60) * 1000) / 1000;
	return `PT${minutes > 0 ? `${minutes}M` : ''}${rest}S`;
}
