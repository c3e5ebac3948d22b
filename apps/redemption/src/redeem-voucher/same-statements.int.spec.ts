// Goal: nobody finds out which codes there are. A code that nobody minted, one that is not activated, and any at a place that is
// accredited for nothing: each is asked of the database in the same statements, and answered in the same bytes.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { idOf, isRejected, type PlaceId } from '#libs/kernel';
import { normaliseCode } from '#libs/keys';
import { fixedClock } from '#libs/testing';
import { SteppedPool, type Statement } from '../../../../test/builders/interleaving.js';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';
import { Collector } from '../till/collector.js';
import type { TillAttempt } from '../till/fold-batch.decision.js';

jest.setTimeout(120_000);

let scheme: RedemptionScheme;
let former: Till;
/** By what it is: all that a place may not know, and at which till. */
let codes: Readonly<Record<Case, string>>;
let collector: Collector;
const asked: Statement[] = [];

const AT_AN_ACCREDITED = ['minted by nobody', 'of a batch that is not activated'] as const;
const AT_A_FORMER = ['spendable', 'used', 'used in part', 'held', 'stopped', 'frozen', 'not activated', 'of nobody', 'over'] as const;
type Case = (typeof AT_AN_ACCREDITED)[number] | (typeof AT_A_FORMER)[number];

beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  former = await scheme.formerTill();
  codes = await mintAll();
  collector = new Collector({
    pool: new SteppedPool(scheme.app.world.database.urlFor('redemption'), () => ({
      pass: (statement, run) => {
        asked.push(statement);
        return run();
      },
    })),
    clock: fixedClock(NOON), log: { error: () => undefined },
  });
});
afterAll(async () => {
  await collector.stop();
  await scheme.close();
});

async function mintAll(): Promise<Record<Case, string>> {
  const orderId = uuidv7();
  const one = async (options: Parameters<RedemptionScheme['batch']>[1] = {}) => {
    const { batchId, codes: [code] } = await scheme.batch(1, options);
    return { batchId, code: code! };
  };
  const [spendable, used, part, held, stopped] = [await one(), await one(), await one({ kind: 'balance' }), await one(), await one()];
  await scheme.redeem(used.code);
  await scheme.redeem(part.code, { amountCents: 400 });
  await scheme.authorise(held.code);
  await scheme.stop(stopped.batchId, { first: 0, last: 0 });
  const frozen = await one({ orderId });
  await scheme.dispute(orderId);
  const nobody = () => scheme.app.mint(uuidv7(), [1]).codes[0]!;
  return {
    'minted by nobody': nobody(), 'of a batch that is not activated': (await one({ active: false })).code,
    spendable: spendable.code, used: used.code, 'used in part': part.code, held: held.code, stopped: stopped.code, frozen: frozen.code,
    'not activated': (await one({ active: false })).code, 'of nobody': nobody(),
    over: (await one({ usableUntil: '2026-03-01', claimableUntil: '2026-03-01' })).code,
  };
}

const STEPS = { check: { kind: 'check' }, authorise: { kind: 'authorise', holdMs: 60_000 }, redeem: undefined } as const;
type Step = keyof typeof STEPS;
const EVERY_STEP = Object.keys(STEPS) as Step[];

/** What one request asks of the database: each statement by its name and its whole text. */
async function statementsOf(code: string, at: Till, step: Step): Promise<readonly Statement[]> {
  const mac = normaliseCode(code);
  if (isRejected(mac)) throw new Error(mac.code);
  const { world, keyring } = scheme.app;
  const placeId: PlaceId = idOf('place', at.placeId.slice(4));
  const kind = STEPS[step];
  const attempt: TillAttempt = { ...world.attempt(keyring.codeMac(mac).mac, placeId), ...(kind && { step: kind }) };
  asked.length = 0;
  expect(await collector.submit(attempt)).toMatchObject({ code: 'voucher_not_found' });
  return asked.map((statement) => (typeof statement === 'string' ? statement : { name: statement.name, text: statement.text }));
}

const bytesOf = ({ status, headers, body: { instance: _, ...body } }: Answer) =>
  ({ status, type: headers.get('content-type'), length: headers.get('content-length'), body });

describe.each([
  ['a place that is accredited', () => scheme.till, AT_AN_ACCREDITED], ['a place that was', () => former, AT_A_FORMER],
] as const)('%s', (_, till, cases) => {
  it('asks the database the same of each of them', async () => {
    for (const step of EVERY_STEP) {
      // It may have to read its rules first, once.
      await statementsOf(codes['minted by nobody'], till(), step);
      const wanted = await statementsOf(codes['minted by nobody'], till(), step);
      // A lock alone makes a commit wait for the disk.
      expect(wanted.at(-1)).toBe(step === 'check' ? 'rollback' : 'commit');
      for (const name of cases) expect([name, step, await statementsOf(codes[name], till(), step)]).toEqual([name, step, wanted]);
    }
  });

  it('is told the same of each of them', async () => {
    const ways = (code: string) => ({
      check: () => scheme.check(code, {}, { at: till() }), authorise: () => scheme.authorise(code, {}, { at: till() }),
      redeem: () => scheme.redeem(code, {}, { at: till() }),
    });
    for (const step of EVERY_STEP) {
      const wanted = bytesOf(await ways(codes['minted by nobody'])[step]());
      expect([wanted.status, wanted.body.code]).toEqual([404, 'voucher_not_found']);
      for (const name of cases) expect([name, bytesOf(await ways(codes[name])[step]())]).toEqual([name, wanted]);
    }
    const { body } = await scheme.session(cases.map((name) => ({ code: codes[name] })), {}, { at: till() });
    const told = (body['lines'] as Record<string, unknown>[]).map(({ redemptionId: __, ...line }) => line);
    expect(told).toEqual(told.map(() => told[0]));
  });
});
