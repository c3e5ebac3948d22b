import { describe, expect, it } from '@jest/globals';
import { queuesOf, type WorkLists } from './work-queues.js';

const none = { ok: true as const, value: { items: [] } };
const nothing: WorkLists = {
  credit: none, order: none, payee: none, summed: [], listed: [], runs: { ok: true, value: [] },
  complete: { ok: true, value: { senders: [] } },
};
const order = { funding: 'funded', activation: 'inactive', count: 10, mintedCount: 10, amountCents: 100, activatedCents: 0, placedAt: '2026-11-01T10:00:00Z' };
const waiting = (lists: Partial<WorkLists>) => queuesOf({ ...nothing, ...lists })
  .flatMap((queue) => (queue.ok && queue.value.count > 0 ? [[queue.value.english, queue.value.count, queue.value.cents]] : []));
const orders = (...items: (typeof order)[]) => ({ order: { ok: true as const, value: { items } } });

describe('the work lists', () => {
  it('are empty when nothing waits', () => {
    expect(waiting({})).toEqual([]);
  });

  it.each<[string, Partial<WorkLists>, unknown[]]>([
    ['a run to approve', { runs: { ok: true, value: [{ state: 'drafted', amountCents: 5, createdAt: '2026-11-01' }, { state: 'booked', amountCents: 7, createdAt: '2026-11-01' }] } }, [['Payment runs to approve', 1, 5]]],
    ['a run to send', { runs: { ok: true, value: [{ state: 'approved', amountCents: 5, createdAt: '2026-11-01' }] } }, [['Approved runs to send', 1, 5]]],
    ['an order to mint', orders({ ...order, mintedCount: 9 }), [['Orders paid, vouchers to make', 1, 100]]],
    ['vouchers to activate', orders({ ...order, activation: 'part_active', activatedCents: 40 }), [['Vouchers made and paid, to make active', 1, 60]]],
    ['an order that is not paid', orders({ ...order, funding: 'part_funded' }), []],
    ['an order that is done', orders({ ...order, activation: 'active', activatedCents: 100 }), []],
    ['a payee without an account', { payee: { ok: true, value: { items: [{ state: 'complete', bankState: 'blocked', payableCents: 9 }, { state: 'complete', bankState: 'approved', payableCents: 9 }] } } }, [['Payees to complete, or without a valid account', 1, 9]]],
    ['a gap at audit', { complete: { ok: true, value: { senders: [{ missing: 2 }, { missing: 1 }] } } }, [['Messages missing at audit', 3, undefined]]],
  ])('hold %s', (_, lists, expected) => {
    expect(waiting(lists)).toEqual(expected);
  });

  it('name the oldest day', () => {
    const credit = { ok: true as const, value: { items: [{ leftCents: 1, bookedOn: '2026-11-03' }, { leftCents: 2, bookedOn: '2026-11-01' }] } };
    expect(queuesOf({ ...nothing, credit })[2]).toMatchObject({ value: { count: 2, cents: 3, oldest: '2026-11-01' } });
  });

  it('count what a service summed, and what a short list holds, each with the way to it', () => {
    const queues = queuesOf({
      ...nothing, summed: [{ words: ['Anomalies', 'Incidents'], href: '/incidents?state=stated', read: { ok: true, value: { count: 3, cents: 900, oldest: '2026-11-02T08:00:00Z' } } }],
      listed: [{ words: ['Recours', 'Appeals'], href: '/appeals', read: { ok: true, value: [{ cents: 0, since: '2026-11-05T08:00:00Z' }, { cents: 0, since: '2026-11-04T08:00:00Z' }] } }],
    });
    expect(queues).toContainEqual({ ok: true, value: { french: 'Anomalies', english: 'Incidents', href: '/incidents?state=stated', count: 3, cents: 900, oldest: '2026-11-02' } });
    expect(queues).toContainEqual({ ok: true, value: expect.objectContaining({ english: 'Appeals', count: 2, oldest: '2026-11-04', href: '/appeals' }) });
  });

  it('pass on that a list could not be had, and count the others', () => {
    const away = { ok: false as const, status: 503, code: 'unavailable', details: {}, errors: [] };
    const queues = queuesOf({ ...nothing, runs: away });
    expect(queues.filter((queue) => !queue.ok)).toHaveLength(2);
    expect(queues).toHaveLength(7);
  });
});
