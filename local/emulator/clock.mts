/** The emulator's time, which a test can put forward. Unix milliseconds. */
export class Clock {
	private offsetMs = 0;

	now() {
		return Date.now() + this.offsetMs;
	}

	advance(seconds: number) {
		this.offsetMs += seconds * 1000;
	}

	reset() {
		this.offsetMs = 0;
	}
}

/** A time as the platform writes it: six decimals and `Z`. */
export const timestamp = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');

/** Seconds as an ISO 8601 duration such as `PT1M23.5S`. */
export function duration(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const rest = Math.round((seconds - minutes * 60) * 1000) / 1000;
	return `PT${minutes > 0 ? `${minutes}M` : ''}${rest}S`;
}
