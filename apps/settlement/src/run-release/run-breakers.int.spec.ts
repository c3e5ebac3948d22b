// Three runs of the usual size, then one that is not.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentFileReleasedV1 } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { ANNA, AUDITOR, BERT, CLEO, plain, SettlementWorld, ZOE, type Answer, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let usual: Place & { payeeId: string };

type Run = Answer['body'];
const step = (run: Run, name: string, body: unknown = {}, as = ANNA) => world.post(`settlement-runs/${String(run['runId'])}/${name}`, { body, as });
const approve = (run: Run, as = BERT, reasons: readonly object[] = []) => step(run, 'approvals', { sha256: run['sha256'], reasons }, as);
const preview = async (run: Run, as = ANNA) => (await world.get(`settlement-runs/${String(run['runId'])}/preview`, as)).body;
const TOTAL = { breaker: 'total', reason: 'two months in one, as agreed with the council' };

beforeAll(async () => {
  world = await SettlementWorld.create();
  usual = await world.owedPlace(10_000);
  for (let month = 0; month < 3; month += 1) {
    if (month > 0) await world.redeem(usual, 10_000);
    await world.closeStatements();
    await world.released();
    world.clock.set(`2026-04-0${month + 3}T08:01:00.000Z`);
  }
});
afterAll(() => world.close());

async function unusualRun(): Promise<Run> {
  await world.redeem(usual, 50_000);
  await world.closeStatements();
  return world.createRun();
}

describe('a run that is unlike those before it', () => {
  it('leaves only when two people named what is unusual, each with a reason, which audit is told', async () => {
    const run = await unusualRun();
    expect(await approve(run)).toMatchObject({
      status: 409, body: {
        code: 'breaker_tripped',
        details: { breakers: 'total', totalCents: 48_300, dayCents: 48_300, medianCents: 9_660, runs: 3, timesMedian: 3 },
      },
    });
    expect((await approve(run, BERT, [{ breaker: 'total', reason: ' ' }])).status).toBe(400);
    expect((await approve(run, BERT, [TOTAL])).body).toMatchObject({ state: 'drafted', approvals: 1 });
    expect((await step(run, 'release')).body).toMatchObject({ code: 'run_not_approved', details: { approvals: 1, approvalsNeeded: 2 } });
    expect((await approve(run, BERT, [TOTAL])).body.code).toBe('run_approved_by_you');
    expect((await approve(run, ZOE)).body.code).toBe('breaker_tripped');
    world.clock.set('2026-04-05T08:10:00.000Z');
    expect((await approve(run, ZOE, [{ ...TOTAL, reason: 'seen with the treasurer' }])).body).toMatchObject({ state: 'approved', approvals: 2 });
    expect((await step(run, 'release')).status).toBe(200);
    const [told] = (await world.emitted(PaymentFileReleasedV1)).filter(({ body }) => body.fileId === plain(run['runId']));
    expect(told!.body.approvals).toMatchObject([{ userId: BERT.userId, breakers: [TOTAL] }, { userId: ZOE.userId, breakers: [{ breaker: 'total', reason: 'seen with the treasurer' }] }]);
    expect(await world.count('approval_breaker', `run_id = '${plain(run['runId'])}' and figures ->> 'totalCents' = '48300'`)).toBe(2);
  });

  it('is unusual though it is taken in two halves of a day, and though the other half has not left yet', async () => {
    world.clock.set('2026-04-10T08:00:00.000Z');
    await world.redeem(usual, 25_000);
    await world.closeStatements();
    const first = await world.createRun();
    expect((await approve(first)).body).toMatchObject({ state: 'approved' });
    await world.redeem(usual, 25_000);
    await world.closeStatements();
    const second = await world.createRun();
    const both = { code: 'breaker_tripped', details: { breakers: 'total', totalCents: 24_150, dayCents: 48_300, runs: 4 } };
    expect((await approve(second)).body).toMatchObject(both);
    await step(first, 'release');
    world.clock.set('2026-04-11T07:59:59.000Z');
    expect((await approve(second)).body).toMatchObject(both);
    world.clock.set('2026-04-11T08:00:00.000Z');
    expect((await approve(second)).body).toMatchObject({ state: 'approved' });
    expect((await preview(second))['breakers']).toEqual([]);
    expect((await preview(first))['breakers']).toEqual([]);
    await world.cancelRun(second);
    await world.released();
    world.clock.set('2026-04-12T09:00:00.000Z');
  });

  it('is approved by one when it is like them, and keeps no reason that nobody asked for', async () => {
    await world.redeem(usual, 10_000);
    await world.closeStatements();
    const run = await world.createRun();
    expect((await approve(run, BERT, [TOTAL])).body).toMatchObject({ state: 'approved', approvals: 1 });
    expect(await world.count('approval_breaker', `run_id = '${plain(run['runId'])}'`)).toBe(0);
    await world.cancelRun(run);
  });
});

