// A refusal is a value: the world says no, and that is an ordinary answer, decided purely and stored with its key.

export type Details = Readonly<Record<string, string | number | boolean | null>>;
export type Rejected<Code extends string = string> = Readonly<{ kind: 'rejected'; code: Code; details: Details }>;

export function reject<Code extends string>(code: Code, details: Details = {}): Rejected<Code> {
  return { kind: 'rejected', code, details };
}

export function isRejected(outcome: unknown): outcome is Rejected {
  return typeof outcome === 'object' && outcome !== null && (outcome as { kind?: unknown }).kind === 'rejected';
}

/** One line of a service's refusal catalogue (`refusals.ts`); the order of the catalogue is the order of precedence. */
export type Refusal = Readonly<{
  status: 403 | 404 | 409 | 422 | 429;
  retryable: boolean;
  /** One English sentence that says what to do next. */
  sentence: string;
}>;
export type RefusalCatalogue = Readonly<Record<string, Refusal>>;
