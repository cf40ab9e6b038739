/**
 * Runs n8n's scanner for community packages offline: the same rules on the sources and on the packed package. The
 * scanner's own command needs a published package with provenance. Usage: tsx test/support/scan.mts <checkout> <unpacked package>
 */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (
		directory: string,
		patterns: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
}

const path: string = '@n8n/scan-community-package/scanner/scanner.mjs';
const { analyzePackage, SOURCE_FILE_PATTERNS } = (await import(path)) as Scanner;

const [checkout = '.', unpacked = '.'] = process.argv.slice(2);
const results = {
	sources: await analyzePackage(checkout, SOURCE_FILE_PATTERNS),
	// The files of a tarball that the scanner reads.
	package: await analyzePackage(unpacked, ['**/*.js', 'package.json']),
};
process.stdout.write(JSON.stringify(results));
