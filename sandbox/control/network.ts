import type { FastifyInstance } from 'fastify';

import { isRecord } from '../api/wire/fields';
import type { FaultRule } from '../network/faults';
import { defaultSettings } from '../settings';
import { merge } from './merge';
import { readQuery } from './query';
import type { SandboxOf } from './sandbox';
import { eventSummary, faultList, summary } from './views';

/** What the sandbox saw, its settings, and what goes wrong on the way. */
export function networkRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	app.get('/_sandbox', async (request) => ({
		state: summary(sandboxOf(request)),
		settings: sandboxOf(request).settings,
		faults: faultList(sandboxOf(request)),
	}));
	app.get('/_sandbox/state', async (request) => summary(sandboxOf(request)));

	app.get('/_sandbox/log', async (request) => {
		const { since } = readQuery(request);
		return sandboxOf(request).log.filter((entry) => since === undefined || entry.at > Number(since));
	});
	app.post('/_sandbox/log/clear', async (request) => {
		sandboxOf(request).log.length = 0;
		return { cleared: true };
	});

	app.get('/_sandbox/settings', async (request) => sandboxOf(request).settings);
	app.post('/_sandbox/settings', async (request) => {
		const { settings } = sandboxOf(request);
		// Part of a limit, given while there is none, is that part of the default one.
		if (settings.limit === 'off' && isRecord(request.body) && isRecord(request.body.limit)) settings.limit = defaultSettings().limit;
		merge(settings, request.body);
		return settings;
	});

	app.get('/_sandbox/faults', async (request) => faultList(sandboxOf(request)));
	app.post<{ Body: FaultRule }>('/_sandbox/faults', async (request) => ({ id: sandboxOf(request).faults.add(request.body).id }));
	app.delete('/_sandbox/faults', async (request) => {
		sandboxOf(request).faults.clear();
		return { cleared: true };
	});

	app.get('/_sandbox/events', async (request) => eventSummary(sandboxOf(request)));
	app.post<{ Body: { break?: boolean | number; refuse?: boolean; silence?: boolean; text?: string } }>(
		'/_sandbox/events',
		async (request) => {
			const { events } = sandboxOf(request);
			const { refuse, silence, text } = request.body;
			if (refuse !== undefined) events.refuse(refuse);
			if (silence !== undefined) events.silence(silence);
			if (text !== undefined) events.sendText(text);
			const code = request.body.break;
			if (code !== undefined && code !== false) events.break(typeof code === 'number' ? code : undefined);
			return eventSummary(sandboxOf(request));
		},
	);
}
