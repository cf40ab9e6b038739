/** The number of cases for each property. Set `CASES=1000000` for a long search. */
export const CASES = Number(process.env.CASES ?? 1_000);
