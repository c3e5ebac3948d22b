// A file as it was sent, on the few routes that take one: a table that a spreadsheet wrote is read by whoever imports it.
import { createHash } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { Problem } from './problem.js';

export const FILE_TYPES: readonly string[] = ['text/csv', 'application/json'];

/** The hash stands for the bytes wherever the body is compared: a repeated request carries the same file. */
export class FileBody {
  readonly sha256: string;
  readonly #bytes: Buffer;

  constructor(readonly mediaType: string, bytes: Buffer) {
    this.#bytes = bytes;
    this.sha256 = createHash('sha256').update(bytes).digest('hex');
  }

  get bytes(): Buffer {
    return this.#bytes;
  }
}

/** On a route whose body is a file of a type in FILE_TYPES, unread, of at most so many bytes. */
export const TakesFile = (bytesMax: number) => applyDecorators(
  RouteConfig({ fileBytesMax: bytesMax }), ApiConsumes(...FILE_TYPES),
  ApiBody({ required: true, schema: { type: 'string', format: 'binary', maxLength: bytesMax } }),
);

export const fileBytesMaxOf = ({ config }: { config?: object }): number | undefined =>
  (config as { fileBytesMax?: number } | undefined)?.fileBytesMax;

/** Throws a 415 Problem when the body is no file. */
export function fileIn(body: unknown): FileBody {
  if (!(body instanceof FileBody)) throw new Problem('media_type_unsupported');
  return body;
}
