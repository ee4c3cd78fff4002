/**
 * Which test or hook runs, in place of Node's AsyncLocalStorage in jest-circus. Before version 24 Node calls JavaScript for
 * every promise while such a storage is in use, and once for that of each file which the process has run: a fourth of the
 * time of all tests. Tests of a file run one after the other, so what a test leaves behind is counted to the one that runs
 * when it fails. Not for `test.concurrent`.
 */
class OneAtATime {
	run(store, work) {
		const before = this.store;
		this.store = store;
		const end = () => {
			this.store = before;
		};
		const running = work();
		running.then(end, end);
		return running;
	}

	getStore() {
		return this.store;
	}
}

module.exports = { AsyncLocalStorage: OneAtATime };
