// Stripe's promise about keys: the same key with the same request gets the first answer again, also when that was a
// declined card or a 500; with another request it is refused. What was refused before any work was done, such as a
// malformed request, is not kept. After a day a key is forgotten, and the same request is done a second time.
import { FakeRefusal } from './fake-objects.js';

export type Answer = Readonly<{ status: number; body: object; headers?: Readonly<Record<string, string>> }>;

const KEPT_MS = 86_400_000;

export class IdempotencyKeys {
  private readonly first = new Map<string, { request: string; answer: Answer; at: number }>();

  constructor(private readonly now: () => Date) {}

  once(key: string | undefined, request: string, work: () => Answer): Answer {
    const at = this.now().getTime();
    const kept = key === undefined ? undefined : this.first.get(key);
    const earlier = kept && at - kept.at <= KEPT_MS ? kept : undefined;
    if (earlier && earlier.request !== request) {
      throw new FakeRefusal(400, {
        type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      });
    }
    if (earlier) return { ...earlier.answer, headers: { ...earlier.answer.headers, 'idempotent-replayed': 'true' } };
    const answer = work();
    // As it was then: the object behind it goes on changing.
    if (key !== undefined && isKept(answer.status)) this.first.set(key, { request, answer: structuredClone(answer), at });
    return answer;
  }
}

const isKept = (status: number) => status < 400 || status === 402 || status === 500;
