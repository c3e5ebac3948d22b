export * from './answers.js';
export { listFileImportRows, readFileImport, type FileImport, type RowsAsked } from './file-import.store.js';
export * from './run-file-import.js';
export * from './taken-row.js';