describe('many new accounts', () => {
  it('are as many when they are paid in two runs of a day', async () => {
    const own = await SettlementWorld.create();
    try {
      const runOf = async (places: number) => {
        for (let place = 0; place < places; place += 1) await own.owedPlace();
        await own.closeStatements();
        return own.createRun();
      };
      await own.released(await runOf(11));
      const { runId, sha256 } = await runOf(10);
      expect((await own.post(`settlement-runs/${String(runId)}/approvals`, { as: BERT, body: { sha256 } })).body).toMatchObject({
        code: 'breaker_tripped', details: { breakers: 'new_accounts', newAccounts: 21, newAccountsMax: 20 },
      });
    } finally {
      await own.close();
    }
  });
});

describe('the first runs of a bank account, and one payment', () => {
  it('are compared with a sum that the operator set, whatever other accounts paid', async () => {
    const own = await SettlementWorld.create({ firstRunsCeilingCents: 30_000, paymentCeilingCents: 20_000 });
    const figuresOf = async (run: Run) => {
      const { body } = await own.post(`settlement-runs/${String(run['runId'])}/approvals`, { as: BERT, body: { sha256: run['sha256'] } });
      return body['details'] as object;
    };
    try {
      await own.owedPlace(25_000);
      await own.closeStatements();
      const large = await own.createRun();
      expect(await figuresOf(large)).toMatchObject({ breakers: 'largest_payment', largestCents: 24_150, paymentCeilingCents: 20_000 });
      expect(large['amountCents']).toBe(24_150);
      await own.cancelRun(large);
      await own.redeem(await own.owedPlace(10_000), 10_000);
      await own.closeStatements();
      expect(await figuresOf(await own.createRun())).toMatchObject({
        breakers: 'total largest_payment', dayCents: 43_470, runs: 0, firstRunsCeilingCents: 30_000,
      });
    } finally {
      await own.close();
    }
  });

  it('of another bank account are first runs, though the first one paid often', async () => {
    const { bankAccountId } = await world.done('bank-accounts', { name: 'MEREAU SECOND', iban: fakeIban(2), bic: 'SOGEFRPP' });
    await world.redeem(usual, 100_000, { custodyAccountId: plain(bankAccountId) });
    await world.closeStatements();
    const run = await world.createRun({ bankAccountId });
    expect(run['amountCents']).toBe(96_600);
    expect(await preview(run)).toMatchObject({
      breakers: [], totals: { lastAmountCents: null }, payments: [{ lastAmountCents: 0, newAccount: false }],
    });
    await world.cancelRun(run);
  });
});

describe('the preview of a run', () => {
  it('says payee by payee what is different from the last run, who is new, who is left out, and what is unusual', async () => {
    const known = await world.accredit();
    await world.redeem(known, 700);
    const newcomer = await world.owedPlace(2_000);
    await world.redeem(usual, 100_000);
    await world.closeStatements();
    const run = await world.createRun();
    const shown = await preview(run, AUDITOR);
    expect(shown).toMatchObject({
      totals: { payments: 2, lastAmountCents: 24_150, newPayees: 1, newAccounts: 1, leftOut: 1, leftOutCents: 676 },
      payments: [
        { payeeId: usual.payeeId, lastAmountCents: 24_150, newPayee: false, newAccount: false },
        { payeeId: newcomer.payeeId, amountCents: 1_932, lastAmountCents: 0, differenceCents: 1_932, newPayee: true, newAccount: true },
      ],
      leftOut: [{ legalName: null, amountCents: 676, reason: 'payee_incomplete' }],
      breakers: [{ breaker: 'total' }],
    });
    const { amountCents, differenceCents } = shown['totals'] as { amountCents: number; differenceCents: number };
    expect([amountCents, differenceCents]).toEqual([run['amountCents'], Number(run['amountCents']) - 24_150]);
    expect(JSON.stringify(shown)).not.toMatch(/FR\d{25}/);
    await world.cancelRun(run);
  });

  it('is read by those who release and those who watch, and exists for runs only', async () => {
    const run = await world.createRun();
    for (const as of [ANNA, BERT, CLEO, AUDITOR]) expect((await world.get(`settlement-runs/${String(run['runId'])}/preview`, as)).status).toBe(200);
    expect((await world.get(`settlement-runs/run_${world.newId()}/preview`)).body.code).toBe('run_unknown');
    await world.cancelRun(run);
  });
});
