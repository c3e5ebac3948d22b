export { FONTS, leaving, mm, newDocument, nextPage, write, writeOnce } from './pdf-document.js';
export type { Box, PdfHead, Place } from './pdf-document.js';
