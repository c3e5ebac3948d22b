// Settlement beside a fake Stripe whose balance holds money of payers: what a run by Stripe needs. Both live by one clock.
import { ControlTotalsPublishedV1, PaymentSucceededV1 } from '#libs/contracts';
import { cents, isRejected } from '#libs/kernel';
import { createStripe, FakeStripe, StripeCardPayments } from '#libs/stripe';
import { ANNA, BERT, CLEO, NOW, plain, SettlementWorld, shown, type Answer, type Place, type WorldSettings } from './settlement-world.js';

export type Run = Answer['body'];

export class StripeWorld {
  private charges = 0;

  private constructor(readonly world: SettlementWorld, readonly fake: FakeStripe, private readonly payments: StripeCardPayments) {}

  static async create(settings: WorldSettings = {}): Promise<StripeWorld> {
    let world: SettlementWorld | undefined;
    const fake = await FakeStripe.start({ now: () => world?.clock.override() ?? new Date(NOW) });
    world = await SettlementWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'] }, ...settings });
    return new StripeWorld(world, fake, new StripeCardPayments(createStripe({ secretKey: 'sk_test_spec', apiBase: fake.baseUrl, maxNetworkRetries: 0 })));
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.fake.stop();
  }

  /** Stripe pays out to the custody account, and holds this much for it after its fee, known to the ledger and listed. */
  async connectWith(netCents: number): Promise<void> {
    await this.world.done('stripe-accounts', { bankAccountId: shown('bankAccount', this.world.bankAccountId) });
    await this.charge(netCents);
    await this.read();
    await this.earnOfPayers();
  }

  /** Issuance tells that payers paid fees, so that what Stripe keeps is no shortfall of the operator's. */
  private earnOfPayers = (): Promise<void> => this.world.take(ControlTotalsPublishedV1, {
    number: 1, day: NOW.slice(0, 10), final: false, cutAt: NOW, stated: [], currency: 'EUR',
    lines: [{ custodyAccountId: this.world.bankAccountId, programmeId: null, account: 'fee_income', amountCents: -100_000 }],
  }, { sender: 'issuance' });

  /** A payer pays by card, and issuance tells of it. What Stripe keeps of it is added, so that the net is whole. */
  async charge(netCents: number): Promise<void> {
    this.charges += 1;
    let amountCents = netCents;
    while (amountCents - Math.round(amountCents * 0.015) - 25 < netCents) amountCents += 1;
    const opened = await this.payments.openCheckout({
      orderId: 'o', amountCents: cents(amountCents), currency: 'EUR', successUrl: 'https://example.org', cancelUrl: 'https://example.org',
      idempotencyKey: `charge:${this.charges}`,
    });
    if (isRejected(opened)) throw new Error(opened.code);
    this.fake.account.pay(opened.sessionId);
    const found = await this.payments.findPayment(opened.sessionId);
    if (isRejected(found)) throw new Error(found.code);
    await this.world.take(PaymentSucceededV1, {
      cardPaymentId: this.world.newId(), stripeObjectId: found.paymentId!, orderId: this.world.newId(), payerId: this.world.newId(),
      custodyAccountId: this.world.bankAccountId, amountCents, coverCents: amountCents, currency: 'EUR',
    });
  }

  read = (): Promise<Run> => this.world.done('stripe-balance/readings');

  /** A Stripe account that Anna entered for the payee and Cleo approved; answers its id at Stripe. */
  async destination(payeeId: string, { maker = ANNA, checker = CLEO } = {}): Promise<string> {
    const { id: stripeAccountId } = this.fake.account.connect.open({ businessName: 'COMMUNE' });
    const { destinationId } = await this.world.done(`payees/${payeeId}/destinations`, { stripeAccountId }, maker);
    await this.world.done(`payee-destinations/${String(destinationId)}/approvals`, {}, checker);
    return stripeAccountId;
  }

  /** A place that is owed one statement, and whose payee takes transfers. */
  async owedPlace(amountCents = 1_000): Promise<Place & { payeeId: string; stripeAccountId: string }> {
    const place = await this.world.owedPlace(amountCents);
    return { ...place, stripeAccountId: await this.destination(place.payeeId) };
  }

  create = (): Promise<Run> => this.world.createRun({ rail: 'stripe' });

  async released(run?: Run): Promise<Run> {
    const made = run ?? await this.create();
    await this.world.approve(made, BERT);
    await this.world.done(`settlement-runs/${String(made['runId'])}/release`);
    return made;
  }

  /** One look of the sender; answers how many it could not settle. */
  async send(): Promise<number> {
    let failures = 0;
    await this.world.sender.sendWaiting(() => { failures += 1; });
    return failures;
  }

  pass(ms: number): void {
    this.world.clock.set(new Date(this.world.clock.override()!.getTime() + ms).toISOString());
  }

  /** All that Stripe made, for whatever payment. */
  get transfers() {
    return this.fake.account.all('transfer');
  }

  async paymentOf({ runId }: Run): Promise<Record<string, unknown>> {
    return ((await this.world.get(`payments?runId=${String(runId)}`)).body['items'] as Record<string, unknown>[])[0]!;
  }

  balances = async (payeeId: string) => ({
    psp: 0 - await this.world.balance('psp'), payable: await this.world.balance(`payable:${plain(payeeId)}`), transit: await this.world.balanceOf('transit'),
  });
}
