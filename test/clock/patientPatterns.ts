/**
 * n8n gives the pattern of a form's field 250 ms of the machine's time. A process of tests that has to wait for its turn
 * exceeds that without having computed anything, and the run fails before the node is asked. Imported for its effect.
 */
import * as n8n from 'n8n-workflow';

const patient: n8n.RegexEngine = {
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags = '') => [...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
};

// The oldest supported n8n has no such limit.
if ('setSafeRegexEngine' in n8n) n8n.setSafeRegexEngine(patient);
