export { CompanyState } from './company/company';
export { SandboxYear } from './company/year';
export type * from './company/types';
export type { Sandbox, SandboxOptions, TokenRequest } from './control/sandbox';
export type { FaultEffect, FaultHandle, FaultKind, FaultMatch, FaultRule } from './network/faults';
export type { RequestLogEntry } from './network/log';
export { SCOPES, type OAuthTokenData, type SandboxClient } from './oauth/tokens';
export { startSandbox } from './server/start';
export { defaultSettings, type LimitSettings, type Settings } from './settings';
