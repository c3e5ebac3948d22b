export { writeWorkbook, type CellValue, type Column, type WorkbookHead } from './workbook.js';
