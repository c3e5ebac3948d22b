// Ids are UUIDv7: public, sortable, and therefore no secret. In code, SQL and messages they are plain uuids with a
// brand, so that a PlaceId is no VoucherId; at the HTTP edge they carry a prefix (`plc_0190…`) that people can tell apart.

/** The registry of prefixes. A prefix is never renamed or reused: it stands in printed receipts and in logs. */
export const PREFIXES = {
  payer: 'pyr', programme: 'prg', order: 'ord', batch: 'bat', activation: 'act', booklet: 'bkl', voucher: 'vch',
  place: 'plc', site: 'sit', accreditation: 'acr', redemption: 'red', session: 'ses', undo: 'und', stop: 'stp',
  expiryRun: 'exr', contradictoryStatement: 'cst', refund: 'rfd', claimLine: 'clm', hold: 'hld', statement: 'stm',
  payee: 'pye', bankAccount: 'bac', bankStatement: 'bst', bankLine: 'bkn', settlementRun: 'run', payment: 'pin', paymentReport: 'prp',
  ibanShare: 'ibs', destination: 'dsn', incident: 'icd', payoutStop: 'pst', placeInvoice: 'piv', debitNote: 'dbn', debitNoteLoss: 'dbl', allocation: 'alc', earlyPayment: 'epy',
  distributor: 'dst', delivery: 'dlv', deliveryOutcome: 'dlo', handOver: 'hnd', agent: 'agt', stockLoss: 'los', printFile: 'prt', download: 'dwn', printerKey: 'pky',
  placeCharge: 'pcg', cardPayment: 'cpy', invoice: 'inv', upstreamFeeRule: 'ufr',
  feeRule: 'fee', organisation: 'org', user: 'usr', event: 'evt', finding: 'fnd', mandate: 'mdt', sample: 'smp', restatement: 'rst', request: 'req', savedView: 'svw', deadLetter: 'dlt',
  fileImport: 'imp',
  extension: 'ext',
  authorisation: 'aut',
  measure: 'msr', departure: 'dpt', appeal: 'apl', application: 'app', applicationStep: 'aps',
  tariff: 'trf',
  tillAlarm: 'alm', device: 'dev', enrolment: 'enr', lossReport: 'lrp',
  alert: 'alr', alertAppeal: 'ala',
  apiKey: 'key', impersonation: 'ipn',
} as const;

export type Noun = keyof typeof PREFIXES;
export type Id<N extends Noun> = string & { readonly __id: N };

export type PayerId = Id<'payer'>;
export type ProgrammeId = Id<'programme'>;
export type OrderId = Id<'order'>;
export type BatchId = Id<'batch'>;
export type ActivationId = Id<'activation'>;
export type VoucherId = Id<'voucher'>;
export type PlaceId = Id<'place'>;
export type SiteId = Id<'site'>;
export type RedemptionId = Id<'redemption'>;
export type AuthorisationId = Id<'authorisation'>;
export type MeasureId = Id<'measure'>;
export type DepartureId = Id<'departure'>;
export type AppealId = Id<'appeal'>;
export type ApplicationId = Id<'application'>;
export type ApplicationStepId = Id<'applicationStep'>;
export type SessionId = Id<'session'>;
export type UndoId = Id<'undo'>;
export type StopId = Id<'stop'>;
export type ClaimLineId = Id<'claimLine'>;
export type HoldId = Id<'hold'>;
export type IncidentId = Id<'incident'>;
export type PayoutStopId = Id<'payoutStop'>;
export type DebitNoteId = Id<'debitNote'>;
export type DebitNoteLossId = Id<'debitNoteLoss'>;
export type AllocationId = Id<'allocation'>;
export type EarlyPaymentId = Id<'earlyPayment'>;
export type StatementId = Id<'statement'>;
export type PayeeId = Id<'payee'>;
export type BankAccountId = Id<'bankAccount'>;
export type PlaceInvoiceId = Id<'placeInvoice'>;
export type PlaceChargeId = Id<'placeCharge'>;
export type IbanShareId = Id<'ibanShare'>;
export type DestinationId = Id<'destination'>;
export type BankLineId = Id<'bankLine'>;
export type PaymentId = Id<'payment'>;
export type PaymentReportId = Id<'paymentReport'>;
export type ExpiryRunId = Id<'expiryRun'>;
export type ContradictoryStatementId = Id<'contradictoryStatement'>;
export type RefundId = Id<'refund'>;
export type DistributorId = Id<'distributor'>;
export type DeliveryId = Id<'delivery'>;
export type DeliveryOutcomeId = Id<'deliveryOutcome'>;
export type HandOverId = Id<'handOver'>;
export type AgentId = Id<'agent'>;
export type StockLossId = Id<'stockLoss'>;
export type PrintFileId = Id<'printFile'>;
export type DownloadId = Id<'download'>;
export type PrinterKeyId = Id<'printerKey'>;
export type CardPaymentId = Id<'cardPayment'>;
export type InvoiceId = Id<'invoice'>;
export type UpstreamFeeRuleId = Id<'upstreamFeeRule'>;
export type OrganisationId = Id<'organisation'>;
export type UserId = Id<'user'>;
export type MandateId = Id<'mandate'>;
export type SampleId = Id<'sample'>;
export type FindingId = Id<'finding'>;
export type FileImportId = Id<'fileImport'>;
export type TariffId = Id<'tariff'>;
export type TillAlarmId = Id<'tillAlarm'>;
export type DeviceId = Id<'device'>;
export type EnrolmentId = Id<'enrolment'>;
export type LossReportId = Id<'lossReport'>;
export type AlertId = Id<'alert'>;
export type AlertAppealId = Id<'alertAppeal'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);

/** A uuid that is known to name a noun, e.g. a database column. Throws RangeError on anything else. */
export function idOf<N extends Noun>(_noun: N, uuid: string): Id<N> {
  if (!UUID.test(uuid)) throw new RangeError(`not a uuid: ${uuid.slice(0, 40)}`);
  return uuid as Id<N>;
}

/** `showId('place', id)` -> `plc_0190…`, the form that people and programs outside see. */
export const showId = <N extends Noun>(noun: N, id: Id<N>): string => `${PREFIXES[noun]}_${id}`;

/** The reverse of showId; undefined when the text is not an id of that noun. */
export function parseId<N extends Noun>(noun: N, text: string): Id<N> | undefined {
  const prefix = `${PREFIXES[noun]}_`;
  const uuid = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return isUuid(uuid) ? (uuid as Id<N>) : undefined;
}

/** The version nibble: a till's key must be a UUIDv7, because it becomes the id of the redemption. */
export const isUuidV7 = (text: unknown): boolean => isUuid(text) && text[14] === '7';

/** Where new ids come from; a test hands in a seeded one. */
export type Ids = { next(): string };
