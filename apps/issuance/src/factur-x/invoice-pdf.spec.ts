// The PDF as a reader of Factur-X takes it apart: the attachment, how it is named and tied to the page, and the metadata.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { XML_NAME } from '#libs/factur-x';
import { cents } from '#libs/kernel';
import { invoiceContent } from '../../../../test/builders/invoice-content.js';
import { objects, xmp } from '../../../../test/builders/pdf-objects.js';
import { invoicePdf } from './invoice-pdf.js';
import { invoiceXml } from './invoice-xml.js';

const content = invoiceContent();
const xml = invoiceXml(content);
let pdf: Buffer;
beforeAll(async () => { pdf = await invoicePdf(content, xml, 'fr'); });

describe('the PDF of an invoice', () => {
  it('holds the XML, byte for byte', () => {
    const [attachment] = objects(pdf, '/Type /EmbeddedFile');
    expect(attachment!.stream!.toString('utf8')).toBe(xml);
    expect(attachment!.dictionary).toContain('/Subtype /text#2Fxml');
  });

  it('ties it to the document as its data, under the name that readers look for', () => {
    const [spec] = objects(pdf, '/Type /Filespec');
    expect(spec!.dictionary).toContain('/AFRelationship /Data');
    expect(spec!.dictionary).toContain(`(${XML_NAME})`);
    const [catalogue] = objects(pdf, '/Type /Catalog');
    expect(catalogue!.dictionary).toMatch(/\/AF \[\d+ 0 R\]/);
    expect(catalogue!.dictionary).toContain('/OutputIntents');
    expect(objects(pdf, '/EmbeddedFiles').length).toBeGreaterThan(0);
  });

  it('says in its metadata that it is PDF/A-3 and Factur-X of the profile EN 16931', () => {
    const document = xmp(pdf);
    const value = (path: string, namespaces: Record<string, string>) => document.find(path, namespaces).map((node) => node.content);
    const [pdfaid, fx] = ['http://www.aiim.org/pdfa/ns/id/', 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#'];
    expect([value('//p:part', { p: pdfaid }), value('//p:conformance', { p: pdfaid })]).toEqual([['3'], ['B']]);
    expect(['DocumentType', 'DocumentFileName', 'Version', 'ConformanceLevel'].map((name) => value(`//fx:${name}`, { fx }))).toEqual([['INVOICE'], [XML_NAME], ['1.0'], ['EN 16931']]);
    expect(value('//s:namespaceURI', { s: 'http://www.aiim.org/pdfa/ns/schema#' })).toEqual([fx]);
    document.dispose();
  });

  it('embeds every font that it uses, as PDF/A demands', () => {
    const descriptors = objects(pdf, '/Type /FontDescriptor');
    expect(descriptors.length).toBeGreaterThan(0);
    for (const { dictionary } of descriptors) expect(dictionary).toMatch(/\/FontFile[23] \d+ 0 R/);
    expect(objects(pdf, '/Subtype /Type1').filter(({ dictionary }) => dictionary.includes('/Type /Font\n'))).toEqual([]);
  });

  it('is the same bytes for the same content, and others for another', async () => {
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await invoicePdf(structuredClone(content), xml, 'fr'))).toBe(hash(pdf));
    const other = invoiceContent({ count: 11 });
    expect(hash(await invoicePdf(other, invoiceXml(other), 'fr'))).not.toBe(hash(pdf));
    expect(pdf.toString('latin1')).not.toContain(String(new Date().getFullYear() + 1));
  });

  it('of a quote and of a translation has nothing attached, and is PDF/A all the same', async () => {
    for (const bare of [await invoicePdf({ ...content, kind: 'quote' }, null, 'fr'), await invoicePdf(content, null, 'en')]) {
      expect(objects(bare, '/Type /EmbeddedFile')).toEqual([]);
      expect(objects(bare, '/Type /Catalog')[0]!.dictionary).toContain('/OutputIntents');
    }
  });

  it('goes on to further pages when there are many lines', async () => {
    const services = Array.from({ length: 20 }, (_, at) => ({ label: `Service ${at} ${'très long '.repeat(11)}`.slice(0, 120), amount: cents(100 + at) }));
    const long = invoiceContent({ terms: { services } });
    const pages = objects(await invoicePdf(long, invoiceXml(long), 'fr'), '/Type /Page\n');
    expect(pages.length).toBeGreaterThan(1);
    expect(objects(pdf, '/Type /Page\n')).toHaveLength(1);
  });
});
