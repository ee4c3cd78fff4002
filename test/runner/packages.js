/** Globals that packages have set while they were loaded: they stay as long as the packages. */
const loadedByPackages = new Set();

/** A file of a package, loaded by Node itself: once in a process, for all its test files. */
function loadPackage(file) {
	if (require.cache[file] !== undefined) return require.cache[file].exports;
	const before = new Set(Reflect.ownKeys(globalThis));
	const exported = require(file);
	for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) loadedByPackages.add(key);
	return exported;
}

module.exports = { loadedByPackages, loadPackage };
