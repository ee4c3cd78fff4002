import './environment';

import { getAdditionalKeys } from 'n8n-core';
import { deepCopy, ICredentials, ICredentialsHelper, isExpression, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsEncrypted,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { expressionNode, expressionNodeTypes } from './expressions';

export interface StoredCredential {
	type: string;
	name?: string;
	/** What n8n would hold in its database: only what the user filled in, and the tokens. */
	data: ICredentialDataDecryptedObject;
}

/** n8n ignores stored values of these where the credential type pins them as hidden fields. */
const PINNED_FIELDS = ['authUrl', 'accessTokenUrl', 'grantType', 'authentication', 'usePkce'];

/** What the expressions of a credential are computed with. */
interface Evaluation {
	mode: WorkflowExecuteMode;
	executeData?: IExecuteData;
	/** The item of a running workflow that they are computed for. */
	forItem?: ICredentialsExpressionResolveValues;
}

class CredentialRecord extends ICredentials {
	constructor(
		details: INodeCredentialsDetails,
		private readonly stored: StoredCredential,
	) {
		super(details, stored.type);
	}

	async getData(): Promise<ICredentialDataDecryptedObject> {
		return deepCopy(this.stored.data);
	}

	async setData(data: ICredentialDataDecryptedObject): Promise<void> {
		this.stored.data = deepCopy(data);
	}

	async updateData(toUpdate: ICredentialDataDecryptedObject, toDelete: string[] = []): Promise<void> {
		const data = { ...this.stored.data, ...deepCopy(toUpdate) };
		for (const key of toDelete) delete data[key];
		this.stored.data = data;
	}

	getDataToSave(): ICredentialsEncrypted {
		throw new Error('Credentials of the engine live in memory and are not encrypted');
	}
}

/**
 * What n8n's server does with credentials, on a store in memory: inherited fields, defaults and their
 * expressions, authentication, pre-authentication, and the storing of renewed tokens.
 */
export class EngineCredentials extends ICredentialsHelper {
	/** What credentials without an expression of the user's came to, by type and data: it is the same for every item. */
	private readonly computed = new Map<string, ICredentialDataDecryptedObject>();

	constructor(
		private readonly types: ReadonlyMap<string, ICredentialType>,
		private readonly store: Record<string, StoredCredential>,
	) {
		super();
	}

	type(name: string): ICredentialType {
		const type = this.types.get(name);
		if (!type) throw new Error(`The engine knows no credential type "${name}"`);
		return type;
	}

	stored(id: string | null | undefined): StoredCredential {
		const stored = id ? this.store[id] : undefined;
		if (!stored) throw new Error(`The engine holds no credential "${id}"`);
		return stored;
	}

	getParentTypes(name: string): string[] {
		const parents = this.type(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const type = this.type(name);
		const properties: INodeProperties[] = [];
		for (const parent of type.extends ?? []) {
			NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(properties, type.properties);
		return properties;
	}

	async getCredentials(details: INodeCredentialsDetails, _type: string): Promise<ICredentials> {
		return new CredentialRecord(details, this.stored(details.id));
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		forItem?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored(details.id);
		if (stored.type !== type) throw new Error(`Credential "${details.id}" is a ${stored.type}, not a ${type}`);
		const data = deepCopy(stored.data);
		if (raw) return data;
		const evaluation = { mode, executeData, forItem };
		if (Object.values(data).some(isExpression)) return this.withDefaults(additionalData, data, type, evaluation);

		const key = JSON.stringify([type, data]);
		const computed = this.computed.get(key) ?? this.withDefaults(additionalData, data, type, evaluation);
		this.computed.set(key, computed);
		return deepCopy(computed);
	}

	/**
	 * Adds the defaults of the credential type to stored data and computes those that are expressions: for an item of a
	 * running workflow, or of the credential alone.
	 */
	withDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		{ mode, executeData, forItem }: Evaluation,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const pinned = properties.filter(({ name, type: kind }) => kind === 'hidden' && PINNED_FIELDS.includes(name));
		const filled = { ...stored };
		for (const { name } of pinned) delete filled[name];

		const withDefaults = NodeHelpers.getNodeParameters(properties, filled as INodeParameters, true, false, null, null);
		const merged: INodeParameters = { ...withDefaults };
		if (stored.oauthTokenData !== undefined) merged.oauthTokenData = stored.oauthTokenData as INodeParameters;

		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (forItem) {
			const { workflow: running, runExecutionData, runIndex, itemIndex, node, connectionInputData } = forItem;
			return running.expression.getParameterValue(
				merged,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				keys,
				executeData,
				false,
				merged,
			) as ICredentialDataDecryptedObject;
		}
		const workflow = new Workflow({
			nodes: [expressionNode],
			connections: {},
			active: false,
			nodeTypes: expressionNodeTypes,
		});
		return workflow.expression.getComplexParameterValue(
			expressionNode,
			merged,
			mode,
			keys,
			undefined,
			undefined,
			merged,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = incoming as IHttpRequestOptions;
		const { authenticate } = this.type(typeName);
		if (!authenticate) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!workflow || !node) throw new Error('Declarative authentication needs a workflow and a node');

		const resolve = (value: string) =>
			isExpression(value)
				? String(workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials }) ?? '')
				: value;
		const parts = authenticate.properties as Record<string, Record<string, string> | undefined>;
		for (const [part, values] of Object.entries(parts)) {
			const resolved = Object.entries(values ?? {}).map(([key, value]): [string, string] => [resolve(key), resolve(value)]);
			const present: unknown = Reflect.get(request, part);
			Object.assign(request, { [part]: Object.assign({}, present, Object.fromEntries(resolved)) });
		}
		return request;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const expirable = this.type(typeName).properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (!expirable) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;

		const output = await this.runPreAuthentication(helpers, credentials, typeName);
		const details = node.credentials?.[typeName];
		if (output?.[expirable.name] === undefined || !details) return undefined;
		const record = await this.getCredentials(details, typeName);
		// As n8n 2.41 does: the token is stored, and no expression is overwritten by what it was for one item.
		const stored = await record.getData();
		const toStore = Object.entries(output).filter(([key]) => key === expirable.name || !isExpression(stored[key]));
		await record.updateData(Object.fromEntries(toStore));
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.type(typeName);
		if (!preAuthentication) return undefined;
		return (await preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(details: INodeCredentialsDetails, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		await (await this.getCredentials(details, type)).setData(data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const record = await this.getCredentials(details, type);
		await record.updateData(data.oauthTokenData === undefined ? {} : { oauthTokenData: data.oauthTokenData });
	}
}
