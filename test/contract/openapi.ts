import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Fortnox's own OpenAPI document, where it lies beside the repository. It is not part of the project. */
export const CONTRACT_FILE = join(__dirname, '..', '..', '..', 'shared', 'data', 'fortnox-openapi.json');

const contractPresent = existsSync(CONTRACT_FILE);

/** Jest's `describe` where the document is there; else a skipped one, with a note. */
export function describeContract(name: string, tests: () => void): void {
	if (!contractPresent) console.info(`${name}: skipped, since Fortnox's OpenAPI document is not beside the repository`);
	(contractPresent ? describe : describe.skip)(name, tests);
}

/** A request with what is known of its answer: an entry of the sandbox's log, or a recording of one's own. */
export interface Exchange {
	method: string;
	path: string;
	query: Record<string, string>;
	/** Parsed JSON of the request. */
	body?: unknown;
	/** 0 where no answer came. */
	status: number;
	/** Parsed JSON of the answer; not checked where absent. */
	answer?: unknown;
}

/*
 * Where the wire, recorded or reported, differs from the document. Everything else must agree with it.
 *
 * - Lists carry MetaInformation, which most of their schemas lack (recorded).
 * - Any field of an answer may be null (recorded).
 * - Query parameters are lower case (recorded): `date`, where the document has `Date`.
 * - Error keys are lower case where the status is 400 (recorded).
 * - A bad token is answered `{"message":"unauthorized"}` (recorded).
 * - ReferenceType may be "" (a live answer).
 * - A predefined account that is not set has Account 0 (a library’s log of a live answer).
 * - POST of a voucher works without Year, which the schema requires (live tests of a library).
 * - PUT is a merge, so nothing is required of its body (recorded).
 * - ProjectNumber in a path is a string of up to 20 characters, as in the body.
 * - A voucher file connection has Name (reported, and in a library).
 * - SIE is answered 200 with the file; the document knows 204 alone (live tests of a library).
 * - An inbox folder is answered as JSON, a file as bytes, at the same path.
 */

/** Recorded, live tests of a library, and the date of a year by Fortnox's page on parameters. */
const YEAR = ['financialyear', 'financialyeardate'];

/** Query parameters that work though the document lacks them, with where that is known from. */
export const UNDOCUMENTED_QUERY: Readonly<Record<string, readonly string[]>> = {
	// Fortnox's page on parameters.
	'*': ['limit', 'page', 'offset', 'sortby', 'sortorder', 'lastmodified', 'filter'],
	'/3/accounts': YEAR,
	'/3/accounts/{Number}': YEAR,
	'/3/voucherseries': YEAR,
	'/3/voucherseries/{Code}': YEAR,
	// Fortnox's page on parameters.
	'/3/vouchers': ['financialyeardate', 'fromdate', 'todate', 'voucherseries', 'costcenter'],
	'/3/vouchers/sublist': [...YEAR, 'fromdate', 'todate', 'voucherseries', 'costcenter'],
	'/3/vouchers/sublist/{VoucherSeries}': ['financialyeardate', 'fromdate', 'todate', 'voucherseries', 'costcenter'],
	'/3/vouchers/{VoucherSeries}/{VoucherNumber}': ['financialyeardate'],
	// Reported to work, and used by a library.
	'/3/voucherfileconnections': [
		'financialyear',
		'financialyeardate',
		'voucheryear',
		'voucherseries',
		'vouchernumber',
		'voucherdescription',
	],
	// Live tests of a library; a client sends the dates.
	'/3/inbox': ['fileid'],
	'/3/supplierinvoices': ['fromdate', 'todate'],
	'/3/sie/{Type}': ['fromdate', 'todate', 'exportall', 'selection'],
};

/** Operations that work though the document lacks them. */
const UNDOCUMENTED_OPERATIONS = [/^DELETE \/3\/vouchers\/[^/]+\/\d+$/];

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const child = (value: unknown, name: string): unknown => (isJson(value) ? value[name] : undefined);

