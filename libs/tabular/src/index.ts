export { csvLine, type CsvValue } from './csv-line.js';
export { columnName, foldText } from './clean-text.js';
export { openTable, type MediaType, type Table, type TableRefusal } from './open-table.js';
export type { Cells, Row, RowFault } from './row.js';
