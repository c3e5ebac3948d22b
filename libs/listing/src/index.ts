export * from './listing.js';
export * from './listing-query.js';
export * from './read-listing.js';
