import NodeForm from 'form-data';

/** The form-data package, whose parts may have any headers, as a body that Node's own client sends. */
export class FormData extends NodeForm {
	body() {
		return new Uint8Array(this.getBuffer());
	}
}
