import type { Found } from './element.mjs';

/** Image types by their first bytes. */
const SIGNATURES: Array<[Buffer, string]> = [
	[Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image/png'],
	[Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
	[Buffer.from('GIF8'), 'image/gif'],
];

/** Returns the type of an image by its first bytes. Undefined for anything else. */
export const imageType = (content: Buffer): string | undefined =>
	SIGNATURES.find(([start]) => content.subarray(0, start.length).equals(start))?.[1];

/** Returns an image with its content, like the platform. */
export const image = (base64: string, mimeType: string, text: string): Found => ({
	type: 'Image',
	text,
	metadata: { image_base64: base64, image_mime_type: mimeType },
});