interface Operation {
	template: string;
	method: string;
	pattern: RegExp;
	/** Literal segments first. */
	parameters: number;
	definition: Json;
}

class Contract {
	private readonly operations: Operation[];
	private readonly requests: Ajv;
	private readonly answers: Ajv;
	private readonly validators = new Map<string, ValidateFunction>();

	constructor(document: Json) {
		this.operations = Object.entries(isJson(document.paths) ? document.paths : {})
			.flatMap(([template, methods]) =>
				Object.entries(isJson(methods) ? methods : {}).map(([method, definition]) => ({
					template,
					method: method.toUpperCase(),
					pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '([^/]+)')}/?$`),
					parameters: template.split('{').length - 1,
					definition: isJson(definition) ? definition : {},
				})),
			)
			.sort((a, b) => a.parameters - b.parameters);
		this.requests = schemas(document, (name, schema) => tightenRequest(name, schema));
		this.answers = schemas(document, (name, schema) => loosenAnswer(name, schema));
	}

	check(exchange: Exchange): string[] {
		const { method, path } = exchange;
		if (!path.startsWith('/3/')) return [];
		if (UNDOCUMENTED_OPERATIONS.some((known) => known.test(`${method} ${path}`))) return [];
		const operation = this.operations.find((candidate) => candidate.method === method && candidate.pattern.test(path));
		if (!operation) return exchange.status === 404 ? [] : [`${method} ${path} is not in the document`];
		return [
			...checkPath(operation, path),
			...checkQuery(operation, exchange.query),
			...this.checkBody(operation, exchange),
			...this.checkAnswer(operation, exchange),
		].map((problem) => `${method} ${path}: ${problem}`);
	}

	private checkBody(operation: Operation, { method, body, status }: Exchange): string[] {
		if (method !== 'POST' && method !== 'PUT') return body === undefined ? [] : ['a body where there is none'];
		const content = child(child(operation.definition, 'requestBody'), 'content');
		if (child(content, 'multipart/form-data') !== undefined) return [];
		const reference = child(child(child(content, '*/*'), 'schema'), '$ref');
		// A request that Fortnox refuses need not fit the document.
		if (typeof reference !== 'string' || status >= 400) return [];
		return this.validate(method === 'PUT' ? 'put' : 'post', reference, body);
	}

	private checkAnswer({ definition }: Operation, { status, answer }: Exchange): string[] {
		if (status === 0 || answer === undefined) return [];
		if (status === 401) return isJson(answer) && answer.message === 'unauthorized' ? [] : ['a 401 of another form'];
		const responses = child(definition, 'responses');
		const response = child(responses, String(status)) ?? (status >= 400 ? child(responses, 'default') : undefined);
		if (response === undefined) return [`status ${status} is not in the document`];
		const content = child(response, 'content');
		const schema = child(child(content, 'application/json'), 'schema') ?? child(child(content, '*/*'), 'schema');
		const reference = child(schema, '$ref');
		if (typeof reference !== 'string') return [];
		return this.validate('answer', reference, status >= 400 ? capitalErrorKeys(answer) : answer);
	}

	private validate(kind: 'post' | 'put' | 'answer', reference: string, value: unknown): string[] {
		const key = `${kind} ${reference}`;
		let validator = this.validators.get(key);
		if (!validator) {
			const ajv = kind === 'answer' ? this.answers : this.requests;
			validator = ajv.compile({ $ref: `fortnox${reference}` });
			this.validators.set(key, validator);
		}
		if (validator(value)) return [];
		return (validator.errors ?? [])
			.filter((error) => !(kind === 'put' && error.keyword === 'required'))
			.map((error) => `${kind === 'answer' ? 'answer' : 'body'}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
	}
}

function schemas(document: Json, change: (name: string, schema: Json) => void): Ajv {
	const copy = structuredClone(document);
	const all = child(child(copy, 'components'), 'schemas');
	for (const [name, schema] of Object.entries(isJson(all) ? all : {})) if (isJson(schema)) change(name, schema);
	const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
	addFormats(ajv);
	for (const format of ['double', 'int32', 'int64', 'byte']) ajv.addFormat(format, true);
	ajv.addSchema({ $id: 'fortnox', components: copy.components });
	return ajv;
}

/** A field that the document lacks is an error in a request. */
function tightenRequest(name: string, schema: Json): void {
	schema.additionalProperties = false;
	if (name === 'fortnox_Voucher' && Array.isArray(schema.required)) {
		schema.required = schema.required.filter((field) => field !== 'Year');
	}
}

/** Applies the deviations of answers. A field that the document lacks is an error here as well. */
function loosenAnswer(name: string, schema: Json): void {
	const properties = isJson(schema.properties) ? schema.properties : {};
	for (const [field, property] of Object.entries(properties)) {
		if (!isJson(property)) continue;
		if (Array.isArray(property.enum)) property.enum = [...property.enum, null, ...(field === 'ReferenceType' ? [''] : [])];
		if (typeof property.type === 'string') property.type = [property.type, 'null'];
		if (typeof property.$ref === 'string') properties[field] = { anyOf: [{ $ref: property.$ref }, { type: 'null' }] };
	}
	const lists = Object.values(properties).some((property) => isJson(property) && isJson(property.items));
	if (lists) properties.MetaInformation = { $ref: '#/components/schemas/fortnox_MetaInformation' };
	if (name === 'fortnox_VoucherFileConnection') properties.Name = { type: ['string', 'null'] };
	if (name === 'fortnox_PredefinedAccount' && isJson(properties.Account)) properties.Account.minimum = 0;
	schema.properties = properties;
	schema.additionalProperties = false;
}

function capitalErrorKeys(answer: unknown): unknown {
	const information = child(answer, 'ErrorInformation');
	if (!isJson(information) || !('error' in information)) return answer;
	const { error, message, code, ...rest } = information;
	return { ErrorInformation: { Error: error, Message: message, Code: code, ...rest } };
}

function checkPath({ template, definition, pattern }: Operation, path: string): string[] {
	const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
	const values = pattern.exec(path)?.slice(1) ?? [];
	return names.flatMap((name, index) => {
		const parameter = parametersOf(definition).find((each) => each.in === 'path' && each.name === name);
		const integer = child(parameter?.schema, 'type') === 'integer' && name !== 'ProjectNumber';
		return integer && !/^\d+$/.test(values[index] ?? '') ? [`${name} in the path is not a whole number: ${values[index]}`] : [];
	});
}

function checkQuery({ template, definition }: Operation, query: Record<string, string>): string[] {
	const documented = parametersOf(definition).filter((parameter) => parameter.in === 'query');
	return Object.entries(query).flatMap(([name, value]) => {
		const parameter = documented.find((each) => String(each.name).toLowerCase() === name.toLowerCase());
		if (!parameter) {
			const known = [...(UNDOCUMENTED_QUERY['*'] ?? []), ...(UNDOCUMENTED_QUERY[template] ?? [])];
			return known.includes(name) ? [] : [`the query parameter ${name} is neither in the document nor known to work`];
		}
		const integer = child(parameter.schema, 'type') === 'integer';
		return integer && !/^-?\d+$/.test(value) ? [`${name} is not a whole number: ${value}`] : [];
	});
}

const parametersOf = (definition: Json): Json[] => (Array.isArray(definition.parameters) ? definition.parameters.filter(isJson) : []);

let contract: Contract | undefined;

/**
 * What is wrong with a request or its answer, by Fortnox's document and the deviations above; nothing where both are
 * right. Refused requests are checked for path, query and answer, not for their body. Throws where there is no document.
 */
export function validateExchange(exchange: Exchange): string[] {
	if (!contract) {
		const document: unknown = JSON.parse(readFileSync(CONTRACT_FILE, 'utf8'));
		contract = new Contract(isJson(document) ? document : {});
	}
	return contract.check(exchange);
}
