// The bodies that the edge reads: JSON for the API, forms for pages, XML for bank statements. Anything else is 415.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson, readText } from './json-body.js';
import { Problem } from './problem.js';
import { flawOf } from './sound-value.js';

export const JSON_BYTES_MAX = 1_048_576;
/** A year of a busy account's statement in one camt.053 file is about 10 MB. */
export const XML_BYTES_MAX = 33_554_432;
export const FORM_BYTES_MAX = 65_536;
const FORM_FIELDS_MAX = 200;

/** Marks a body that came from an HTML form, so that an API route can refuse it: other sites can post forms. */
export class FormBody {
  constructor(readonly fields: Readonly<Record<string, string>>) {}
}

/** The exact bytes of a JSON or XML body, for signatures over them. */
export const rawBodyOf = (request: object): Buffer | undefined => (request as { rawBody?: Buffer }).rawBody;

export function installBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const read = (type: string | string[], bodyLimit: number, parse: (bytes: Buffer) => unknown) =>
    fastify.addContentTypeParser<Buffer>(type, { parseAs: 'buffer', bodyLimit }, (request, bytes, done) => {
      try {
        refuseEncodings(request);
        Object.assign(request, { rawBody: bytes });
        done(null, parse(bytes));
      } catch (error) {
        done(error as Error);
      }
    });
  // An empty JSON body is a missing one: routes without a body get none, the others say which field is missing.
  read('application/json', JSON_BYTES_MAX, (bytes) => (bytes.length === 0 ? undefined : readJson(bytes)));
  read(['application/xml', 'text/xml'], XML_BYTES_MAX, (bytes) => bytes); // a bank file; every other route refuses it
  read('application/x-www-form-urlencoded', FORM_BYTES_MAX, readForm);
}

function refuseEncodings({ headers }: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1];
  const coding = headers['content-encoding'] ?? 'identity';
  const xml = /^(application|text)\/xml/i.test(headers['content-type'] ?? '');
  // XML names its encoding itself, and its reader decides.
  if (charset && !xml && charset.toLowerCase() !== 'utf-8') throw new Problem('charset_unsupported');
  if (coding.toLowerCase() !== 'identity') throw new Problem('charset_unsupported');
}

function readForm(bytes: Buffer): FormBody {
  const entries = [...new URLSearchParams(readText(bytes))];
  const names = new Set(entries.map(([name]) => name));
  if (entries.length > FORM_FIELDS_MAX || names.size < entries.length) {
    throw new Problem('body_malformed', [{ path: '', message: 'too many fields, or a field twice' }]);
  }
  // Checked as a list of pairs: an object would swallow `__proto__`.
  const found = flawOf(Object.fromEntries(entries.map(([name, value]) => [name, value])));
  if (found) throw new Problem('body_malformed', [found]);
  return new FormBody(Object.fromEntries(entries));
}
