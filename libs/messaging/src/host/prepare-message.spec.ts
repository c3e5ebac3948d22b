// What a receiver makes of the bytes of a message: its consumer, or why it is nobody's.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Contract } from '#libs/contracts';
import type { RawMessage } from '../batch.js';
import type { Routing } from '../routing.js';
import { defineConsumer } from './consumer.js';
import { prepareMessage } from './prepare-message.js';

const SEEN = {
  type: 'thing.seen.v1', from: 'issuance', to: ['redemption'], postings: {}, personalData: false, sample: { n: 1, parts: [{ k: 1 }] },
  schema: z.strictObject({ n: z.int(), note: z.string().optional(), parts: z.array(z.strictObject({ k: z.int() })) }),
} as unknown as Contract;
const routing: Routing = { contractOf: (type) => (type === SEEN.type ? SEEN : undefined), receiversOf: () => ['redemption'], typesFor: () => [SEEN.type] };
const consumers = [defineConsumer(SEEN, async () => undefined)];
const raw = (body: unknown, type = SEEN.type): RawMessage => ({
  seq: 1, id: '01900000-0000-7000-8000-000000000001', type, subject: 'thing:1', subjectVersion: 1, occurredAt: '2026-03-02T08:00:00.000Z',
  causationId: null, correlationId: 'c', actor: { kind: 'system', id: 'x' }, body,
}) as unknown as RawMessage;
const prepared = (body: unknown, type?: string) => prepareMessage(raw(body, type), 'issuance', consumers, routing);
const WHOLE = { n: 1, parts: [{ k: 2 }] };

describe('a message of a sender that is a version ahead', () => {
  it('is read without the fields that are not known here yet, at every depth', () => {
    const newer = { ...WHOLE, since: 'later', parts: [{ k: 2, more: { deep: true } }] };
    expect(prepared(newer)).toMatchObject({ message: { body: WHOLE }, seq: 1 });
    expect((prepared(newer) as { message: { body: object } }).message.body).toEqual(WHOLE);
    expect(newer).toHaveProperty('since');
  });

  it.each([
    ['a field is missing', { since: 'later', parts: [] }, 'n: '],
    ['a field is of another kind', { ...WHOLE, n: 'one', since: 'later' }, 'n: '],
    ['it is no object', 'text', 'expected object'],
  ])('is malformed where %s, whatever else it holds', (_, body, problem) => {
    expect(prepared(body)).toMatchObject({ problem: expect.stringMatching(new RegExp(`^malformed body: .*${problem}`)) });
  });

  it('is unknown where its type is', () => {
    expect(prepared(WHOLE, 'thing.dropped.v1')).toMatchObject({ problem: 'unknown type thing.dropped.v1' });
  });
});
