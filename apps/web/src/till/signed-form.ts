// What a script adds to a form of the till where its device is enrolled: the bytes that it signed, and its signature over them.
import { z } from 'zod';
import type { Posted } from '../services.js';

const HEADERS = ['device-id', 'device-timestamp', 'device-signature'] as const;
/** A workshop of a hundred lines comes to 4 kB. */
const SIGNED_LENGTH_MAX = 20_000;

export const signedFields = {
  signedBody: z.string().max(SIGNED_LENGTH_MAX).optional(),
  'device-id': z.string().max(64).optional(), 'device-timestamp': z.string().max(32).optional(), 'device-signature': z.string().max(128).optional(),
};
export type SignedFields = Readonly<Partial<Record<keyof typeof signedFields, string | undefined>>>;

/** Passed on as they are: redemption judges the signature, and it is over these bytes. */
export const signedOf = (form: SignedFields): Pick<Posted, 'headers' | 'signedBody'> =>
  ({ headers: deviceHeaders(form), ...(form.signedBody !== undefined && { signedBody: form.signedBody }) });

/** Of a form or of the headers of a request. */
export const deviceHeaders = (from: Readonly<Record<string, unknown>>): Record<string, string> => Object.fromEntries(
  HEADERS.flatMap((name) => (typeof from[name] === 'string' ? [[name, from[name]]] : [])));
