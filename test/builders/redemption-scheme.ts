// A scheme in a running redemption, set up as others would: by messages and over HTTP, as an operator and as tills.
import { uuidv7 } from 'uuidv7';
import {
  BatchCreatedV1, FeeRulePublishedV1, PaymentDisputeClosedV1, PaymentDisputedV1, ProgrammePublishedV1, RangeActivatedV1,
  VoucherChunkMintedV1, type BodyOf, type ServiceCode, type ServicePrice,
} from '#libs/contracts';
import { until } from '#libs/testing';
import { RedemptionApp, type Answer } from './redemption-app.js';
import { CUSTODY } from './redemption-world.js';

export type Kind = 'unit' | 'balance';
export type BatchOptions = Readonly<{
  kind?: Kind; active?: boolean; orderId?: string; usableUntil?: string; claimableUntil?: string;
  replaces?: { batchId: string; first: number };
  bookletSize?: number; services?: ServiceCode[]; redemptionCentsMax?: number; servicePrices?: ServicePrice[]; offline?: true;
}>;
export type RuleOptions = Partial<BodyOf<typeof ProgrammePublishedV1>>;
export type MintedBatch = Readonly<{ batchId: string; codes: readonly string[] }>;
export type Till = Readonly<{ placeId: string; siteId: string; token: string }>;
export type Asked = Readonly<{ key?: string; at?: Till }>;

const plain = (id: string): string => id.slice(id.indexOf('_') + 1);

export class RedemptionScheme {
  private constructor(readonly app: RedemptionApp, readonly operator: string, readonly programmeId: string, readonly till: Till) {}

  /** One programme with a fee rule, and the till of one place that is accredited for it through 2026. */
  static async create(): Promise<RedemptionScheme> {
    const app = await RedemptionApp.create();
    const operator = await app.operatorToken();
    const programmeId = await publish(app);
    const till = await openTill(app, operator, [programmeId]);
    return new RedemptionScheme(app, operator, programmeId, till);
  }

  close = (): Promise<void> => this.app.close();

  programme = (withFeeRule = true, rule: RuleOptions = {}): Promise<string> => publish(this.app, withFeeRule, rule);

  /** A further version of its rules. */
  revise = (programmeId: string, ruleVersion: number, rule: RuleOptions): Promise<void> =>
    this.app.take(ProgrammePublishedV1, { ...FIRST_RULE, programmeId, ruleVersion, ...rule });

  /** Of another place, accredited for these programmes. */
  openTill = (programmeIds: readonly string[] = [this.programmeId]): Promise<Till> => openTill(this.app, this.operator, programmeIds);

  /** Of a place whose one accreditation, for another programme, ended last year. */
  formerTill = async (): Promise<Till> => openTill(this.app, this.operator, [await this.programme()], { from: '2025-01-01', to: '2025-12-31' });

  /** Minted, loaded, and activated unless told otherwise. */
  async batch(count: number, { kind = 'unit', active = true, replaces, ...dates }: BatchOptions = {}, programmeId = this.programmeId): Promise<MintedBatch> {
    const batchId = uuidv7();
    const minted = this.app.mint(batchId, [count]);
    const serialPermutationId = this.app.keyring.newSerialPermutationId();
    await this.app.take(BatchCreatedV1, {
      batchId, orderId: uuidv7(), programmeId, count, chunks: 1, faceCents: 1_000, currency: 'EUR', kind, usableUntil: '2026-12-31',
      claimableUntil: '2027-01-31', custodyAccountId: CUSTODY, pepperKeyId: this.app.keyring.pepperKeyId,
      serialPermutationId, serialLabel: this.app.keyring.serials(serialPermutationId).label, bookletSize: 1,
      ...dates, ...(replaces && { replaces }),
    });
    await this.app.take(VoucherChunkMintedV1, minted.chunks[0]!);
    if (active && !replaces) await this.activate(batchId, 0, count - 1);
    return { batchId, codes: minted.codes };
  }

  activate(batchId: string, first: number, last: number): Promise<void> {
    const amountCents = (last - first + 1) * 1_000;
    return this.app.take(RangeActivatedV1, {
      activationId: uuidv7(), batchId, first, last, amountCents, currency: 'EUR', shares: [{ payerId: uuidv7(), amountCents }],
    });
  }

  redeem(code: string, over: object = {}, { key = uuidv7(), at = this.till }: Asked = {}): Promise<Answer> {
    return this.app.call('redemptions', { token: at.token, key, body: { code, serviceDate: '2026-03-10', ...over } });
  }

  /** Would it be redeemed? */
  check(code: string, over: object = {}, { at = this.till }: Asked = {}): Promise<Answer> {
    return this.app.call('checks', { token: at.token, key: '', body: { code, serviceDate: '2026-03-10', ...over } });
  }

  authorise(code: string, over: object = {}, { key = uuidv7(), at = this.till }: Asked = {}): Promise<Answer> {
    return this.app.call('authorisations', { token: at.token, key, body: { code, serviceDate: '2026-03-10', ...over } });
  }

  confirm(authorisationId: string, over: object = {}, { key = uuidv7(), at = this.till }: Asked = {}): Promise<Answer> {
    return this.app.call(`authorisations/${authorisationId}/confirm`, { token: at.token, key, body: over });
  }

