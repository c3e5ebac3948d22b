import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedOfRun, seededIds } from '#libs/testing';
import { cents, idOf, isRejected, localDate, ZERO, type Cents, type RedemptionId } from '#libs/kernel';
import { foldBatch, keyOf, type Answer, type Loaded, type TillAttempt, type VoucherRow } from './fold-batch.decision.js';
import { feeRuleOn, isIn, type Reference } from './reference.decision.js';
import { hashOf } from './request-hash.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const placeId = idOf('place', uuid('2'));
const programmeId = idOf('programme', uuid('1'));
const batchOf = (last: string, unit: boolean) => ({
  id: idOf('batch', uuid(last)), programmeId, unit, face: cents(1_000), usableUntil: localDate('2026-12-31'),
  claimableUntil: localDate('2027-01-31'), services: [], custodyAccountId: uuid('aa'), expiring: false, frozen: false,
});
const units = batchOf('81', true);
const balances = batchOf('82', false);
const reference: Reference = {
  version: 1n,
  places: new Map([[placeId, {
    siteId: idOf('site', uuid('3')), timeZone: 'Europe/Paris',
    accreditations: new Map([[programmeId, [{ version: 1, from: localDate('2026-01-01'), to: localDate('2026-12-31') }]]]),
  }]]),
  batches: new Map([units, balances].map((batch) => [batch.id, { batch, ranges: [{ first: 0, last: 99 }], stopped: [] }])),
  feeRules: new Map([[programmeId, [{ version: 1, from: localDate('2026-01-01') }]]]),
  tariffs: new Map(),
  pepperKeyIds: ['k1'], devicesOnly: new Set(), revokedDevices: new Set(),
};
const rowOf = (codeMac: string, batch = units, balance = 1_000, index = 0): VoucherRow => ({
  id: idOf('voucher', uuid(`b${codeMac.length}${codeMac.charCodeAt(0)}`)), batchId: batch.id, index, codeMac, balance: cents(balance),
  expired: ZERO, lastRedemptionId: null,
});
const loadedWith = (...rows: VoucherRow[]): Loaded => ({
  reference, at: new Date('2026-03-10T09:30:00Z'), vouchers: new Map(rows.map((row) => [row.codeMac, row])),
  redemptions: new Map(), refusals: new Map(), lastUses: new Map(),
  authorisedKeys: new Map(), authorisations: new Map(), cancelled: new Set(),
});
const ids = seededIds('fold');
const attemptOn = (codeMac: string, other: Partial<TillAttempt> = {}): TillAttempt => ({
  redemptionId: idOf('redemption', ids.next()), codeMacs: [codeMac], placeId, serviceDate: localDate('2026-03-10'), coPayment: ZERO,
  correlationId: 'c', ...other,
});
const wordOf = (answer: Answer) => (isRejected(answer) ? answer.code : 'redeemed');
const wordsOf = (attempts: TillAttempt[], loaded: Loaded) => foldBatch(attempts, loaded, hashOf).answers.map(wordOf);

