// Settlement as it runs, on a database of its own, with its routes and without its background: a spec delivers
// redemption's messages itself, in the order that it is about, and plays the bank.
import { PlaceAccreditedV1, RedemptionPeriodTotalledV1, VoucherRedeemedV1, type BodyOf } from '#libs/contracts';
import { type Principal } from '#libs/auth';
import { cents, localDate } from '#libs/kernel';
import { FakeBank, fakeIban } from '#libs/testing';
import { sirenOf, siretOf } from '../../apps/cli/src/world/samples.js';
import {
  ANNA, BERT, BIC, CLEO, openSettlement, plain, SettlementService, shown, type Answer, type Call, type ListedHold, type Place,
  type Redeemed, type WorldSettings,
} from './settlement-service.js';

export * from './settlement-service.js';

/** Away from those of other worlds. */
const FIRST_SIREN = 73_000;

export class SettlementWorld extends SettlementService {
  readonly programmeId = this.newId();
  bankAccountId = '';
  bank!: FakeBank;
  private places = 0;

  /**
   * With one bank account of ours, played by a fake bank, and a fee rule of 2 %, VAT 20 %, commons 1 %. Specs that are not
   * about the review of first remittances, or about a changed bank account, do without it, as an operator may.
   */
  static async create(
    { holdFirstRemittance = false, coolingOffHours = 0, ...over }: WorldSettings = {},
  ): Promise<SettlementWorld> {
    const world = new SettlementWorld(await openSettlement({ holdFirstRemittance, coolingOffHours, ...over }));
    await world.openBank();
    await world.done('fee-rules', {
      programmeId: shown('programme', world.programmeId), from: '2026-01-01', feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100,
    });
    return world;
  }

  private async openBank(): Promise<void> {
    const account = { iban: fakeIban(1), ownerName: 'MEREAU CANTONNEMENT', bic: BIC, openingCents: cents(0), day: localDate('2026-04-02') };
    const { bankAccountId } = await this.done('bank-accounts', { name: account.ownerName, iban: account.iban, bic: BIC });
    this.bankAccountId = plain(bankAccountId);
    this.bank = new FakeBank(account);
  }

  /** As one person proposes it, and another confirms it. Answers its version. */
  async sharingRule(rule: Readonly<{ programmeId: string | null }> & Readonly<Record<string, unknown>>): Promise<number> {
    const { version } = await this.done('sharing-rules', rule);
    await this.done('sharing-rules/confirmations', { programmeId: rule.programmeId, version }, BERT);
    return Number(version);
  }

  importStatement(xml: string | Buffer, call: Call = {}): Promise<Answer> {
    return this.post('bank-statements', { ...call, body: xml, type: 'application/xml' });
  }

  /** The bank's day ends, and its statement is imported. */
  async bankDay(): Promise<Record<string, number>> {
    const answer = await this.importStatement(this.bank.closeDay());
    if (answer.status !== 200) throw new Error(`the statement was answered ${answer.status} ${answer.text}`);
    return (answer.body['statements'] as { lines: Record<string, number> }[])[0]!.lines;
  }

  newPlace(): Place {
    this.places += 1;
    return { placeId: this.newId(), siteId: this.newId(), siret: siretOf(sirenOf(FIRST_SIREN + this.places)) };
  }

  async accredit(place: Place = this.newPlace(), over: Partial<BodyOf<typeof PlaceAccreditedV1>> = {}): Promise<Place> {
    await this.take(PlaceAccreditedV1, {
      ...place, name: `Médiathèque ${place.siret}`, programmeId: this.programmeId, accreditationVersion: 1,
      from: '2026-01-01', to: '2026-12-31', ...over,
    });
    return place;
  }

