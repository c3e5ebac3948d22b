// Issuance as it runs, on a database of its own, with its routes and without its background: a spec mints and delivers
// messages itself, in the order that it is about.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Principal } from '#libs/auth';
import {
  BankCreditBookedV1, ExpiryRunFinishedV1, RangeSpendableV1, StripeAccountConnectedV1, VoucherChunkLoadedV1, VoucherExpiredChunkV1,
  VoucherRedeemedV1, VoucherStoppedV1, type BodyOf,
} from '#libs/contracts';
import {
  ADDRESS, CREDITOR, CUSTODY, ENDED, IssuanceService, memberOf, openIssuance, APPROVER, plain, shown, type Answer, type Drafted,
  type IssuedInvoice, type OrderOptions, type PlacedOrder, type WorldOptions,
} from './issuance-service.js';

export * from './issuance-service.js';

export class IssuanceWorld extends IssuanceService {
  private payers = 0;

  /** With a card processor, Stripe's account pays out to `CUSTODY`, unless it is not connected yet. */
  static async create({ connected = true, ...options }: WorldOptions = {}): Promise<IssuanceWorld> {
    const world = new IssuanceWorld(await openIssuance(options));
    if (options.cardProcessor && connected) await world.take(StripeAccountConnectedV1, { custodyAccountId: CUSTODY });
    return world;
  }

  /** One organisation with as many payers as are asked for: each an establishment of its own, that can be invoiced unless told. */
  async payer({ billed = true }: { billed?: boolean } = {}): Promise<string> {
    this.payers += 1;
    const siret = sirets(this.payers);
    const { payerId } = await this.done('payers', { name: `Payeur ${this.payers}`, siren: siret.slice(0, 9), siret });
    if (billed) await this.billed([String(payerId)]);
    return String(payerId);
  }

  async programme(over: Record<string, unknown> = {}): Promise<string> {
    return String((await this.done('programmes', this.rules(over)))['programmeId']);
  }

  /** The body of a new programme. */
  rules = (over: Record<string, unknown> = {}): Record<string, unknown> =>
    ({ ...this.rule(), kind: 'unit', custodyAccountId: shown('bankAccount', CUSTODY), ...over });