describe('a batch of attempts', () => {
  it('decides each on what the one before it left, and writes a voucher once', () => {
    const attempts = [400, 500, 200, 100].map((amount) => attemptOn('m', { amount: cents(amount) }));
    const { answers, writes } = foldBatch(attempts, loadedWith(rowOf('m', balances)), hashOf);
    expect(answers.map(wordOf)).toEqual(['redeemed', 'redeemed', 'voucher_balance_too_low', 'redeemed']);
    expect(writes.spent).toEqual([{ codeMac: 'm', amount: 1_000n, lastRedemptionId: attempts[3]!.redemptionId }]);
    expect(writes.redeemed.map(({ outcome }) => outcome.redemption.balanceAfter)).toEqual([600n, 100n, 0n]);
    expect(writes.refused.map(({ attempt }) => attempt)).toEqual([attempts[2]]);
  });

  it('says of each voucher of a participation which device signed for it', () => {
    const deviceId = idOf('device', uuid('d1'));
    const attempt = attemptOn('m', { deviceId, step: { kind: 'together', others: [attemptOn('nn')] } });
    const { writes } = foldBatch([attempt], loadedWith(rowOf('m'), rowOf('nn')), hashOf);
    expect(writes.redeemed.map((one) => one.attempt.deviceId)).toEqual([deviceId, deviceId]);
  });

  it('tells the till that used a voucher a moment ago when and where, and no other', () => {
    const elsewhere = idOf('place', uuid('22'));
    const { answers } = foldBatch([attemptOn('m'), attemptOn('m'), attemptOn('m', { placeId: elsewhere })], {
      ...loadedWith(rowOf('m')), reference: { ...reference, places: new Map([...reference.places, [elsewhere, reference.places.get(placeId)!]]) },
    }, hashOf);
    expect(answers.slice(1)).toEqual([
      { kind: 'rejected', code: 'voucher_used', details: { usedAt: '2026-03-10T09:30:00.000Z', siteId: `sit_${uuid('3')}` } },
      { kind: 'rejected', code: 'voucher_used', details: {} },
    ]);
  });

  it('gives a key that stands twice in it one answer, and writes it once', () => {
    const yes = attemptOn('m');
    const no = attemptOn('unknown');
    const { answers, writes } = foldBatch([yes, no, yes, no], loadedWith(rowOf('m')), hashOf);
    expect(answers[2]).toBe(answers[0]);
    expect(answers[3]).toBe(answers[1]);
    expect([writes.redeemed.length, writes.refused.length, writes.spent.length]).toEqual([1, 1, 1]);
  });

  it('refuses a key that stands twice in it with two contents, and writes only the first', () => {
    const yes = attemptOn('m');
    const { answers, writes } = foldBatch([yes, { ...yes, coPayment: cents(1) }], loadedWith(rowOf('m')), hashOf);
    expect(answers.map(wordOf)).toEqual(['redeemed', 'idempotency_key_reused']);
    expect([writes.redeemed.length, writes.refused.length]).toEqual([1, 0]);
  });

  it('writes nothing for what was answered before', () => {
    const yes = attemptOn('m');
    const no = attemptOn('unknown');
    const first = foldBatch([yes, no], loadedWith(rowOf('m')), hashOf);
    const { answers, writes } = foldBatch([yes, no], {
      ...loadedWith(rowOf('m', units, 0)),
      redemptions: new Map(first.writes.redeemed.map(({ outcome: { redemption } }) => [redemption.id, redemption])),
      refusals: new Map(first.writes.refused.map(({ attempt, refusal, requestHash }) => [attempt.redemptionId, { refusal, requestHash }])),
    }, hashOf);
    expect(answers).toEqual(first.answers);
    expect(writes).toEqual({ redeemed: [], spent: [], refused: [], authorised: [], holds: [] });
  });

  it('takes the face given for the same content as no amount, for a unit voucher only', () => {
    const unit = attemptOn('m');
    const some = attemptOn('n', { amount: cents(1_000) });
    const { amount: _, ...bare } = some;
    expect(wordsOf([unit, { ...unit, amount: cents(1_000) }], loadedWith(rowOf('m')))).toEqual(['redeemed', 'redeemed']);
    expect(wordsOf([some, bare], loadedWith(rowOf('n', balances)))).toEqual(['redeemed', 'idempotency_key_reused']);
  });

  it('finds a voucher by the hash under an older pepper', () => {
    expect(wordsOf([attemptOn('new', { codeMacs: ['new', 'old'] }), attemptOn('new', { codeMacs: ['new', 'old'] })], loadedWith(rowOf('old'))))
      .toEqual(['redeemed', 'voucher_used']);
  });

  it('tells a refusal again when the pepper has changed since', () => {
    const before = attemptOn('old');
    const { writes, answers } = foldBatch([before], loadedWith(rowOf('old', units, 0)), hashOf);
    const refusals = new Map(writes.refused.map(({ attempt, refusal, requestHash }) => [attempt.redemptionId, { refusal, requestHash }]));
    const again = foldBatch([{ ...before, codeMacs: ['new', 'old'] }], { ...loadedWith(rowOf('old', units, 0)), refusals }, hashOf);
    expect(again.answers).toEqual(answers);
  });

  it('knows no voucher outside of the spendable ranges, nor of a batch that it does not know', () => {
    const stranger = { ...units, id: idOf('batch', uuid('89')) };
    expect(wordsOf([attemptOn('m'), attemptOn('n')], loadedWith(rowOf('m', units, 1_000, 100), rowOf('n', stranger))))
      .toEqual(['voucher_not_found', 'voucher_not_found']);
  });
});

