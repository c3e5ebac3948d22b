export * from './assert.js';
export * from './canonical-json.js';
export * from './ids.js';
export * from './money.js';
export * from './month.js';
export * from './rejected.js';
export * from './territory.js';
export * from './time.js';
