/**
 * `npm run test:wide`: what tries every parameter, every secret and every answer one by one, or at full size; and what measures
 * computing, which means little in a process that holds what hundreds of other files have loaded (`*.wide.test.ts`).
 */
module.exports = { ...require('./jest.config.js'), testMatch: ['**/*.wide.test.ts'] };
