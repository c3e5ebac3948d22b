export * from './determinism.js';
export * from './test-database.js';
