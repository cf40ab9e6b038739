import { readContract } from '../../../local/emulator/http/contract.mjs';
import { handlers } from '../../../local/emulator/routes/index.mjs';

it('has a handler for every operation, and no other handlers', () => {
	const operations = Object.values(readContract().paths)
		.flatMap((path) => Object.values(path))
		.flatMap(({ operationId }) => operationId ?? []);
	expect(operations.length).toBeGreaterThan(0);
	expect(Object.keys(handlers).sort()).toEqual(operations.sort());
});
