// Random lives of four payees, by both rails: earned, undone, corrected, closed, owed, set off, paid, refused, sent back, given up, in
// whatever order. After each step every invariant of settlement holds, and bank and Stripe pair with the ledger line by line.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BREAKERS } from '../../apps/settlement/src/settlement-runs/run-breakers.decision.js';
import { RedemptionUndoneV1, VoucherRedeemedV1, type BodyOf } from '#libs/contracts';
import { cents } from '#libs/kernel';
import { fakeIban, seedOfRun } from '#libs/testing';
import { brokenAlone } from '../builders/all-invariants.js';
import { ANNA, BERT, CLEO, shown, ZOE, type Answer, type Place, type SettlementWorld } from '../builders/settlement-world.js';
import { StripeWorld } from '../builders/stripe-world.js';

const STEPS = process.env['MEREAU_SIZES'] === 'full' ? 400 : 60;
const DAY = 86_400_000;
const CLAIM = 121_000;

type Payee = Place & { payeeId: string };
type Fact = BodyOf<typeof VoucherRedeemedV1>;
type Paid = Record<'paymentId' | 'endToEndId' | 'state' | 'rail', string>;

let stripe: StripeWorld;
let world: SettlementWorld;
beforeEach(async () => {
  stripe = await StripeWorld.create({ placeFeeCapBasisPoints: 10_000 });
  ({ world } = stripe);
}, 60_000);
afterEach(() => stripe.close());

/** The same draws for the same seed. */
function drawer(seed: string) {
  let count = 0;
  const below = (limit: number): number => {
    count += 1;
    return createHash('sha256').update(`${seed}:${count}`).digest().readUInt32BE(0) % limit;
  };
  return { below, of: <T>(all: readonly T[]): T | undefined => all[below(Math.max(all.length, 1))] };
}

class Life {
  readonly done: string[] = [];
  private readonly draw: ReturnType<typeof drawer>;
  private readonly payees: Payee[] = [];
  private readonly facts: Fact[] = [];
  private readonly undone = new Set<string>();
  private totalled = 0;
  private files: string[] = [];

  constructor(seed: string) {
    this.draw = drawer(seed);
  }

  async begin(): Promise<void> {
    await stripe.connectWith(200_000);
    await world.done('fee-rules', {
      programmeId: shown('programme', world.programmeId), from: '2026-05-04', feeBasisPoints: 900, vatBasisPoints: 2000, commonsBasisPoints: 300,
    });
    for (let count = 0; count < 4; count += 1) this.payees.push(await stripe.owedPlace(3_000));
    for (const place of this.payees.slice(0, 2)) for (let count = 0; count < 4; count += 1) await this.redeemAt(place);
  }

  /** The more frequent ones stand more than once. What is refused changes nothing, and is noted. */
  async step(): Promise<void> {
    const name = this.draw.of([
      'redeem', 'redeem', 'redeem', 'undo', 'incident', 'incident', 'incident', 'gesture', 'close', 'close', 'close', 'note', 'note', 'note', 'payNote', 'payNote', 'lose',
      'run', 'run', 'transferRun', 'transferRun', 'bank', 'bank', 'giveBack', 'send', 'send', 'reverse', 'read', 'renew', 'wait', 'wait',
    ] as const)!;
    const outcome = await this[name]();
    this.done.push(`${name} ${outcome ?? ''}`);
  }

  /** Mostly at the places that are right. */
  private redeem = () => this.redeemAt(this.payees[Math.min(this.draw.below(8), 3)]!);

  private async redeemAt(place: Payee): Promise<void> {
    const amountCents = 1 + this.draw.below(this.draw.of([3, 40, 4_000])!);
    const fact = world.redeemed({ place, amountCents, over: { feeRuleVersion: 1 + this.draw.below(2) } });
    await world.take(VoucherRedeemedV1, fact, { id: fact.redemptionId });
    this.facts.push(fact);
  }

  /** As redemption does: until its period is totalled. */
  private async undo(): Promise<void> {
    const open = this.facts.slice(this.totalled).filter(({ redemptionId }) => !this.undone.has(redemptionId));
    const fact = this.draw.of(open);
    if (!fact) return;
    const { redemptionId, voucherId, programmeId, batchId, placeId, amountCents, currency, custodyAccountId } = fact;
    await world.take(RedemptionUndoneV1, {
      redemptionId, voucherId, programmeId, batchId, placeId, amountCents, currency, custodyAccountId, reason: 'other', to: 'balance',
    });
    this.undone.add(redemptionId);
  }

  private incident = () => this.correct(this.draw.of(['fraud', 'overpaid'])!);
  private gesture = () => this.correct('gesture');

