/** How many cases a property is tried with; `CASES=1000000` for a long search. */
export const CASES = Number(process.env.CASES ?? 10_000);
