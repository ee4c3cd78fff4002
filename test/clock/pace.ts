/** A clock that goes faster than the machine's, and leaps. All times in ms, monotonic. */
export class Pace {
	/** The machine's clock. */
	readonly realNow = performance.now.bind(performance);

	private speed = 1;

	/** A moment in real and in fast time, from which it goes on. */
	private real = this.realNow();

	private fast = this.real;

	readonly now = (): number => this.fast + (this.realNow() - this.real) * this.speed;

	/** How long something that lasts `ms` by this clock lasts by the machine's. */
	inReality(ms: number): number {
		return ms / this.speed;
	}

	setSpeed(speed: number): void {
		this.leap(0);
		this.speed = speed;
	}

	leap(ms: number): void {
		this.fast = this.now() + ms;
		this.real = this.realNow();
	}
}
