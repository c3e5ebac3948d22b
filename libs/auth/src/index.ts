export * from './auth.guard.js';
export * from './auth-refused.js';
export * from './claims.js';
export * from './mandate.js';
export * from './principal.js';
export * from './revocations.js';
export * from './token-verifier.js';
export * from './who.js';
