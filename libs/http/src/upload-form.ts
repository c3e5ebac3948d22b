// A form with a file in it, on the few pages that take one. The platform's own reader takes the form apart; here are its bounds.
import { RouteConfig } from '@nestjs/platform-fastify';
import { Problem } from './problem.js';

export const UPLOAD_TYPE = 'multipart/form-data';
/** A key, a file, and some room. */
const PARTS_MAX = 8;

export class UploadForm {
  readonly #bytes: Buffer;

  constructor(readonly fields: Readonly<Record<string, string>>, bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Of the file; none of them where nothing was chosen. */
  get bytes(): Buffer {
    return this.#bytes;
  }
}

/** On a page whose form sends one file, named `file`, of at most about so many bytes. */
export const TakesUpload = (bytesMax: number) => RouteConfig({ uploadBytesMax: bytesMax });

export const uploadBytesMaxOf = ({ config }: { config?: object }): number | undefined =>
  (config as { uploadBytesMax?: number } | undefined)?.uploadBytesMax;

export async function readUpload(bytes: Buffer, contentType: string): Promise<UploadForm> {
  const boundary = boundaryOf(contentType);
  if (hasMoreParts(bytes, boundary)) throw new Problem('body_malformed', [{ path: '', message: 'too many fields' }]);
  // Under the mark that was counted by: a header with two of them would be counted by one and taken apart by the other.
  const headers = { 'content-type': `${UPLOAD_TYPE}; boundary="${boundary}"` };
  const form = await new Response(new Uint8Array(bytes), { headers }).formData().catch(() => {
    throw new Problem('body_malformed', [{ path: '', message: 'expected a form with a file' }]);
  });
  const parts = [...form];
  const files = parts.flatMap(([name, value]) => (typeof value === 'string' ? [] : [{ name, value }]));
  const texts = parts.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  if (files.length !== 1 || files[0]!.name !== 'file' || new Set(texts.map(([name]) => name)).size < texts.length) {
    throw new Problem('body_malformed', [{ path: 'file', message: 'expected one file, and each field once' }]);
  }
  return new UploadForm(Object.fromEntries(texts), Buffer.from(await files[0]!.value.arrayBuffer()));
}

/** Empty where none is named: there is nothing then to take apart by. */
function boundaryOf(contentType: string): string {
  const found = /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s;"\\]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? '';
}

/** Counted before anything is taken apart: a million empty parts would cost a million objects. */
function hasMoreParts(bytes: Buffer, boundary: string): boolean {
  const mark = `--${boundary}`;
  let found = 0;
  for (let at = bytes.indexOf(mark); at !== -1 && found <= PARTS_MAX; at = bytes.indexOf(mark, at + mark.length)) found += 1;
  return found > PARTS_MAX;
}
