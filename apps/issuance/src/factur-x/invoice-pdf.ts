// The page of a quote, an invoice or a credit note: PDF/A-3, with the XML of an invoice inside of it (Factur-X). All
// dates in the file are those of the document, so that the same content gives the same bytes.
import PDFDocument from 'pdfkit';
import type { InvoiceContent } from '../invoices/invoice-content.decision.js';
import { drawInvoice } from './draw-invoice.js';
import { facturXMetadata } from './factur-x-metadata.js';
import { invoiceFonts } from './invoice-fonts.js';
import { wordsFor, type Language } from './invoice-words.js';

/** The name that readers of Factur-X look for. */
export const XML_NAME = 'factur-x.xml';

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
  if (xml !== null) attach(document, xml, at);
  return collected(document);
}

/** `Data`: the XML is where the figures are meant to be read from; page and XML say the same. */
function attach(document: PDFKit.PDFDocument, xml: string, at: Date): void {
  // The types of pdfkit do not know `relationship` yet.
  const options: PDFKit.Mixins.PDFAttachmentOptions & { relationship: 'Data' } = {
    name: XML_NAME, type: 'text/xml', relationship: 'Data', description: 'Factur-X', creationDate: at, modifiedDate: at,
  };
  document.file(Buffer.from(xml, 'utf8'), options);
  document.appendXML(facturXMetadata(XML_NAME));
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
