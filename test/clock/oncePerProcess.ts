/**
 * The same object for all test files of a process. Packages are loaded once in a process and may keep the clock that they
 * found then, so there is one, which each test file sets anew.
 */
export function oncePerProcess<T extends object>(name: string, make: () => T): T {
	const key = Symbol.for(`clock of the tests: ${name}`);
	const made = Reflect.get(process, key) as T | undefined;
	if (made !== undefined) return made;
	const object = make();
	Reflect.set(process, key, object);
	return object;
}
