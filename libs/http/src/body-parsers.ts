// The bodies that the edge reads: JSON for the API, forms for pages, XML and plain text for bank
// files, and files on the routes that take one. Anything else is 415.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FILE_TYPES, FileBody, fileBytesMaxOf } from './file-body.js';
import { readJson, readText } from './json-body.js';
import { Problem } from './problem.js';
import { flawOf } from './sound-value.js';
import { readUpload, UPLOAD_TYPE, uploadBytesMaxOf } from './upload-form.js';

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
  fastify.addHook('onRoute', (route) => {
    const fileBytesMax = fileBytesMaxOf(route) ?? uploadBytesMaxOf(route);
    if (fileBytesMax) route.bodyLimit = fileBytesMax;
  });
  const read = (type: string | string[], bodyLimit: number, parse: (bytes: Buffer) => unknown) =>
    fastify.addContentTypeParser<Buffer>(type, { parseAs: 'buffer', bodyLimit }, (request, bytes, done) => {
      try {
        refuseEncodings(request);
        Object.assign(request, { rawBody: bytes });
        done(null, fileBytesMaxOf(request.routeOptions) ? new FileBody(mediaTypeOf(request), bytes) : parse(bytes));
      } catch (error) {
        done(error as Error);
      }
    });
  // An empty JSON body is a missing one: routes without a body get none, the others say which field is missing.
  read('application/json', JSON_BYTES_MAX, (bytes) => (bytes.length === 0 ? undefined : readJson(bytes)));
  read(['application/xml', 'text/xml', 'text/plain'], XML_BYTES_MAX, (bytes) => bytes); // a bank file; every other route refuses it
  read('text/csv', JSON_BYTES_MAX, () => { throw new Problem('media_type_unsupported'); }); // but where a file is taken
  read('application/x-www-form-urlencoded', FORM_BYTES_MAX, readForm);
  fastify.addContentTypeParser<Buffer>(UPLOAD_TYPE, { parseAs: 'buffer', bodyLimit: FORM_BYTES_MAX }, async (request: FastifyRequest, bytes: Buffer) => {
    if (!uploadBytesMaxOf(request.routeOptions)) throw new Problem('media_type_unsupported');
    refuseEncodings(request);
    return readUpload(bytes, request.headers['content-type'] ?? '');
  });
}

const mediaTypeOf = ({ headers }: FastifyRequest): string => (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

function refuseEncodings(request: FastifyRequest): void {
  const { headers, routeOptions } = request;
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1];
  const coding = headers['content-encoding'] ?? 'identity';
  const type = mediaTypeOf(request);
  if (fileBytesMaxOf(routeOptions) && !FILE_TYPES.includes(type)) throw new Problem('media_type_unsupported');
  // XML names its encoding itself, and of CSV and fixed records nobody knows it who has not read them: their readers decide.
  const decidedLater = type.endsWith('/xml') || type === 'text/csv' || type === 'text/plain';
  if (charset && !decidedLater && charset.toLowerCase() !== 'utf-8') throw new Problem('charset_unsupported');
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
