// The XML inside of the page. All dates in the file are those of the document, so that the same content gives the same bytes.
import { facturXMetadata } from './factur-x-metadata.js';

/** The name that readers of Factur-X look for. */
export const XML_NAME = 'factur-x.xml';

/** Of a document that is PDF/A-3. `Data`: the XML is where the figures are meant to be read from; page and XML say the same. */
export function attachFacturX(document: PDFKit.PDFDocument, xml: string, at: Date): void {
  // The types of pdfkit do not know `relationship` yet.
  const options: PDFKit.Mixins.PDFAttachmentOptions & { relationship: 'Data' } = {
    name: XML_NAME, type: 'text/xml', relationship: 'Data', description: 'Factur-X', creationDate: at, modifiedDate: at,
  };
  document.file(Buffer.from(xml, 'utf8'), options);
  document.appendXML(facturXMetadata(XML_NAME));
}
