export * from './answers.js';
export { listFileImportRows, listFileImports, readFileImport, type FileImport, type ImportsAsked, type KeptMapping, type RowsAsked } from './file-import.store.js';
export * from './run-file-import.js';
export * from './taken-row.js';
