/** Runs a computation that is made of steps without a pause. @returns what the generator returns */
export function runSteps<T>(steps: Iterator<unknown, T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}
