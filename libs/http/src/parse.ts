// The only way in which outside values become typed ones. Errors name the place and what was expected there, never
// what stood there: it may be a voucher code or a password.
import type { z } from 'zod';
import { FormBody } from './body-parsers.js';
import { Problem, type FieldError } from './problem.js';
import { flawOf, shownPath } from './sound-value.js';
import { UploadForm } from './upload-form.js';

const ERRORS_MAX = 20;

/** Throws a 400 Problem that lists every place at fault. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  // Bytes of XML are an object with a million numbered fields: to list each as unknown would block the process.
  if (value instanceof FormBody || value instanceof UploadForm || Buffer.isBuffer(value)) throw new Problem('media_type_unsupported');
  return parseValue(schema, value);
}

/** The same for what an HTML form posted; only pages take forms. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  if (!(body instanceof FormBody)) throw new Problem('media_type_unsupported');
  return parseValue(schema, body.fields);
}

/** The same for a form with a file in it. */
export function parseUpload<Schema extends z.ZodType>(
  schema: Schema, body: unknown,
): Readonly<{ fields: z.output<Schema>; bytes: Buffer }> {
  if (!(body instanceof UploadForm)) throw new Problem('media_type_unsupported');
  return { fields: parseValue(schema, body.fields), bytes: body.bytes };
}

function parseValue<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const flaw = flawOf(value);
  if (flaw) throw new Problem('request_malformed', [flaw]);
  const { success, data, error } = schema.safeParse(value ?? {});
  if (success) return data;
  throw new Problem('request_malformed', error.issues.slice(0, ERRORS_MAX).flatMap(errorsOf));
}

function errorsOf(issue: z.core.$ZodIssue): FieldError[] {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, ERRORS_MAX).map((key) => ({ path: shownPath(path ? `${path}.${key}` : key), message: 'unknown field' }));
  }
  return [{ path, message: issue.message }];
}

const pathOf = (path: readonly PropertyKey[]): string => shownPath(
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, ''));
