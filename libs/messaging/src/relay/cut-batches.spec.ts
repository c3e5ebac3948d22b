import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedOfRun } from '#libs/testing';
import { defineMessage, type Contract, type Service, type Unnumbered } from '#libs/contracts';
import { z } from 'zod';
import { LIMITS } from '../limits.js';
import type { Routing } from '../routing.js';
import { cutBatches, isRoutable, type OutboxRow } from './cut-batches.js';

const schema = z.strictObject({ text: z.string() });
const sample = { text: '' };
const CONTRACTS: readonly Contract[] = [
  defineMessage({ type: 'both.v1', from: 'issuance', to: ['redemption', 'settlement'], schema, sample }),
  defineMessage({ type: 'one.v1', from: 'issuance', to: ['redemption'], schema, sample }),
  defineMessage({ type: 'audit_only.v1', from: 'issuance', to: [], schema, sample, auditView: ({ text }) => ({ length: text.length }) }),
] as unknown as Contract[];
const ROUTING: Routing = {
  contractOf: (type) => CONTRACTS.find((one) => one.type === type),
  receiversOf: (type) => [...CONTRACTS.find((one) => one.type === type)!.to, 'audit'],
  typesFor: () => [],
};

const message = (type: string, text = ''): Unnumbered => ({
  id: '01900000-0000-7000-8000-000000000001', type, subject: 's', subjectVersion: 1, occurredAt: '2026-01-01T00:00:00.000Z',
  causationId: null, correlationId: 'c', actor: { kind: 'system', id: 's' }, body: { text },
});
const cut = (rows: readonly OutboxRow[], lastSeq = 0) => cutBatches(rows, lastSeq, 'issuance', ROUTING);
type Sent = { seq: number; type: string; body: { text?: string; length?: number } };
const sentTo = (receiver: Service, { batches }: ReturnType<typeof cut>): Sent[][] =>
  batches.filter((one) => one.receiver === receiver).map(({ json }) => JSON.parse(json) as Sent[]);

describe('cutting batches', () => {
  it('numbers rows whole and in order, from the last number on', () => {
    const rows = [{ id: '7', messages: [message('one.v1'), message('both.v1')] }, { id: '5', messages: [message('audit_only.v1')] }];
    expect(cut(rows, 10)).toMatchObject({
      numbered: [{ outboxId: '7', firstSeq: 11, lastSeq: 12 }, { outboxId: '5', firstSeq: 13, lastSeq: 13 }], lastSeq: 13,
    });
  });

  it('gives each receiver its own, and audit everything in the form meant for audit', () => {
    const result = cut([{ id: '1', messages: [message('one.v1', 'a'), message('both.v1', 'b'), message('audit_only.v1', 'abc')] }]);
    expect(sentTo('redemption', result)).toEqual([[expect.objectContaining({ seq: 1 }), expect.objectContaining({ seq: 2 })]]);
    expect(sentTo('settlement', result)).toEqual([[expect.objectContaining({ seq: 2, body: { text: 'b' } })]]);
    expect(sentTo('audit', result)[0]!.map(({ body }) => body)).toEqual([{ text: 'a' }, { text: 'b' }, { length: 3 }]);
  });

  it('sends a message larger than a batch alone', () => {
    const result = cut([{ id: '1', messages: [message('one.v1'), message('one.v1', 'x'.repeat(LIMITS.batchBytes)), message('one.v1')] }]);
    expect(sentTo('redemption', result).map((batch) => batch.map(({ seq }) => seq))).toEqual([[1], [2], [3]]);
  });

  it('keeps every batch within its limits and loses nothing, whatever comes', () => {
    const seed = [...seedOfRun()].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);
    const one = fc.record({ type: fc.constantFrom('one.v1', 'both.v1', 'audit_only.v1'), length: fc.constantFrom(0, 10, 5000, 200_000) });
    fc.assert(fc.property(fc.array(fc.array(one, { minLength: 1, maxLength: 200 }), { maxLength: 12 }), (shapes) => {
      const rows = shapes.map((row, index) => ({ id: String(index), messages: row.map(({ type, length }) => message(type, 'é'.repeat(length / 2))) }));
      const result = cut(rows);
      const all = shapes.flat();
      expect(result.lastSeq).toBe(all.length);
      for (const receiver of ['redemption', 'settlement', 'audit'] as const) {
        const wanted = all.flatMap(({ type }, index) => (ROUTING.receiversOf(type, 'issuance').includes(receiver) ? [index + 1] : []));
        expect(sentTo(receiver, result).flat().map(({ seq }) => seq)).toEqual(wanted);
      }
      for (const { json, count, firstSeq, lastSeq } of result.batches) {
        const seqs = (JSON.parse(json) as Sent[]).map(({ seq }) => seq);
        expect([seqs.length, seqs[0], seqs.at(-1)]).toEqual([count, firstSeq, lastSeq]);
        expect(count).toBeLessThanOrEqual(LIMITS.batchMessages);
        if (count > 1) expect(Buffer.byteLength(json)).toBeLessThanOrEqual(LIMITS.batchBytes + 2);
      }
    }), { seed, numRuns: 60 });
  });

  it('does not touch a row with a type that this version does not know', () => {
    expect(isRoutable({ id: '1', messages: [message('one.v1'), message('newer.v2')] }, ROUTING)).toBe(false);
    expect(isRoutable({ id: '1', messages: [message('one.v1')] }, ROUTING)).toBe(true);
  });
});
