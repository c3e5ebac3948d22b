// Who gets which mail. What somebody has to act on reaches everybody of the party; the rest whoever wants it.
import type {
  BodyOf, FeeChangeAnnouncedV1, FindingFollowedV1, PayeeBankChangedV1, PayeeDocumentsIssuedV1, PlaceChargeAnnouncedV1,
  SecondFactorChangedV1, VintageNoticeDueV1,
} from '#libs/contracts';

export type VintageNotice = BodyOf<typeof VintageNoticeDueV1>;
export const PAYEE_NOTICES = ['bank_account_approved', 'bank_change_proposed', 'bank_changed'] as const;
export type PayeeNoticeName = (typeof PAYEE_NOTICES)[number];
export const DOCUMENT_NOTICES = ['statement_closed', 'place_invoice_issued', 'place_credit_note_issued', 'debit_note_issued'] as const;
export type DocumentNoticeName = (typeof DOCUMENT_NOTICES)[number];
export type FactorNoticeName = `second_factor_${BodyOf<typeof SecondFactorChangedV1>['step']}`;
/** To the person whose factor it is, and to no party. */
export type FactorNotice = Readonly<{ notice: FactorNoticeName; factorId: string }>;
/** Of the account of one person, and to nobody else. */
export const ACCOUNT_NOTICES = ['invited', 'member_added', 'password_forgotten', 'sign_in_asked', 'password_changed', 'passkey_added', 'passkey_ended'] as const;
export type AccountNoticeName = (typeof ACCOUNT_NOTICES)[number];
export type AccountNotice = Readonly<{
  notice: AccountNoticeName; accountId: string; organisationName?: string | undefined;
  link?: Readonly<{ linkId: string; keyId: string }> | undefined;
}>;
/** Of an organisation, to whoever answers for it. */
export const ORGANISATION_NOTICES = ['impersonation_begun', 'api_key_made', 'api_key_ended'] as const;
export type OrganisationNoticeName = (typeof ORGANISATION_NOTICES)[number];
export type OrganisationNotice = Readonly<{ organisationId: string }> & (
  | Readonly<{ notice: 'impersonation_begun'; impersonationId: string }> | Readonly<{ notice: 'api_key_made' | 'api_key_ended'; apiKeyId: string }>);
type Finding = BodyOf<typeof FindingFollowedV1>;
export type FindingNotice = Pick<Finding, 'findingId' | 'version' | 'severity' | 'replyDue'>
  & Readonly<{ notice: `finding_${Finding['step']}`; parties: readonly Party[] }>;
export type NoticeName =
  | VintageNotice['notice'] | PayeeNoticeName | DocumentNoticeName | 'fee_rule_changed' | 'place_charge_changed' | FactorNoticeName | FindingNotice['notice']
  | AccountNoticeName | OrganisationNoticeName;
/** The operator and an auditing body by their organisation, the operator without naming it. */
export type Party = Readonly<{ kind: VintageNotice['parties'][number]['kind'] | 'place' | 'operator' | 'auditor'; partyId: string | null }>;
export type PayeeNotice = Readonly<{
  notice: PayeeNoticeName; payeeId: string; payeeName: string; rail: 'sepa' | 'stripe'; bankVersion: number; coolingOffHours: number;
  parties: readonly Party[];
}>;
export type FeeRates = BodyOf<typeof FeeChangeAnnouncedV1>['before'];
export type FeeNotice = Omit<BodyOf<typeof FeeChangeAnnouncedV1>, 'places'>
  & Readonly<{ notice: 'fee_rule_changed'; parties: readonly Party[] }>;
type ToldDocument = BodyOf<typeof PayeeDocumentsIssuedV1>['documents'][number];
export type DocumentNotice = Omit<ToldDocument, 'kind' | 'places'> & Readonly<{ notice: DocumentNoticeName; parties: readonly Party[] }>;
export type ChargeTerms = BodyOf<typeof PlaceChargeAnnouncedV1>['after'];
export type ChargeNotice = Omit<BodyOf<typeof PlaceChargeAnnouncedV1>, 'places' | 'currency'>
  & Readonly<{ notice: 'place_charge_changed'; parties: readonly Party[] }>;
export type Notice = VintageNotice | PayeeNotice | FeeNotice | DocumentNotice | ChargeNotice | FindingNotice;
export type Language = 'fr' | 'en';

/** Of a payee's account its places hear; the first version changes nothing, it lets them be paid, unless they were by the other rail. */
export function payeeNotice({ step, places, rail, leadsAway, ...payee }: BodyOf<typeof PayeeBankChangedV1>): PayeeNotice {
  const approved = payee.bankVersion === 1 && !leadsAway ? 'bank_account_approved' : 'bank_changed';
  return {
    ...payee, rail: rail ?? 'sepa', notice: step === 'proposed' ? 'bank_change_proposed' : approved,
    parties: placesAsParties(places),
  };
}

const placesAsParties = (places: readonly string[]): Party[] => places.map((partyId) => ({ kind: 'place', partyId }));

export const feeNotice = ({ places, ...change }: BodyOf<typeof FeeChangeAnnouncedV1>): FeeNotice =>
  ({ ...change, notice: 'fee_rule_changed', parties: placesAsParties(places) });

export const chargeNotice = ({ places, currency: _, ...change }: BodyOf<typeof PlaceChargeAnnouncedV1>): ChargeNotice =>
  ({ ...change, notice: 'place_charge_changed', parties: placesAsParties(places) });

const NOTICE_OF: Readonly<Record<ToldDocument['kind'], DocumentNoticeName>> = {
  statement: 'statement_closed', invoice: 'place_invoice_issued', credit_note: 'place_credit_note_issued', debit_note: 'debit_note_issued',
};
export const documentNotice = ({ kind, places, ...document }: ToldDocument): DocumentNotice =>
  ({ ...document, notice: NOTICE_OF[kind], parties: placesAsParties(places) });

export const findingNotice = ({ step, reader, ...finding }: Finding): FindingNotice =>
  ({ ...finding, notice: `finding_${step}`, parties: [partyOf(reader)] });

function partyOf(reader: Finding['reader']): Party {
  if (reader.kind === 'operator') return { kind: 'operator', partyId: null };
  return { kind: reader.kind, partyId: reader.kind === 'auditor' ? reader.organisationId : reader.partyId };
}

/** The rest is asked for by an agreement, warns, or asks for money: nobody opts out of it. */
const OPTIONAL: ReadonlySet<NoticeName> = new Set(['ends_in_thirty_days', 'use_ended', 'claims_ended', 'statement_closed']);

export const isOptional = (notice: NoticeName): boolean => OPTIONAL.has(notice);

/** `optional` is what the person chose; without a choice, everything. */
export const isDeclined = (notice: NoticeName, { optional }: Readonly<{ optional: boolean }>): boolean => !optional && isOptional(notice);

/** Doubling from a minute, so that a server that is away for a night is found again within the hour. */
const [FIRST_TRY_AGAIN_MS, TRY_AGAIN_MS_MAX] = [60_000, 3_600_000];
export const nextTryAt = (tries: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(TRY_AGAIN_MS_MAX, FIRST_TRY_AGAIN_MS * 2 ** Math.min(tries, 10)));
