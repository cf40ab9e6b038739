/** The number of cases that a property is tried with. Set `CASES=1000000` for a long search. */
export const CASES = Number(process.env.CASES ?? 1_000);
