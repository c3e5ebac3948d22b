export * from './numbers.js';
export * from './read-siret.js';
