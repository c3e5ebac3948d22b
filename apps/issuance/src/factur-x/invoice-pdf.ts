// The page of a quote, an invoice or a credit note: PDF/A-3, with the XML of an invoice inside of it (Factur-X). All
// dates in the file are those of the document, so that the same content gives the same bytes.
import PDFDocument from 'pdfkit';
import { attachFacturX } from '#libs/factur-x';
import type { InvoiceContent } from '../invoices/invoice-content.decision.js';
import { drawInvoice } from './draw-invoice.js';
import { invoiceFonts } from './invoice-fonts.js';
import { wordsFor, type Language } from './invoice-words.js';

/** Null XML for what is no invoice: a quote, and a translation. */
export function invoicePdf(content: InvoiceContent, xml: string | null, language: Language): Promise<Buffer> {
  const at = new Date(`${content.issuedOn}T00:00:00Z`);
  const words = wordsFor(language);
  const fonts = invoiceFonts();
  const document = new PDFDocument({
    size: 'A4', margin: 0, bufferPages: true, subset: 'PDF/A-3b', pdfVersion: '1.7', lang: language === 'fr' ? 'fr-FR' : 'en-GB', displayTitle: true,
    // Typed as a file's name; none at all would bring in Helvetica, which is not embedded.
    font: fonts.plain as string,
    info: { Title: words.title(content), Creator: 'Méreau', Producer: 'Méreau', CreationDate: at },
  });
  for (const [name, font] of Object.entries(fonts)) document.registerFont(name, font);
  drawInvoice(document, content, words);
  if (xml !== null) attachFacturX(document, xml, at);
  return collected(document);
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    document.on('error', reject);
    document.end();
  });
}
