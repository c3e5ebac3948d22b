export * from './catalogue.js';
export * from './inspect.js';
export * from './invariant.js';
export * from './of-one-service.js';
export * from './watch.js';