  private async correct(kind: string): Promise<string> {
    // Two of the places are wrong so often that they come to owe.
    const wrong = new Set(this.payees.slice(0, 2).map(({ placeId }) => placeId));
    const fact = this.draw.of(this.facts.slice(0, this.totalled).filter(({ placeId }) => wrong.has(placeId)));
    if (!fact) return 'nothing';
    const amountCents = kind === 'fraud' ? undefined : 1 + this.draw.below(fact.amountCents);
    const { body } = await world.post('incidents', { body: { redemptionId: `red_${fact.redemptionId}`, kind, note: 'looked at', amountCents } });
    if (!body['incidentId']) return String(body.code);
    return this.said(await world.post(`incidents/${String(body['incidentId'])}/validate`, { body: { note: 'right' }, as: BERT }));
  }

  private async close(): Promise<string> {
    await world.total();
    this.totalled = this.facts.length;
    return this.said(await world.post('statement-closings'));
  }

  private note = async () => this.said(await world.post('debit-notes'));

  private async openNote(): Promise<{ debitNoteId: string; reference: string; leftCents: number } | undefined> {
    return this.draw.of((await world.get('debit-notes?state=open')).body['items'] as { debitNoteId: string; reference: string; leftCents: number }[]);
  }

  private async payNote(): Promise<string> {
    const note = await this.openNote();
    if (!note) return 'nothing';
    const amountCents = this.draw.below(2) === 0 ? note.leftCents : 1 + this.draw.below(note.leftCents);
    world.bank.receive({ amountCents: cents(amountCents), from: { name: 'COMMUNE', iban: fakeIban(88) }, text: note.reference });
    return JSON.stringify(await world.bankDay());
  }

  private async lose(): Promise<string> {
    const note = await this.openNote();
    if (!note || this.draw.below(2) === 0) return 'nothing';
    const { body } = await world.post(`debit-notes/${note.debitNoteId}/losses`, { body: { note: 'gone' }, as: ZOE });
    if (!body['lossId']) return String(body.code);
    return this.said(await world.post(`debit-note-losses/${String(body['lossId'])}/confirm`, { body: { note: 'gone' }, as: BERT }));
  }

  private run = () => this.make('sepa');
  private transferRun = () => this.make('stripe');

  private drafts: Answer['body'][] = [];

  /** Made, and released at once, at a later step, or never. */
  private async make(rail: 'sepa' | 'stripe'): Promise<string> {
    const made = await world.post('settlement-runs', { body: { rail, bankAccountId: shown('bankAccount', world.bankAccountId) } });
    if (made.status < 300) this.drafts.push(made.body);
    if (this.draw.below(3) === 0 || this.drafts.length === 0) return this.said(made);
    const run = this.drafts.splice(this.draw.below(this.drafts.length), 1)[0]!;
    const path = `settlement-runs/${String(run['runId'])}`;
    if (this.draw.below(6) === 0) return this.said(await world.post(`${path}/cancellation`, { body: { reason: 'a random life' } }));
    const reasons = BREAKERS.map((breaker) => ({ breaker, reason: 'a random life' }));
    const approved = await world.post(`${path}/approvals`, { body: { sha256: run['sha256'], reasons }, as: BERT });
    // Where something was unusual, a second one looks at it too.
    if (approved.body['state'] === 'drafted') await world.post(`${path}/approvals`, { body: { sha256: run['sha256'], reasons }, as: ZOE });
    const released = await world.post(`${path}/release`);
    if (released.status >= 300) return `${this.said(approved)} ${this.said(released)} ${this.said(await world.post(`${path}/cancellation`, { body: { reason: 'a random life' } }))}`;
    if (run['rail'] === 'sepa') this.files.push((await world.get(`${path}/file`)).text);
    return `${String(run['rail'])} released ${String(run['amountCents'])}`;
  }

  private async paymentsOf(rail: string, state: string): Promise<Paid[]> {
    const { body } = await world.get('payments?limit=200');
    return (body['items'] as Paid[]).filter((payment) => payment.state === state && payment.rail === rail);
  }

  /** The bank takes a file, or refuses one payment of it. */
  private async bank(): Promise<string> {
    const file = this.files.shift();
    if (!file) return 'nothing';
    const ids = [...file.matchAll(/<EndToEndId>([^<]+)</g)].map(([, id]) => id!);
    const refused = this.draw.below(3) === 0 ? this.draw.of(ids)! : undefined;
    world.bank.execute(file, refused ? { [refused]: 'AC04' } : {});
    const messageId = /<MsgId>([^<]+)</.exec(file)![1]!;
    if (refused) await world.post('payment-reports', { body: world.bank.report(messageId), type: 'application/xml' });
    return JSON.stringify(await world.bankDay());
  }

  private async giveBack(): Promise<string> {
    const payment = this.draw.of(await this.paymentsOf('sepa', 'booked'));
    if (!payment) return 'nothing';
    world.bank.returnPayment(payment.endToEndId);
    return JSON.stringify(await world.bankDay());
  }

