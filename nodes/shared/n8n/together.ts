/** How many companies are worked on at once: each has a limit of its own at Fortnox, so what Fortnox allows adds up. */
const SIDE_BY_SIDE = 8;

/** Why a run ended that was in order itself: with On Error: Stop, another company's run failed. */
export class StoppedWithOthers extends Error {
	constructor() {
		super('The run of another company failed.');
		this.name = 'StoppedWithOthers';
	}
}

/** An error that ended a run, the item that it belongs to, and what stands in the company's ledger by then. */
export class RunFailure extends Error {
	constructor(
		override readonly cause: unknown,
		readonly item: number,
		readonly note: string,
	) {
		super(note);
		this.name = 'RunFailure';
	}
}

interface Waiting {
	names: readonly string[];
	once: (names: readonly string[]) => Promise<void>;
	go: (meeting: Promise<void>) => void;
}

/**
 * Keeps the runs of an execution, one per company, in step: {@link SIDE_BY_SIDE} of them work at once, and where the
 * user chose to stop on errors they wait for each other before the first of them writes.
 */
export class Together {
	private free = SIDE_BY_SIDE;
	private readonly inLine: Array<() => void> = [];
	private readonly waiting: Waiting[] = [];
	private readonly told = new Map<number, string>();
	private hasFailed = false;
	/** Runs that have not ended. */
	private members: number;

	/**
	 * @param size how many runs there are
	 * @param stopsOnError one failed run ends the others
	 */
	constructor(
		private readonly size: number,
		private readonly stopsOnError: boolean,
	) {
		this.members = size;
	}

	/** Whether a run has to stop because another one failed. */
	get isStopped(): boolean {
		return this.stopsOnError && this.hasFailed;
	}

	/** @param inLedger a sentence about what a run that wrote has in its company's ledger by now */
	tell(tenantId: number, inLedger: string): void {
		this.told.set(tenantId, inLedger);
	}

	/** What all that wrote have told, and that the others wrote nothing; undefined where there is one run, or nobody wrote. */
	ledgers(): string | undefined {
		if (this.size === 1 || this.told.size === 0) return undefined;
		const told = [...this.told].map(([tenantId, inLedger]) => `Company ${tenantId}: ${inLedger}`);
		return [...told, ...(this.told.size < this.size ? ['In the other companies nothing was written.'] : [])].join(' ');
	}

	/** Works as one of the runs, once there is a place. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		await this.place();
		let isDone = false;
		try {
			if (this.isStopped) throw new StoppedWithOthers();
			const result = await work();
			isDone = true;
			return result;
		} finally {
			if (!isDone) this.hasFailed = true;
			this.leave();
			this.members--;
			this.meetIfComplete();
		}
	}

	/**
	 * With On Error: Stop, waits until every other run is here too or has ended; else goes on at once. A run that waits
	 * leaves its place to another one.
	 *
	 * @param names what this run brings
	 * @param once is called one time with what all brought, and everybody waits for it
	 * @throws {StoppedWithOthers} where one of the runs has failed
	 */
	async meet(names: readonly string[] = [], once: Waiting['once'] = async () => await Promise.resolve()): Promise<void> {
		if (!this.stopsOnError) {
			await once(names);
			return;
		}
		this.leave();
		try {
			await new Promise<void>((resolve, reject) => {
				this.waiting.push({ names, once, go: (meeting) => void meeting.then(resolve, reject) });
				this.meetIfComplete();
			});
		} finally {
			await this.place();
		}
	}

	private meetIfComplete(): void {
		const here = this.waiting;
		const [first] = here;
		if (first === undefined || here.length < this.members) return;
		const names = here.flatMap((run) => run.names);
		const meeting = this.isStopped ? Promise.reject(new StoppedWithOthers()) : first.once(names);
		for (const { go } of here.splice(0)) go(meeting);
	}

	private async place(): Promise<void> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.inLine.push(resolve));
	}

	private leave(): void {
		const next = this.inLine.shift();
		if (next === undefined) this.free++;
		else next();
	}
}
