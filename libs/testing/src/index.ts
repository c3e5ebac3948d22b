export * from './determinism.js';
export * from './fake-bank/index.js';
export * from './test-database.js';
export * from './bare-queue.js';
