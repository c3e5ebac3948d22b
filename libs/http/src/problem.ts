// An answer that is no success, as an exception of the edge: RFC 9457 problem details.
import { PREFIXES, type Details, type Rejected } from '#libs/kernel';
import { problemKind, titleOf, type BaseProblem } from './problem-catalogue.js';

/** Where in the request and what was expected there; never what stood there, which may be a secret. */
export type FieldError = Readonly<{ path: string; message: string }>;

export type ProblemDocument = Readonly<{
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  retryable: boolean;
  details: Details;
  errors?: readonly FieldError[];
}>;

export const PROBLEM_TYPE = 'application/problem+json';

export class Problem extends Error {
  override name = 'Problem';
  readonly code: string;
  readonly details: Details;

  /** Of a refusal that a command answered, or of one of the edge's own. */
  constructor(refusal: Rejected | BaseProblem, readonly errors?: readonly FieldError[]) {
    const { code, details } = typeof refusal === 'string' ? { code: refusal, details: {} } : refusal;
    super(code);
    this.code = code;
    this.details = details;
  }
}

export const shownRequestId = (requestId: string): string => `${PREFIXES.request}_${requestId}`;

/** Undefined for a code that nobody registered: then the service has a bug, and the answer is a fault. */
export function documentOf({ code, details, errors }: Problem, requestId: string): ProblemDocument | undefined {
  const kind = problemKind(code);
  return kind && {
    type: `/problems/${code}`, title: titleOf(code), status: kind.status, detail: kind.sentence,
    instance: shownRequestId(requestId), code, retryable: kind.retryable, details, ...(errors && { errors }),
  };
}
