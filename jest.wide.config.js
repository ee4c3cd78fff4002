/**
 * `npm run test:wide`: what tries every parameter, every secret and every answer one by one, at full size or in several
 * processes; and what measures computing, which means little in a process that holds what hundreds of other files have
 * loaded (`*.wide.test.ts`).
 */
module.exports = { ...require('./jest.config.js'), testMatch: ['**/*.wide.test.ts'] };
