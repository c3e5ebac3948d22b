// Stripe's promise about keys: the same key with the same request gets the first answer again, also when that was a
// declined card or a 500; with another request it is refused. What was refused before any work was done, such as a
// malformed request, is not kept. Unlike Stripe's, these keys live as long as the fake.
import { FakeRefusal } from './fake-objects.js';

export type Answer = Readonly<{ status: number; body: object; headers?: Readonly<Record<string, string>> }>;

export class IdempotencyKeys {
  private readonly first = new Map<string, { request: string; answer: Answer }>();

  once(key: string | undefined, request: string, work: () => Answer): Answer {
    const earlier = key === undefined ? undefined : this.first.get(key);
    if (earlier && earlier.request !== request) {
      throw new FakeRefusal(400, {
        type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      });
    }
    if (earlier) return { ...earlier.answer, headers: { ...earlier.answer.headers, 'idempotent-replayed': 'true' } };
    const answer = work();
    // As it was then: the object behind it goes on changing.
    if (key !== undefined && isKept(answer.status)) this.first.set(key, { request, answer: structuredClone(answer) });
    return answer;
  }
}

const isKept = (status: number) => status < 400 || status === 402 || status === 500;
