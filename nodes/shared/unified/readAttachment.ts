import type { DraftAttachment } from './entryDraft';
import { isAbsent, type Findings } from './readObject';

const PDF_NAME = /^[a-zA-Z0-9\-_ ]{1,196}(?:\.pdf)?$/;

/** The file of an entry: the one in its body, or the one given beside it. */
export function readAttachment(
	body: Record<string, unknown>,
	file: DraftAttachment | undefined,
	findings: Findings,
): DraftAttachment | undefined {
	const pdf = readPdf(body, findings);
	if (pdf && file) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'pdf',
			'pdf: the entry has a binary file as well, and takes one attachment. Give one, and add the other with Add Attachment.',
		);
	}
	return pdf ?? file;
}

function readPdf(body: Record<string, unknown>, findings: Findings): DraftAttachment | undefined {
	const name = findings.text(body.pdf_name, 'pdf_name');
	if (name !== undefined && !PDF_NAME.test(name)) {
		findings.add('ERROR_DATA_VALIDATION', 'pdf_name', 'pdf_name: use letters, digits, blanks, - and _, and at most 200 characters.');
	}
	if (isAbsent(body.pdf)) {
		if (name !== undefined) findings.hints.push('pdf_name: there is no pdf that it could name; it was not used.');
		return undefined;
	}
	const base64 = typeof body.pdf === 'string' ? body.pdf.replace(/^data:application\/pdf;base64,/, '').replace(/\s+/g, '') : '';
	if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
		findings.add(
			'ERROR_INVALID_BASE64_STRING',
			'pdf',
			'pdf: this is not base64. Give the file’s bytes in base64, or use the binary field.',
		);
		return undefined;
	}
	const fileName = name ?? 'attachment.pdf';
	return {
		name: fileName.endsWith('.pdf') ? fileName : `${fileName}.pdf`,
		mimeType: 'application/pdf',
		content: Buffer.from(base64, 'base64'),
	};
}
