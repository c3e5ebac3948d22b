export * from './accounts.js';
export * from './transfer.js';
