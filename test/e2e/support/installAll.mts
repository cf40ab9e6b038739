import { installN8n } from '../../../local/n8n/install.mjs';
import { NEWEST, OLDER } from '../../../local/n8n/versions.mjs';

// One after the other: each keeps more than one core busy, and finds most of its packages in the store of the one before.
const { signal } = new AbortController();
for (const release of [NEWEST, ...OLDER]) await installN8n(signal, console.log, release);
