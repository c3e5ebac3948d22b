export * from './key-request-pages.js';
export * from './key-requests.listing.js';
