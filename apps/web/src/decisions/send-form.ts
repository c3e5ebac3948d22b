// What becomes of a form that was filled in right: tried first where it has a trial, then sent; its answer is a page or a file.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Piece } from '../html.js';
import type { Problem, Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { DecisionForm, Values } from './decision-page.js';

export type Sent = Readonly<{ done: 'page'; answer: unknown }> | Readonly<{ done: 'file'; file: Response }>
  | Readonly<{ done: false; refusal: Problem }>;

export async function sendForm(
  services: Services, form: DecisionForm, values: Values, { bearer, key }: Readonly<{ bearer: string; key: string }>,
): Promise<Sent> {
  const { path, body } = form.send(values);
  if (form.file) {
    const file = await services.postForFile(path, bearer, { body, key });
    return file instanceof Response ? { done: 'file', file } : { done: false, refusal: file };
  }
  const moved = await services.post(path, z.unknown(), bearer, { body, key });
  return moved.ok ? { done: 'page', answer: moved.value } : { done: false, refusal: moved };
}

/** Keeps nothing; undefined where there is nothing to try, or it was tried as it stands. */
export async function tryForm(
  services: Services, { trial }: DecisionForm, values: Values, { visit, isTried }: Readonly<{ visit: SignedInVisit; isTried: boolean }>,
): Promise<Read<Piece> | undefined> {
  if (!trial || isTried) return undefined;
  return trial.run(values, (path, body, schema) => services.post(path, schema, visit.person.bearer, { body }), visit);
}

/** What was tried is what is sent: not one sign of it may differ. */
export function digestOf(typed: Readonly<Record<string, string>>): string {
  const filled = Object.entries(typed).filter(([, text]) => text !== '').sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(filled)).digest('hex');
}
