import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { MOST_FILE_BYTES } from '../fortnox/bounds';
import { LedgerError } from '../ledger/problems';
import type { DraftAttachment } from '../unified/entryDraft';
import { isObject, plainText } from '../unified/readObject';
import type { Run } from './run';

/**
 * Where a file of an input item is, in either of n8n's ways to keep files: beside the item's JSON (`binary`), or in it, where a
 * path or an expression names it.
 *
 * @param given what the parameter holds: a field's name, a path, or n8n's own description of a file
 * @throws {LedgerError} where there is no such file
 */
export function fileOf({ items }: Run, item: number, given: unknown): IBinaryData {
	const binary = fileIfThere({ items }, item, given);
	if (binary !== undefined) return binary;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'binaryPropertyName',
		message: `binaryPropertyName: item ${item} has no binary field '${plainText(given)}'. ${fieldsOf('Its binary data', filesOf(items.get(item)))}`,
	});
}

/** What {@link fileOf} finds; undefined where there is no such file. */
export function fileIfThere({ items }: Pick<Run, 'items'>, item: number, given: unknown): IBinaryData | undefined {
	return isBinaryData(given) ? given : fileAt(items.get(item), plainText(given));
}

/**
 * What {@link fileOf} finds, where it has no more bytes than it may. Its content is not read.
 *
 * @throws {LedgerError} where there is no such file, or it is larger
 */
export async function boundedFileOf(run: Run, item: number, given: unknown, most = MOST_FILE_BYTES): Promise<IBinaryData> {
	const binary = fileOf(run, item, given);
	const { helpers } = run.context;
	// n8n keeps a file's content in its base64 text, or elsewhere under an id.
	const size = binary.id === undefined ? bytesOfBase64(binary.data) : (await helpers.getBinaryMetadata(binary.id)).fileSize;
	if (size > most) throw tooLarge(binary.fileName ?? plainText(given), size, most);
	return binary;
}

function bytesOfBase64(text: string): number {
	const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
	return Math.floor((text.length * 3) / 4) - padding;
}

/**
 * The content of the file that {@link fileOf} finds.
 *
 * @param most bytes that a file may have; one with more is refused before it is read
 * @throws {LedgerError} where there is no such file, or it is empty
 */
export async function readBinary(run: Run, item: number, given: unknown, most = MOST_FILE_BYTES): Promise<DraftAttachment> {
	const binary = await boundedFileOf(run, item, given, most);
	const content = await run.context.helpers.getBinaryDataBuffer(item, binary);
	if (content.length > most) throw tooLarge(binary.fileName ?? plainText(given), content.length, most);
	if (content.length === 0) {
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			field: 'binaryPropertyName',
			message: `binaryPropertyName: the file '${binary.fileName ?? plainText(given)}' of item ${item} is empty. Correct the node that reads it.`,
		});
	}
	return {
		name: binary.fileName ?? `attachment.${binary.fileExtension ?? 'bin'}`,
		mimeType: binary.mimeType,
		content,
	};
}

function tooLarge(name: string, size: number, most: number): LedgerError {
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'binaryPropertyName',
		message: `binaryPropertyName: the file '${name}' has ${Math.ceil(size / 1024 / 1024)} MB, and at most ${most / 1024 / 1024} MB are read at once. Take a smaller file; of a SIE file, export a shorter period.`,
	});
}

/** Where workflows with the binary mode 'combined' keep the files in an item's JSON. */
const FILES_IN_JSON = '_files';

function filesOf(item: INodeExecutionData | undefined): Record<string, unknown> {
	const inJson = item?.json[FILES_IN_JSON];
	return { ...(isObject(inJson) && inJson), ...item?.binary };
}

/** By the name of its binary field, or by its path in the JSON, such as `_files.data`. */
function fileAt(item: INodeExecutionData | undefined, name: string): IBinaryData | undefined {
	const files = filesOf(item);
	const byName = Object.hasOwn(files, name) ? files[name] : undefined;
	const path = name.split(/[.[\]'"]+/).filter(Boolean);
	const byPath = path.reduce<unknown>((at, part) => (isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined), item?.json);
	return [byName, byPath].find(isBinaryData);
}

function isBinaryData(value: unknown): value is IBinaryData {
	return isObject(value) && typeof value.mimeType === 'string' && ('data' in value || 'id' in value);
}

/** The names of an object's fields, an invisible byte order mark (a file's first column may start with one) made visible. */
export function fieldsOf(whose: string, json: Record<string, unknown>): string {
	const names = Object.keys(json).map((name) => `'${name.replace('\uFEFF', '\\uFEFF')}'`);
	return names.length === 0 ? `${whose} has no fields.` : `${whose} has the fields ${names.join(', ')}.`;
}
