export * from './numbers.js';
export * from './read-siret.js';
export * from './territory-in.js';
