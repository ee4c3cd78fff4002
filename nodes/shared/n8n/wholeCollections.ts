import type { INodeProperties } from 'n8n-workflow';

/**
 * An expression in place of a whole collection (`options: "={{ … }}"`). The editor offers none, but workflows that are
 * written by hand or by a model have them, and n8n passes on only those fields of the collection that a text has, too
 * (`getNodeParameters` of n8n-workflow 1.123 and 2.41): none, so that an entry that was only to be checked is posted. What every
 * text has is a length. So each collection declares a hidden field of that name, which is there only where the
 * collection is a text or a list.
 */
export const OF_A_TEXT = 'length';

const trace: INodeProperties = { displayName: 'Length', name: OF_A_TEXT, type: 'hidden', default: '' };

/** Fields whose collections, inner ones too, let it be seen when a text stands in their place. */
export function withTraces(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.map((field) => {
		if (field.type === 'collection') return { ...field, options: [...withTraces(propertiesOf(field)), trace] };
		if (field.type !== 'fixedCollection') return field;
		const lists = (field.options ?? []).map((list) => ('values' in list ? { ...list, values: withTraces(list.values) } : list));
		return { ...field, options: lists };
	});
}

/** The fields of a collection. */
export function propertiesOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'type' in option);
}
