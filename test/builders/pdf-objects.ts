// A PDF taken apart as its readers do: objects by what their dictionary says, and the metadata that makes it PDF/A and Factur-X.
import { inflateSync } from 'node:zlib';
import { XmlDocument } from 'libxml2-wasm';

/** The objects of a PDF whose dictionary has `mark`, with their streams inflated; pdfkit writes none of them into streams. */
export function objects(file: Buffer, mark: string): { dictionary: string; stream: Buffer | undefined }[] {
  const text = file.toString('latin1');
  return [...text.matchAll(/\n\d+ 0 obj\n([\s\S]*?)\nendobj/g)].filter(([, body]) => body!.split('stream\n')[0]!.includes(mark)).map((found) => {
    const body = found[1]!;
    const at = body.indexOf('stream\n');
    if (at < 0) return { dictionary: body, stream: undefined };
    const dictionary = body.slice(0, at);
    const from = found.index + found[0].indexOf(body) + at + 'stream\n'.length;
    const raw = file.subarray(from, from + Number(/\/Length (\d+)/.exec(dictionary)![1]));
    return { dictionary, stream: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw };
  });
}
export const xmp = (file: Buffer) => XmlDocument.fromString(objects(file, '/Subtype /XML')[0]!.stream!.toString('utf8').replace(/<\?xpacket[^>]*\?>/g, '').trim());
