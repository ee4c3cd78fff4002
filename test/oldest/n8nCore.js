/**
 * n8n-core of the oldest supported line, in the shape in which `engine/` calls that of the newest. Mapped in place of
 * `n8n-core` by jest.config.js.
 */
const { Container } = require('./node_modules/@n8n/di');
const oldest = require('./node_modules/n8n-core');
const { SSHClientsManager } = require('./node_modules/n8n-core/dist/execution-engine/ssh-clients-manager');

// Made with the first node that runs. Its timer would keep the process alive; later versions unref it.
Container.get(SSHClientsManager).cleanupTimer.unref();

/** There, the parts of a run are positional. */
class WorkflowExecute extends oldest.WorkflowExecute {
	run({ workflow, startNode, pinData }) {
		return super.run(workflow, startNode, undefined, pinData);
	}
}

/** There, a poll finds its static data in the workflow alone. */
class PollContext extends oldest.PollContext {
	constructor(workflow, node, additionalData, mode, activation, ...rest) {
		const resolveNodeStaticData = rest[4];
		super(workflow, node, additionalData, mode, activation);
		this.getWorkflowStaticData = () => resolveNodeStaticData();
	}
}

module.exports = { ...oldest, WorkflowExecute, PollContext, line: '1.123' };