describe('two steps in one batch', () => {
  const hold = { step: { kind: 'authorise', holdMs: 60_000 } } as const;

  it('are a hold that the next attempt meets, and that a lapse ends', () => {
    const [held, rival] = [attemptOn('m', hold), attemptOn('m')];
    const { answers, writes } = foldBatch([held, rival, held], loadedWith(rowOf('m')), hashOf);
    expect(answers.map(wordOf)).toEqual(['redeemed', 'voucher_held', 'redeemed']);
    expect(answers[2]).toBe(answers[0]);
    const until = new Date('2026-03-10T09:31:00Z');
    expect(writes).toMatchObject({ redeemed: [], spent: [], holds: [{ codeMac: 'm', hold: { id: held.redemptionId, amount: 1_000n, until } }] });
    const row = { ...rowOf('m'), hold: writes.holds[0]!.hold! };
    expect(wordsOf([attemptOn('m')], { ...loadedWith(row), at: new Date(until.getTime() - 1) })).toEqual(['voucher_held']);
    const later = foldBatch([attemptOn('m')], { ...loadedWith(row), at: until }, hashOf);
    expect([later.answers.map(wordOf), later.writes.holds]).toEqual([['redeemed'], [{ codeMac: 'm' }]]);
  });

  it('end with the confirmation, which clears the hold and takes its own', () => {
    const id = idOf('redemption', ids.next());
    const row = { ...rowOf('m'), hold: { id, amount: cents(1_000), until: new Date('2026-03-10T10:00:00Z') } };
    const confirm = attemptOn('m', { redemptionId: id, step: { kind: 'confirm', key: idOf('redemption', ids.next()), authorised: cents(1_000) } });
    const known = { ...loadedWith(row), authorisedKeys: new Map([[id, 'x']]) };
    const { answers, writes } = foldBatch([attemptOn('m'), confirm, confirm], known, hashOf);
    expect(answers.map(wordOf)).toEqual(['voucher_held', 'redeemed', 'redeemed']);
    expect(writes.holds).toEqual([{ codeMac: 'm' }]);
    expect(wordsOf([confirm], { ...known, cancelled: new Set([id]) })).toEqual(['authorisation_cancelled']);
  });

  it('write nothing for a check, and change no answer of those after it', () => {
    const check = attemptOn('m', { step: { kind: 'check' } });
    const { answers, writes } = foldBatch([check, attemptOn('m'), check], loadedWith(rowOf('m')), hashOf);
    expect(answers.map(wordOf)).toEqual(['redeemed', 'redeemed', 'voucher_used']);
    expect([writes.redeemed.length, writes.refused.length, writes.holds.length]).toEqual([1, 0, 0]);
  });
});

describe('an index', () => {
  const ranges = [{ first: 0, last: 4 }, { first: 10, last: 10 }, { first: 20, last: 29 }];
  it.each([[0, true], [4, true], [5, false], [9, false], [10, true], [11, false], [19, false], [20, true], [29, true], [30, false]])(
    '%s is in 0..4, 10..10, 20..29: %s', (index, inside) => expect(isIn(ranges, index)).toBe(inside));
  it('is in no range when there is none', () => expect(isIn([], 0)).toBe(false));
});

describe('the fee rule of a day', () => {
  const rules = [{ version: 3, from: localDate('2026-06-01') }, { version: 2, from: localDate('2026-01-01') }, { version: 1, from: localDate('2026-03-01') }];
  it.each([['2025-12-31', undefined], ['2026-01-01', 2], ['2026-05-31', 2], ['2026-06-01', 3]])('on %s is version %s', (day, version) =>
    expect(feeRuleOn({ ...reference, feeRules: new Map([[programmeId, rules]]) }, programmeId, localDate(day))).toBe(version));
});

const SEED = Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16);
const MACS = ['a', 'bb', 'ccc', 'dddd'];
const KEYS = Array.from({ length: 30 }, () => idOf('redemption', ids.next()));
const CONFIRMATIONS = Array.from({ length: 10 }, () => idOf('redemption', ids.next()));
const aStep = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) }, fc.constant({ kind: 'check' } as const),
  fc.integer({ min: 1, max: 2 }).map((minutes) => ({ kind: 'authorise', holdMs: minutes * 60_000 } as const)),
  fc.record({ kind: fc.constant('confirm' as const), key: fc.constantFrom(...CONFIRMATIONS), authorised: fc.constantFrom(cents(1_000), cents(400)) }),
);
const anAttempt = fc.record({
  redemptionId: fc.constantFrom(...KEYS), mac: fc.constantFrom(...MACS, 'unknown'), step: aStep,
  amount: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }), coPayment: fc.integer({ min: 0, max: 1 }),
}).map(({ mac, amount, coPayment, redemptionId, step }) => attemptOn(mac, {
  redemptionId, coPayment: cents(coPayment), ...(amount !== undefined && { amount: cents(amount) }), ...(step && { step }),
}));
/** One is held at this moment, one was a minute ago. */
const heldRow = (row: VoucherRow, until: string): VoucherRow =>
  ({ ...row, hold: { id: idOf('redemption', ids.next()), amount: cents(200), until: new Date(until) } });