  private async send(): Promise<string> {
    if (this.draw.below(4) === 0) stripe.fake.failNextWrites('reset_after', 'reset_after', 'reset_after');
    return String(await stripe.send());
  }

  private async reverse(): Promise<string> {
    const open = stripe.transfers.filter((transfer) => !(transfer as unknown as { reversed: boolean }).reversed);
    const transfer = this.draw.of(open);
    if (!transfer) return 'nothing';
    stripe.fake.account.connect.reverse(transfer.id);
    await this.read();
    return transfer.id;
  }

  private read = async () => { await stripe.read(); };

  /** A new account where the last one was closed to payments. */
  private async renew(): Promise<void> {
    const { payeeId } = this.payee;
    if (this.draw.below(2) === 0) await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    else await stripe.destination(payeeId, { maker: ANNA, checker: CLEO });
  }

  private wait = async () => { stripe.pass((1 + this.draw.below(60)) * DAY); };

  private get payee(): Payee {
    return this.draw.of(this.payees)!;
  }

  private said = ({ status, body }: Answer): string => (status < 300 ? JSON.stringify(body).slice(0, 140) : `${status} ${String(body.code)}`);

  async stands(): Promise<void> {
    const broken = await brokenAlone(world.database.inspectorUrl, 'settlement');
    if (broken.length > 0) throw new Error(`${JSON.stringify(broken)} after ${this.done.join('; ')}`);
    // What Stripe did and could not tell is known at the next look, and what came back at the next reading.
    const [{ isKnown }] = await world.rows<{ isKnown: boolean }>(`
      select not exists (select from settlement.stripe_transfer where state = 'asked' and tries > 0) and not exists (select from settlement.stripe_transfer t join settlement.stripe_movement m on m.transfer_id = t.stripe_transfer_id
        where t.state = 'sent' and m.kind = 'transfer_reversal') as "isKnown"`) as [{ isKnown: boolean }];
    if (isKnown) await this.pairs();
  }

  private async pairs(): Promise<void> {
    const sides = (await world.get('reconciliation')).body['items'] as { account: string; unexplainedCents: number }[];
    const open = sides.filter(({ unexplainedCents }) => unexplainedCents !== 0);
    if (open.length > 0) throw new Error(`${JSON.stringify(open)} after ${this.done.join('; ')}`);
  }

  /** Everything that is under way arrives; then nobody has more than it earned, but for what it owes. */
  async end(): Promise<void> {
    // Faults that were planted and met no call yet are used up first.
    for (let look = 0; look < 100 && await world.count('stripe_transfer', `state = 'asked'`) > 0; look += 1) {
      stripe.pass(CLAIM);
      await stripe.send();
    }
    await this.read();
    while (this.files.length > 0) await this.bank();
    await this.stands();
    await this.pairs();
    const earned = await world.rows<{ payeeId: string; earned: number }>(`select payee_id as "payeeId", sum(gross)::int as earned from (
        select payee_id, gross from settlement.claim_line
        union all select i.payee_id, case i.kind when 'gesture' then i.amount else -i.amount end
          from settlement.incident i join settlement.incident_decision d on d.incident_id = i.id where d.outcome = 'validated') e group by 1`);
    for (const { payeeId, earned: gross } of earned) {
      const [{ out, back, lost, owes }] = await world.rows<Record<'out' | 'back' | 'lost' | 'owes', number>>(`
        with less as (select d.kind, sum(d.amount)::int as amount from settlement.debit_note_discharge d
          join settlement.debit_note n on n.id = d.debit_note_id where n.payee_id = $1 group by 1)
        select coalesce((select sum(amount)::int from settlement.payment where payee_id = $1 and state in ('released', 'booked')), 0) as out,
          coalesce((select amount from less where kind = 'paid'), 0) as back, coalesce((select amount from less where kind = 'lost'), 0) as lost,
          coalesce((select sum(settlement.left_of_debit_note(id, amount))::int from settlement.debit_note where payee_id = $1), 0) as owes`,
      [payeeId]) as [Record<'out' | 'back' | 'lost' | 'owes', number>];
      // What it may keep is what it earned and what was given up; more than that it owes, asked or not.
      const owed = owes + Math.max(-(await world.balance(`accrued:${payeeId}`)), 0);
      expect(out - back).toBeLessThanOrEqual(gross + lost + owed);
    }
  }
}

describe('the treasury', () => {
  it.each(['1', '2', '3'])('keeps every invariant after each step of a random life (%s)', async (number) => {
    const life = new Life(`${seedOfRun()}:${number}`);
    await life.begin();
    for (let count = 0; count < STEPS; count += 1) {
      try {
        await life.step();
      } catch (error) {
        throw new Error(`after ${life.done.join('; ')}`, { cause: error });
      }
      await life.stands();
    }
    await life.end();
  }, 300_000);
});
