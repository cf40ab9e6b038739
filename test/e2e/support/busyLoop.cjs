// Preloaded into n8n: while the file named by BUSY_WHILE exists, the event loop is blocked for 300 of every 350 ms.
const { existsSync } = require('node:fs');

setInterval(() => {
	if (!existsSync(process.env.BUSY_WHILE)) return;
	for (const end = Date.now() + 300; Date.now() < end; );
}, 350).unref();