const start = () => loadedWith(
  rowOf('a'), heldRow(rowOf('bb', balances), '2026-03-10T09:29:00Z'), heldRow(rowOf('ccc', balances, 300), '2026-03-10T09:31:00Z'), rowOf('dddd', units, 0),
);

/** What a second batch would load after the first was written. */
function after(loaded: Loaded, attempts: readonly TillAttempt[]): { answers: readonly Answer[]; loaded: Loaded } {
  const { answers, writes } = foldBatch(attempts, loaded, hashOf);
  const vouchers = new Map(loaded.vouchers);
  for (const { codeMac, amount, lastRedemptionId } of writes.spent) {
    const row = vouchers.get(codeMac)!;
    vouchers.set(codeMac, { ...row, balance: (row.balance - amount) as Cents, lastRedemptionId });
  }
  for (const { codeMac, hold } of writes.holds) {
    const { hold: _, ...row } = vouchers.get(codeMac)!;
    vouchers.set(codeMac, { ...row, ...(hold && { hold }) });
  }
  const authorised = writes.authorised.map(({ authorisation }) => [authorisation.id, authorisation] as const);
  const authorisations = new Map([...loaded.authorisations, ...authorised]);
  const hashes = writes.authorised.map(({ authorisation, requestHash }) => [authorisation.id, requestHash] as const);
  const authorisedKeys = new Map([...loaded.authorisedKeys, ...hashes]);
  const redeemed = writes.redeemed.map(({ outcome }) => outcome.redemption);
  const byId = new Map([...loaded.redemptions, ...redeemed.map((one) => [one.id, one] as const)]);
  const lastUses = new Map([...vouchers.values()].filter(({ balance }) => balance === 0n).flatMap(({ id, lastRedemptionId }) => {
    const use = lastRedemptionId && byId.get(lastRedemptionId);
    return use ? [[id, use] as const] : [];
  }));
  const told = writes.refused.map(({ attempt, refusal, requestHash }) => [keyOf(attempt), { refusal, requestHash }] as const);
  const refusals = new Map([...loaded.refusals, ...told]);
  return { answers, loaded: { ...loaded, vouchers, redemptions: byId, refusals, lastUses, authorisations, authorisedKeys } };
}

describe('a device', () => {
  const [device, lost] = [idOf('device', uuid('d1')), idOf('device', uuid('d2'))];
  const closed = (other: Partial<Reference>): Loaded => ({ ...loadedWith(rowOf('a')), reference: { ...reference, revokedDevices: new Set([lost]), ...other } });
  const only = closed({ devicesOnly: new Set([placeId]) });

  it.each<[string, Loaded, TillAttempt['deviceId'], string]>([
    ['need not sign where its place does not ask for it', closed({}), undefined, 'redeemed'],
    ['may sign there', closed({}), device, 'redeemed'],
    ['may not once it was revoked, where nobody has to sign either', closed({}), lost, 'device_revoked'],
    ['has to sign where its place asks for it', only, undefined, 'device_not_enrolled'],
    ['may sign where it has to', only, device, 'redeemed'],
    ['may not where it has to, once it was revoked', only, lost, 'device_revoked'],
  ])('%s', (_, loaded, deviceId, word) => {
    const attempt = attemptOn('a', deviceId && { deviceId });
    const { answers: [answer], writes } = foldBatch([attempt], loaded, hashOf);
    expect(isRejected(answer) ? answer.code : 'redeemed').toBe(word);
    // The till signs, or signs on another device, and asks again with its key.
    expect(writes.refused).toEqual([]);
  });

  it('that was revoked since is told what was decided before, and nothing that was not', () => {
    const [yes, no, other] = ['a', 'unknown', 'unknown'].map((mac) => attemptOn(mac, { deviceId: lost })) as [TillAttempt, TillAttempt, TillAttempt];
    const [held, checked] = ([{ kind: 'authorise', holdMs: 60_000 }, { kind: 'check' }] as const).map((step) =>
      attemptOn('a', { deviceId: lost, step })) as [TillAttempt, TillAttempt];
    const before = foldBatch([yes, no], loadedWith(rowOf('a')), hashOf);
    const { loaded } = after(loadedWith(rowOf('a')), [yes, no]);
    const { answers, writes } = foldBatch(
      [yes, no, other, { ...yes, coPayment: cents(1) }, held, checked], { ...loaded, reference: closed({}).reference }, hashOf);
    expect(answers.slice(0, 2)).toEqual(before.answers);
    expect(answers.slice(2).map(wordOf)).toEqual(Array.from({ length: 4 }, () => 'device_revoked'));
    expect([writes.redeemed, writes.refused, writes.authorised]).toEqual([[], [], []]);
  });
});

