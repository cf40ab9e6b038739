const BLOCKS = new Set(
	(
		'address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
		'footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search section summary ' +
		'table tbody td tfoot th thead tr ul'
	).split(' '),
);

const LISTS = new Set(['dir', 'menu', 'ol', 'ul']);

/** Whether a browser starts a new line at this tag. */
export const isBlock = (name: string) => BLOCKS.has(name);

/** Collects the text of some HTML in one line. Blocks are separated by a space, and list items by semicolons. */
export class FlowText {
	private text = '';

	/** The separator before the next word. */
	private gap: '' | ' ' | '; ' = '';

	/** The number of items of each open list, the innermost last. */
	private lists: number[] | undefined;

	add(text: string) {
		const line = text.replace(/\s+/g, ' ');
		const words = line.trim();
		if (line.startsWith(' ')) this.gap ||= ' ';
		if (!words) return;
		this.text += (this.text && this.gap + words) || words;
		this.gap = line.endsWith(' ') ? ' ' : '';
	}

	startTag(name: string) {
		if (name === 'li') this.startItem();
		else if (isBlock(name)) this.gap ||= ' ';
		if (LISTS.has(name)) (this.lists ??= [0]).push(0);
	}

	endTag(name: string) {
		if (isBlock(name)) this.gap ||= ' ';
		if (LISTS.has(name) && this.lists && this.lists.length > 1) this.lists.pop();
	}

	private startItem() {
		const lists = (this.lists ??= [0]);
		const innermost = lists.length - 1;
		if (lists[innermost]! > 0) this.gap = '; ';
		else this.gap ||= ' ';
		lists[innermost]!++;
	}

	toString() {
		return this.text;
	}
}
