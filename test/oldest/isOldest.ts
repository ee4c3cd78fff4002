import * as engine from 'n8n-core';

// Where the mapping of jest.config.js does not hold, all tests would pass unseen on the newest engine.
if (!('line' in engine)) throw new Error('n8n-core is not that of the oldest line');