describe('a capture', () => {
  it('of a clock that is ahead at midnight is refused until its day comes, and that is not stored; what is asked online is', () => {
    const online = attemptOn('b', { serviceDate: localDate('2026-03-11') });
    const capture = attemptOn('a', { serviceDate: localDate('2026-03-11'), capturedAt: new Date('2026-03-10T23:01:00Z') });
    const known = reference.batches.get(units.id)!;
    const offline: Reference = { ...reference, batches: new Map([[units.id, { ...known, batch: { ...units, offline: true } }]]) };
    const evening: Loaded = { ...loadedWith(rowOf('a'), rowOf('b')), reference: offline, at: new Date('2026-03-10T22:57:00Z') };
    const early = foldBatch([capture, online], evening, hashOf);
    expect(early.answers.map(wordOf)).toEqual(['service_in_future', 'service_in_future']);
    expect(early.writes.refused.map(({ attempt }) => attempt)).toEqual([online]);
    expect(wordsOf([capture], { ...evening, at: new Date('2026-03-10T23:00:00Z') })).toEqual(['redeemed']);
  });
});

describe('any batch', () => {
  it('takes from each voucher what its redemptions say, and never more than it held', () => {
    fc.assert(fc.property(fc.array(anAttempt, { maxLength: 60 }), (attempts) => {
      const loaded = start();
      const { writes } = foldBatch(attempts, loaded, hashOf);
      for (const { codeMac, amount } of writes.spent) {
        const row = loaded.vouchers.get(codeMac)!;
        const redeemed = writes.redeemed.map(({ outcome }) => outcome.redemption).filter(({ voucherId }) => voucherId === row.id);
        expect(redeemed.reduce((sum, one) => sum + one.amount, 0n)).toBe(amount);
        expect(amount <= row.balance).toBe(true);
        expect(redeemed.at(-1)!.balanceAfter).toBe(row.balance - amount);
      }
      const keysOf = (items: readonly { attempt: TillAttempt }[]) => items.map(({ attempt }): RedemptionId => keyOf(attempt));
      const ids = writes.redeemed.map(({ outcome }) => outcome.redemption.id);
      for (const keys of [ids, keysOf(writes.refused), keysOf(writes.authorised)]) expect(new Set(keys).size).toBe(keys.length);
    }), { seed: SEED, numRuns: 300 });
  });

  it('never leaves less on a voucher than is held of it, nor takes what another authorisation holds', () => {
    fc.assert(fc.property(fc.array(anAttempt, { maxLength: 60 }), (attempts) => {
      const { loaded } = after(start(), attempts);
      for (const { balance, hold, codeMac } of loaded.vouchers.values()) {
        if (hold) expect(hold.amount <= balance).toBe(true);
        if (codeMac === 'ccc') expect(balance >= 200n).toBe(true);
      }
    }), { seed: SEED, numRuns: 300 });
  });

  it('answers as if it had been cut in two batches anywhere', () => {
    fc.assert(fc.property(fc.array(anAttempt, { maxLength: 40 }), fc.nat(40), (attempts, cut) => {
      const first = after(start(), attempts.slice(0, cut));
      const second = after(first.loaded, attempts.slice(cut));
      expect([...first.answers, ...second.answers]).toEqual(foldBatch(attempts, start(), hashOf).answers);
    }), { seed: SEED, numRuns: 300 });
  });
});