  redeemed({ place, amountCents = 1000, over = {}, id = this.newId() }: Redeemed): BodyOf<typeof VoucherRedeemedV1> {
    return {
      redemptionId: id, voucherId: this.newId(), programmeId: this.programmeId, batchId: this.newId(),
      placeId: place.placeId, siteId: place.siteId, amountCents, currency: 'EUR', coPaymentCents: 0, serviceDate: '2026-03-10', redeemedAt: '2026-03-10T09:30:00.000Z',
      accreditationVersion: 1, feeRuleVersion: 1, custodyAccountId: this.bankAccountId, ...over,
    };
  }

  /** Redemption tells one redemption; answers its number. */
  async redeem(place: Place, amountCents = 1000, over: Redeemed['over'] = {}): Promise<number> {
    const body = this.redeemed({ place, amountCents, over });
    await this.take(VoucherRedeemedV1, body, { id: body.redemptionId });
    return this.seq;
  }

  /** Redemption's own total up to `upToSeq`, of what it really told, unless a spec makes it lie; everything has arrived. */
  async total(upToSeq = this.seq, lie: readonly { placeId: string; count: number; amountCents: number }[] = []): Promise<void> {
    const truth = await this.rows<{ placeId: string; count: number; amountCents: number }>(
      `select place_id as "placeId", sum(sign(gross))::int as count, sum(gross)::int as "amountCents" from settlement.claim_line where source_seq <= $1 group by 1`, [upToSeq]);
    const places = truth.filter(({ placeId }) => !lie.some((one) => one.placeId === placeId)).concat(lie);
    await this.take(RedemptionPeriodTotalledV1, { upToSeq, part: 0, parts: 1, places, currency: 'EUR' });
    await this.arrivedUpTo(this.seq);
  }

  /** A payee behind the place, with a bank account that Anna entered and Cleo approved. */
  async payee(place: Place, account = this.newAccount()): Promise<string> {
    const { payeeId } = await this.done('payees', { placeId: shown('place', place.placeId), legalName: `Commune ${place.siret}`, siren: place.siret.slice(0, 9) });
    await this.bankAccount(String(payeeId), fakeIban(account));
    return String(payeeId);
  }

  async bankAccount(payeeId: string, iban: string, { maker = ANNA, checker = CLEO } = {}): Promise<string> {
    const { bankAccountId } = await this.done(`payees/${payeeId}/bank-accounts`, { iban, holder: 'COMMUNE' }, maker);
    await this.done(`payee-bank-accounts/${String(bankAccountId)}/approvals`, { reason: 'compared with the RIB' }, checker);
    return String(bankAccountId);
  }

  /** A place that is accredited, paid somewhere, and owed one statement. */
  async owedPlace(amountCents = 1000): Promise<Place & { payeeId: string }> {
    const place = await this.accredit();
    const payeeId = await this.payee(place);
    await this.redeem(place, amountCents);
    return { ...place, payeeId };
  }

  async closeStatements(): Promise<Answer['body']> {
    await this.total();
    return this.done('statement-closings');
  }

  /** What the closings held back, newest first. */
  async holds(query = ''): Promise<readonly ListedHold[]> {
    return (await this.get(`holds${query}`)).body['items'] as ListedHold[];
  }

  createRun(over: Record<string, unknown> = {}, as: Principal = ANNA): Promise<Answer['body']> {
    return this.done('settlement-runs', { bankAccountId: shown('bankAccount', this.bankAccountId), ...over }, as);
  }

  async approve({ runId, sha256 }: Answer['body'], as: Principal = BERT): Promise<void> {
    await this.done(`settlement-runs/${String(runId)}/approvals`, { sha256 }, as);
  }

  async cancelRun({ runId }: Answer['body'], as: Principal = ANNA): Promise<void> {
    await this.done(`settlement-runs/${String(runId)}/cancellation`, { reason: 'another one is made' }, as);
  }

  /** Created, approved by another person, released; answers the file's text. */
  async released(run?: Answer['body']): Promise<string> {
    const made = run ?? await this.createRun();
    await this.approve(made);
    await this.done(`settlement-runs/${String(made['runId'])}/release`);
    return (await this.get(`settlement-runs/${String(made['runId'])}/file`)).text;
  }
}
