// Writes a payment file as French banks take it: pain.001.001.09, SEPA credit transfers, booked as one debit per part.
// The same order gives the same bytes, in whatever sequence its payments come: what is approved is the hash of them.
import { create } from 'xmlbuilder2';
import { sum } from '#libs/kernel';
import type { Cents, LocalDate, PaymentId, Rejected } from '#libs/kernel';
import { formatAmount } from '../decimal-amount.js';
import { endToEndIdOf } from '../end-to-end-id.js';
import { PAYMENT_FILE_LIMITS, problemOfFile } from './payment-order.js';
import type { Payment, PaymentFileOrder, PaymentFileRefusal, PaymentParty } from './payment-order.js';
import { sepaText } from './sepa-text.js';

export type PaymentFilePart = Readonly<{
  /** Stands on the bank's debit: what the statement is matched by. */
  paymentInformationId: string;
  debtorIban: string;
  executeOn: LocalDate;
  count: number;
  totalCents: Cents;
  paymentIds: readonly PaymentId[];
}>;
export type PaymentFile = Readonly<{
  xml: string; count: number; totalCents: Cents; parts: readonly PaymentFilePart[];
}>;

type Part = PaymentFilePart & Readonly<{ payments: readonly Payment[] }>;
/** An element: its children in order; undefined children are left out. */
type Node = { [name: string]: Node | readonly Node[] | string | undefined };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const totalOf = (payments: readonly Payment[]): Cents => sum(payments.map((payment) => payment.amountCents));
const nameOf = (name: string): string => sepaText(name, PAYMENT_FILE_LIMITS.nameLengthMax);

/** One part per paying account and day, and within it the payments by their id. */
function partsOf({ messageId, payments }: PaymentFileOrder): Part[] {
  const groups = new Map<string, Payment[]>();
  for (const payment of [...payments].sort((a, b) => byText(a.paymentId, b.paymentId))) {
    const key = `${payment.debtor.iban} ${payment.executeOn}`;
    const group = groups.get(key);
    if (group) group.push(payment);
    else groups.set(key, [payment]);
  }
  return [...groups].sort(([a], [b]) => byText(a, b)).flatMap(([, group], at) => {
    const [first] = group;
    return first ? [{
      paymentInformationId: `${messageId}-${at + 1}`,
      debtorIban: first.debtor.iban,
      executeOn: first.executeOn,
      count: group.length,
      totalCents: totalOf(group),
      paymentIds: group.map((payment) => payment.paymentId),
      payments: group,
    }] : [];
  });
}

const agent = ({ bic }: PaymentParty): Node => ({ FinInstnId: bic ? { BICFI: bic } : { Othr: { Id: 'NOTPROVIDED' } } });

/** No address: unstructured ones are refused since November 2026, and none is asked for inside the euro area. */
function transfer({ paymentId, amountCents, creditor, text }: Payment): Node {
  const told = sepaText(text, PAYMENT_FILE_LIMITS.textLengthMax);
  return {
    PmtId: { InstrId: endToEndIdOf(paymentId), EndToEndId: endToEndIdOf(paymentId) },
    Amt: { InstdAmt: { '@Ccy': 'EUR', '#': formatAmount(amountCents) } },
    CdtrAgt: creditor.bic ? agent(creditor) : undefined,
    Cdtr: { Nm: nameOf(creditor.name) },
    CdtrAcct: { Id: { IBAN: creditor.iban } },
    RmtInf: told ? { Ustrd: told } : undefined,
  };
}

function paymentInformation({ paymentInformationId, count, totalCents, executeOn, payments }: Part): Node[] {
  return payments.slice(0, 1).map(({ debtor }) => ({
    PmtInfId: paymentInformationId,
    PmtMtd: 'TRF',
    BtchBookg: 'true',
    NbOfTxs: String(count),
    CtrlSum: formatAmount(totalCents),
    PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
    ReqdExctnDt: { Dt: executeOn },
    Dbtr: { Nm: nameOf(debtor.name) },
    DbtrAcct: { Id: { IBAN: debtor.iban }, Ccy: 'EUR' },
    DbtrAgt: agent(debtor),
    ChrgBr: 'SLEV',
    CdtTrfTxInf: payments.map(transfer),
  }));
}

function documentOf(order: PaymentFileOrder, parts: readonly Part[]): Node {
  const { messageId, createdAt, initiatingParty, payments } = order;
  const { name, siret } = initiatingParty;
  const organisation = siret ? { OrgId: { Othr: { Id: siret, SchmeNm: { Prtry: 'SIRET' } } } } : undefined;
  return {
    Document: {
      '@xmlns': 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09',
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: messageId,
          CreDtTm: `${createdAt.toISOString().slice(0, 19)}Z`,
          NbOfTxs: String(payments.length),
          CtrlSum: formatAmount(totalOf(payments)),
          InitgPty: { Nm: nameOf(name), Id: organisation },
        },
        PmtInf: parts.flatMap(paymentInformation),
      },
    },
  };
}

/** The bytes to approve are the UTF-8 of `xml`, which holds nothing beyond ASCII. */
export function writePain001(order: PaymentFileOrder): PaymentFile | Rejected<PaymentFileRefusal> {
  const problem = problemOfFile(order);
  if (problem) return problem;
  const parts = partsOf(order);
  const xml = `${create({ version: '1.0', encoding: 'UTF-8' }, documentOf(order, parts)).end({ prettyPrint: true })}\n`;
  return {
    xml,
    count: order.payments.length,
    totalCents: totalOf(order.payments),
    parts: parts.map(({ payments: _, ...part }) => part),
  };
}
