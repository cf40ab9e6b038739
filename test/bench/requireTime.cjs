// Prints how many milliseconds it takes to load modules in a process that has loaded what n8n has anyway.
// Usage: node requireTime.cjs <module> ...
require('n8n-workflow');
const began = performance.now();
for (const path of process.argv.slice(2)) require(path);
console.log(performance.now() - began);