  /** The body of a further version of its rules. */
  rule = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
    name: 'Numérique pour tous', faceCents: 1_000, usableUntil: '2026-12-31', claimableUntil: '2027-01-31', creditor: CREDITOR, ...over,
  });

  /** As many orders of one voucher as are asked for, by copying the programme's first one. */
  async manyOrders(programmeId: string, count: number): Promise<void> {
    const admin = new pg.Client({ connectionString: this.database.adminUrl });
    await admin.connect();
    await admin.query(`set session_replication_role = replica`);
    await admin.query(
      `insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
       select gen_random_uuid(), 'RF00MRO' || lpad(n::text, 10, '0'), o.programme_id, o.rule_version, 1, o.face_cents, o.face_cents,
         'EUR', 'test', o.placed_at + n * interval '1 microsecond'
       from (select * from issuance.order where programme_id = $1 limit 1) o, generate_series(1, $2) n`, [plain(programmeId), count]);
    await admin.end();
  }

  /** Ten vouchers of ten euros of one new payer in a new programme, unless told otherwise. */
  async order({ programmeId, shares, count = 10, ...terms }: OrderOptions = {}): Promise<PlacedOrder> {
    const given = shares ?? [{ payerId: await this.payer(), basisPoints: 10_000 }];
    const programme = programmeId ?? await this.programme();
    const placed = await this.done('orders', { programmeId: programme, count, shares: given, ...terms });
    return { ...(placed as Pick<PlacedOrder, 'orderId' | 'reference' | 'amountCents' | 'shares'>), programmeId: programme, payerId: given[0]!.payerId };
  }

  /** A draft of ten vouchers; of one new payer, as whom `as` speaks, unless told otherwise. */
  async draft(over: Record<string, unknown> = {}): Promise<Drafted> {
    const shares = over['shares'] as { payerId: string }[] | undefined ?? [{ payerId: await this.payer(), basisPoints: 10_000 }];
    const { orderId } = await this.done('order-drafts', { programmeId: await this.programme(), count: 10, shares, ...over });
    return { orderId: String(orderId), payerIds: shares.map(({ payerId }) => payerId), as: memberOf(shares[0]!.payerId) };
  }

  async quoted(over: Record<string, unknown> = {}): Promise<Drafted & { version: number }> {
    const draft = await this.draft(over);
    const { version } = await this.done(`order-drafts/${draft.orderId}/quotes`, {});
    return { ...draft, version: Number(version) };
  }

  answer({ orderId, version }: { orderId: string; version: number }, as: Principal, answer: 'accepted' | 'refused' = 'accepted'): Promise<Answer> {
    const reason = answer === 'refused' && { reason: 'Trop cher' };
    return this.post(`order-drafts/${orderId}/quotes/${version}/answers`, { body: { answer, ...reason }, as });
  }

  /** By each of its payers. */
  async accept(quote: Drafted & { version: number }): Promise<void> {
    for (const payerId of quote.payerIds) {
      const answer = await this.answer(quote, memberOf(payerId));
      if (answer.status !== 201) throw new Error(`an acceptance was answered ${answer.status} ${answer.text}`);
    }
  }

  /** Of two new payers, six tenths and four. */
  async coFunded(over: OrderOptions = {}): Promise<PlacedOrder> {
    const payerIds = [await this.payer(), await this.payer()];
    return this.order({ shares: payerIds.map((payerId, at) => ({ payerId, basisPoints: at === 0 ? 6_000 : 4_000 })), ...over });
  }

  /** Where each of these payers is, and what it wants on its invoices. */
  async billed(payerIds: readonly string[], wants: object = {}): Promise<void> {
    for (const payerId of payerIds) await this.done(`payers/${payerId}/billing`, { address: ADDRESS, ...wants });
  }

  /** An order whose payers are invoiced by the operator; of one payer who pays all, unless told otherwise. */
  async invoiced(options: OrderOptions = {}): Promise<PlacedOrder & { invoices: IssuedInvoice[] }> {
    const order = await this.order(options);
    const { documents } = await this.done(`orders/${order.orderId}/invoices`, {}) as { documents: IssuedInvoice[] };
    return { ...order, invoices: documents };
  }

  /** A batch of the order, minted, and loaded as redemption would confirm it. */
  async batch(orderId: string, count: number | null = null): Promise<string> {
    const { batchId, chunks, count: made } = await this.done(`orders/${orderId}/batches`, { count });
    await this.mint();
    for (let chunk = 0; chunk < Number(chunks); chunk += 1) {
      const size = Math.min(10_000, Number(made) - chunk * 10_000);
      await this.take(VoucherChunkLoadedV1, { batchId: plain(String(batchId)), chunk, count: size });
    }
    return String(batchId);
  }

  /** An order that is funded, activated, and used in part; of its expiry nothing is told yet. */
  async usedOrder(redeemed: readonly number[] = [1_000, 1_000], options: OrderOptions = {}): Promise<PlacedOrder & { batchId: string }> {
    const order = await this.order(options);
    for (const share of order.shares) await this.fund(share, share.amountCents);
    const batchId = await this.batch(order.orderId);
    const activated = await this.activate(batchId);
    if (activated.status !== 201) throw new Error(`the activation was answered ${activated.status} ${activated.text}`);
    for (const amountCents of redeemed) {
      const about = { redemptionId: this.newId(), batchId: plain(batchId), amountCents, custodyAccountId: CUSTODY };
      const body = { ...VoucherRedeemedV1.sample, ...about };
      await this.take(VoucherRedeemedV1, body, body.redemptionId);
    }
    return { ...order, batchId };
  }

  /** Redemption tells that a run took `chunks` off the batch; each sum is a chunk of as many vouchers as its euros. */
  async expire(batchId: string, chunks: readonly number[]): Promise<void> {
    const [runId, counts] = [this.newId(), chunks.map((amountCents) => Math.max(1, Math.floor(amountCents / 1_000)))];
    for (const [chunk, amountCents] of chunks.entries()) {
      await this.take(VoucherExpiredChunkV1, {
        runId, batchId: plain(batchId), chunk, first: chunk * 10_000, last: chunk * 10_000 + 9_999, count: counts[chunk]!, amountCents,
        currency: 'EUR', custodyAccountId: CUSTODY,
      });
    }
    await this.take(ExpiryRunFinishedV1, {
      runId, batchId: plain(batchId), chunkCount: chunks.length, voucherCount: counts.reduce((a, b) => a + b, 0),
      amountCents: chunks.reduce((a, b) => a + b, 0), currency: 'EUR',
    });
  }

  /** The statement of an order whose vouchers have ended; the clock is then past its end. */
  async drawnUp(order: Pick<PlacedOrder, 'orderId'>): Promise<{ statementId: string; sha256: string }> {
    this.clock.set(ENDED);
    return this.drawn(order);
  }

  /** The same at the present moment. */
  async drawn({ orderId }: Pick<PlacedOrder, 'orderId'>): Promise<{ statementId: string; sha256: string }> {
    return await this.done('contradictory-statements', { orderId }) as { statementId: string; sha256: string };
  }

  sign({ statementId, sha256 }: { statementId: string; sha256: string }, as: Principal): Promise<Answer> {
    return this.post(`contradictory-statements/${statementId}/signatures`, { body: { sha256 }, as });
  }

  /** Two vouchers of ten used, the rest expired, and all have signed. */
  async signedOrder(options: OrderOptions = {}): Promise<PlacedOrder & { statementId: string }> {
    const order = await this.usedOrder([1_000, 1_000], options);
    await this.expire(order.batchId, [8_000]);
    const statement = await this.drawnUp(order);
    const payerIds = options.shares?.map(({ payerId }) => payerId) ?? [order.payerId];
    for (const signer of [...payerIds.map(memberOf), APPROVER]) {
      const answer = await this.sign(statement, signer);
      if (answer.status !== 201) throw new Error(`a signature was answered ${answer.status} ${answer.text}`);
    }
    return { ...order, statementId: statement.statementId };
  }

  async distributor(): Promise<string> {
    this.payers += 1;
    const { distributorId } = await this.done('distributors', { name: `Distributeur ${this.payers}`, siret: sirets(this.payers) });
    return String(distributorId);
  }

  /** A batch of one new order, loaded and printed: it may be shipped. */
  async printedBatch(count = 100): Promise<string> {
    const batchId = await this.batch((await this.order({ count })).orderId);
    await this.done(`batches/${batchId}/print-files`, { format: 'csv' });
    return batchId;
  }

  async ship(batchId: string, distributorId: string, range: object = {}): Promise<string> {
    return String((await this.done(`batches/${batchId}/deliveries`, { distributorId, ...range }))['deliveryId']);
  }

  async mint(): Promise<void> {
    await this.minter.mintAll((_, error) => { throw error; });
  }

  activate(batchId: string, range: { first?: number; last?: number } = {}, key: string = randomUUID()): Promise<Answer> {
    return this.post(`batches/${batchId}/activations`, { body: range, key });
  }

  /** Paid, activated, and told by redemption that it can be spent. */
  async spendable(order: Pick<PlacedOrder, 'reference' | 'amountCents'>, batchId: string): Promise<void> {
    await this.fund(order, order.amountCents);
    const { body } = await this.activate(batchId);
    const [activationId, batch] = [plain(String(body['activationId'])), plain(batchId)];
    await this.take(RangeSpendableV1, { activationId, batchId: batch, amountCents: Number(body['amountCents']), currency: 'EUR' });
  }

  /** Redemption tells that it stopped vouchers. */
  stop(batchId: string, ranges: { first: number; last: number }[] = [{ first: 0, last: 9 }]): Promise<void> {
    return this.take(VoucherStoppedV1, { stopId: this.newId(), batchId: plain(batchId), ranges, reason: 'lost' });
  }

  credit(amountCents: number, references: readonly string[], over: Partial<BodyOf<typeof BankCreditBookedV1>> = {}) {
    return {
      bankLineId: this.newId(), custodyAccountId: CUSTODY, bookedOn: '2026-03-02', amountCents, currency: 'EUR' as const,
      references: [...references], endToEndId: null, debtorMac: null, ...over,
    };
  }

  /** Money arrives that names the order; returns the bank line. */
  async fund({ reference }: Pick<PlacedOrder, 'reference'>, amountCents: number): Promise<string> {
    const credit = this.credit(amountCents, [reference]);
    await this.take(BankCreditBookedV1, credit);
    return shown('bankLine', credit.bankLineId);
  }

  prefund = ({ programmeId, payerId }: Pick<PlacedOrder, 'programmeId' | 'payerId'>): Promise<number> =>
    this.balance(`prefund:${plain(programmeId)}:${plain(payerId)}`);
}

/** The n-th SIRET of one organisation, with its check digit. */
function sirets(n: number): string {
  const stem = `732829320${String(n).padStart(4, '0')}`;
  return stem + [...'0123456789'].find((last) => luhn(stem + last))!;
}

const luhn = (digits: string): boolean => [...digits].reverse().reduce((total, digit, at) => {
  const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
  return total + (value > 9 ? value - 9 : value);
}, 0) % 10 === 0;
