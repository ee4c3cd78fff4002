import { isRecord } from '../api/wire/fields';

/** Sets what is given and keeps the rest; nested objects are merged, lists replaced. Throws for a name that isn't there. */
export function merge(target: object, source: unknown): void {
	if (!isRecord(source)) return;
	for (const [name, value] of Object.entries(source)) {
		if (!Object.hasOwn(target, name)) throw new Error(`There is no ${name} here`);
		const old: unknown = Reflect.get(target, name);
		if (isRecord(old) && isRecord(value)) merge(old, value);
		else Reflect.set(target, name, value);
	}
}
