/** What a trigger does in a time: how much it asks for, and how late it hands on. */
export interface EventsTask {
	trigger: 'instant' | 'polling';
	eventsAnHour: number;
	minutes: number;
}

export interface EventsFigures extends EventsTask {
	posted: number;
	lost: number;
	doubled: number;
	/** Requests to the API; commands on the websocket are none. */
	requestsAnHour: number;
	/** From the posting to the item, in ms. Absent where nothing was posted. */
	delayMs?: { median: number; p99: number };
}
