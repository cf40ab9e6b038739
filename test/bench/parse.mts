/** Prints how many milliseconds JSON.parse takes for the answer of a URL, once it is a text. Usage: tsx parse.mts <URL> */
const parse = (text: string) => {
	const began = performance.now();
	const elements = JSON.parse(text) as unknown[];
	return { ms: performance.now() - began, count: elements.length };
};

const get = async (url: string) => await (await fetch(url)).text();

const [, , url = ''] = process.argv;
parse(await get(url.replace(/[^/]+(?=\/download)/, 'little')));
const { ms, count } = parse(await get(url));
if (count === 0) throw new Error('The output is empty');
console.log(ms);
