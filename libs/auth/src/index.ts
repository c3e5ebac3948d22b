export * from './auth.guard.js';
export * from './auth-refused.js';
export * from './claims.js';
export * from './principal.js';
export * from './token-verifier.js';
export * from './who.js';
