// The answers and documents of an application as they are typed, and as redemption is told them.
import { z } from 'zod';
import type { ApplicationView } from './accreditation.data.js';

/** A question or a kind of document is a field of its own name, of a questionnaire that only redemption knows. */
export const ApplicationForm = z.record(z.string().max(60), z.string().max(300));
export type TypedApplication = z.output<typeof ApplicationForm>;

/** Which button was pressed: without one, the answers are only kept. */
export const isSubmitted = (form: TypedApplication): boolean => form['step'] === 'submit';

type Content = Readonly<{ answers: Readonly<Record<string, string>>; documents: readonly object[] }>;

export function contentTyped(form: TypedApplication): Content {
  const of = (prefix: string) => Object.entries(form).flatMap(([name, value]) => (name.startsWith(prefix) && value !== '' ? [[name.slice(prefix.length), value] as const] : []));
  return {
    answers: Object.fromEntries(of('answer-')),
    documents: of('name-').map(([kind, name]) => ({
      kind, name, sha256: (form[`sha256-${kind}`] ?? '').trim().toLowerCase(), bytes: Number(form[`bytes-${kind}`] ?? ''),
    })),
  };
}

/** What stands in the fields: as it is kept, or as it was typed just now. */
export function shownFields({ application }: ApplicationView, typed: TypedApplication | undefined): (name: string) => string {
  if (typed) return (name) => typed[name] ?? '';
  const { answers, documents } = application;
  return (name) => {
    const [field, ...rest] = name.split('-');
    const key = rest.join('-');
    if (field === 'answer') return answers[key] ?? '';
    const document = documents.find(({ kind }) => kind === key);
    return document ? String(document[field as 'name' | 'sha256' | 'bytes']) : '';
  };
}