  cancel(authorisationId: string, { key = uuidv7(), at = this.till }: Asked = {}): Promise<Answer> {
    return this.app.call(`authorisations/${authorisationId}/cancel`, { token: at.token, key });
  }

  session(lines: readonly object[], over: object = {}, { key = uuidv7(), at = this.till }: Asked = {}): Promise<Answer> {
    return this.app.call('sessions', { token: at.token, key, body: { serviceDate: '2026-03-10', lines, ...over } });
  }

  /** What a place asks from today, or from a day to come, as one component. */
  tariff(asked: Readonly<{ service: ServiceCode; priceCents: number; from?: string }>, at = this.till, key = uuidv7()): Promise<Answer> {
    const { priceCents, from, service } = asked;
    return this.app.call('tariffs', {
      token: at.token, key, body: { service, components: { premisesCents: priceCents, groupSize: 1 }, ...(from && { from }) },
    });
  }

  undo(redemptionId: string, token = this.till.token, key = uuidv7()): Promise<Answer> {
    return this.app.call(`redemptions/${redemptionId}/undo`, { token, key, body: { reason: 'wrong_voucher' } });
  }

  stop(batchId: string, which: object, key = uuidv7()): Promise<Answer> {
    return this.app.call('stops', { token: this.operator, key, body: { batchId: `bat_${batchId}`, reason: 'lost', ...which } });
  }

  /** All that is left on a batch whose last day for claims is over by this app's clock. */
  async expire(batchId: string): Promise<void> {
    await this.app.call('expiry-runs', { token: this.operator, body: { batchId: `bat_${batchId}` } });
    await until('the run is through', async () => (await this.app.world.inspector.query(
      'select 1 from redemption.expiry_run where batch_id = $1 and finished_at is not null', [batchId])).rows.length > 0);
  }

  /** Suspends, withdraws or reinstates the place of a till, for all its programmes unless told otherwise. */
  async measure({ placeId }: Till, what: 'suspensions' | 'withdrawals' | 'reinstatements', over: object = {}): Promise<Answer> {
    const why = what === 'reinstatements' ? {} : { reason: 'conditions_not_met' };
    return this.app.call(`places/${placeId}/${what}`, { token: this.operator, body: { ...why, explanation: 'Nobody was there.', ...over } });
  }

  /** The manager of the place of a till says that it leaves from that day on: the scheme's programme, unless told otherwise. */
  async leave({ placeId }: Till, from: string, over: object = {}): Promise<Answer> {
    const token = await this.app.tillToken(placeId, { roles: ['manager'] });
    return this.app.call('departures', { token, body: { programmeId: `prg_${this.programmeId}`, from, ...over } });
  }

  /** Settlement tells that a payment of the order was taken back, or how that ended; answers the dispute's id. */
  async dispute(orderId: string, disputeId = `dp_${uuidv7()}`): Promise<string> {
    await this.app.take(PaymentDisputedV1, { ...PaymentDisputedV1.sample, disputeId, orderId });
    return disputeId;
  }

  closeDispute = (orderId: string, disputeId: string, outcome: 'won' | 'lost'): Promise<void> =>
    this.app.take(PaymentDisputeClosedV1, { ...PaymentDisputeClosedV1.sample, disputeId, orderId, outcome, amountCents: outcome === 'won' ? 4_000 : 0 });

  closePeriod = (): Promise<Answer> => this.app.call('period-closings', { token: this.operator, body: {} });
}

const FIRST_RULE = {
  ruleVersion: 1, name: 'Numérique pour tous', kind: 'unit', faceCents: 1_000, currency: 'EUR', usableUntil: '2026-12-31',
  claimableUntil: '2027-01-31', custodyAccountId: CUSTODY,
} as const;

async function publish(app: RedemptionApp, withFeeRule = true, rule: RuleOptions = {}): Promise<string> {
  const programmeId = uuidv7();
  await app.take(ProgrammePublishedV1, { ...FIRST_RULE, programmeId, ...rule });
  const rates = { feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 };
  if (withFeeRule) await app.take(FeeRulePublishedV1, { programmeId, version: 1, from: '2026-01-01', ...rates });
  return programmeId;
}

const THIS_YEAR = { from: '2026-01-01', to: '2026-12-31' };

async function openTill(app: RedemptionApp, operator: string, programmeIds: readonly string[], days = THIS_YEAR): Promise<Till> {
  const place = await app.call('places', {
    token: operator, body: { siret: newSiret(), name: 'Médiathèque des Tilleuls', site: { name: 'Salle 1', timeZone: 'Europe/Paris' } },
  });
  const { placeId, siteId } = place.body as unknown as { placeId: string; siteId: string };
  for (const programmeId of programmeIds) {
    await app.call(`places/${placeId}/accreditations`, { token: operator, body: { programmeId: `prg_${programmeId}`, ...days } });
  }
  return { placeId, siteId, token: await app.tillToken(plain(placeId)) };
}

let sirets = 0;
/** The next SIRET of one made-up organisation, with its check digit. */
function newSiret(): string {
  sirets += 1;
  const stem = `732829320${String(sirets).padStart(4, '0')}`;
  return stem + [...'0123456789'].find((last) => luhn(stem + last))!;
}

const luhn = (digits: string): boolean => [...digits].reverse().reduce((total, digit, at) => {
  const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
  return total + (value > 9 ? value - 9 : value);
}, 0) % 10 === 0;
