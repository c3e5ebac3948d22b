// The official ISO 20022 schemas are not ours to publish: a folder of real sample data may hold them. Where it is not
// there, a spec skips and says so.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** In `MEREAU_SAMPLE_DATA`, or the folder beside the checkout; undefined, with a printed reason, when not there. */
export function sampleData(path: string): string | undefined {
  const folder = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data');
  const found = join(folder, path);
  if (existsSync(found)) return found;
  process.stderr.write(`skipped: no ${path} in ${folder} (set MEREAU_SAMPLE_DATA)\n`);
  return undefined;
}

/** A validator that answers the errors of a document; undefined where the schema is not at hand. */
export async function officialSchema(message: string): Promise<((xml: string) => string[]) | undefined> {
  const path = sampleData(`iso20022/${message}.xsd`);
  if (!path) return undefined;
  // Loaded only here: the fake bank itself runs without it.
  const { XmlDocument, XmlParseError, XmlValidateError, XsdValidator } = await import('libxml2-wasm');
  const schema = XmlDocument.fromBuffer(readFileSync(path));
  const validator = XsdValidator.fromDoc(schema);
  return (xml) => {
    let document: InstanceType<typeof XmlDocument> | undefined;
    try {
      document = XmlDocument.fromString(xml);
      validator.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof XmlValidateError) && !(error instanceof XmlParseError)) throw error;
      return error.details.map((detail) => `line ${detail.line}: ${detail.message.trim()}`);
    } finally {
      document?.dispose();
    }
  };
}
