// Prints how many milliseconds it takes to load modules in a process that has already loaded n8n's modules.
// Usage: NODE_PATH=<node_modules of n8n> node requireTime.cjs <module> ...
require(require.resolve('n8n-workflow', { paths: [process.env.NODE_PATH] }));
const began = performance.now();
for (const path of process.argv.slice(2)) require(path);
console.log(performance.now() - began);
