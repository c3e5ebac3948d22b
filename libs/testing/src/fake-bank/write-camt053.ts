// Writes a statement as French banks send it: camt.053.001.08, or the older 02 that some still use.
import type { Cents } from '#libs/kernel';
import type { CamtVersion, FakeDetail, FakeEntry, FakeParty, FakeStatement } from './statement.js';
import { writeXml } from './write-xml.js';
import type { XmlNode } from './write-xml.js';

const euros = (amountCents: Cents): string => {
  const digits = String(amountCents < 0n ? -amountCents : amountCents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const amount = (amountCents: Cents): XmlNode => ({ '@Ccy': 'EUR', '#': euros(amountCents) });
const indicator = (side: 'credit' | 'debit'): string => (side === 'credit' ? 'CRDT' : 'DBIT');
const transactionCode = ([domain, family, subFamily]: FakeEntry['code']): XmlNode =>
  ({ Domn: { Cd: domain, Fmly: { Cd: family, SubFmlyCd: subFamily } } });

/** What differs between the versions. */
const dialects = {
  '02': {
    status: (status: string): XmlNode | string => status,
    party: (name: string): XmlNode => ({ Nm: name }),
    bic: (bic: string): XmlNode => ({ BIC: bic }),
    detailAmount: (detail: FakeDetail): XmlNode => ({ AmtDtls: { TxAmt: { Amt: amount(detail.amountCents) } } }),
  },
  '08': {
    status: (status: string): XmlNode | string => ({ Cd: status }),
    party: (name: string): XmlNode => ({ Pty: { Nm: name } }),
    bic: (bic: string): XmlNode => ({ BICFI: bic }),
    detailAmount: (detail: FakeDetail, side: 'credit' | 'debit'): XmlNode =>
      ({ Amt: amount(detail.amountCents), CdtDbtInd: indicator(side) }),
  },
} as const;
type Dialect = (typeof dialects)[CamtVersion];

function balance(type: string, cents: Cents, day: string): XmlNode {
  const side = cents < 0n ? 'debit' : 'credit';
  return { Tp: { CdOrPrtry: { Cd: type } }, Amt: amount(cents), CdtDbtInd: indicator(side), Dt: { Dt: day } };
}

function parties(counterparty: FakeParty | undefined, side: 'credit' | 'debit', dialect: Dialect): XmlNode | undefined {
  if (!counterparty) return undefined;
  const role = side === 'credit' ? 'Dbtr' : 'Cdtr';
  return {
    [role]: dialect.party(counterparty.name),
    [`${role}Acct`]: { Id: { IBAN: counterparty.iban } },
    [`Ultmt${role}`]: counterparty.ultimateName === undefined ? undefined : dialect.party(counterparty.ultimateName),
  };
}

function remittance({ text, reference }: FakeDetail): XmlNode | undefined {
  if (!text?.length && !reference) return undefined;
  const structured = { CdtrRefInf: { Tp: { CdOrPrtry: { Cd: 'SCOR' }, Issr: 'ISO' }, Ref: reference } };
  return { Ustrd: text, Strd: reference ? structured : undefined };
}

function returnInformation({ returnReason, returnText }: FakeDetail): XmlNode | undefined {
  if (!returnReason) return undefined;
  return { OrgnlBkTxCd: transactionCode(['PMNT', 'ICDT', 'ESCT']), Rsn: { Cd: returnReason }, AddtlInf: returnText };
}

function transaction(detail: FakeDetail, { side, entryRef }: FakeEntry, dialect: Dialect): XmlNode {
  return {
    Refs: {
      AcctSvcrRef: entryRef, PmtInfId: detail.paymentInformationId, InstrId: detail.instructionId,
      EndToEndId: detail.endToEndId ?? 'NOTPROVIDED',
    },
    ...dialect.detailAmount(detail, side),
    RltdPties: parties(detail.counterparty, side, dialect),
    RmtInf: remittance(detail),
    RtrInf: returnInformation(detail),
  };
}

function entryNode(entry: FakeEntry, dialect: Dialect): XmlNode {
  const { batch, side } = entry;
  const details = entry.details.map((detail) => transaction(detail, entry, dialect));
  return {
    Amt: amount(entry.amountCents),
    CdtDbtInd: indicator(side),
    Sts: dialect.status(entry.status),
    BookgDt: { Dt: entry.bookedOn },
    ValDt: { Dt: entry.bookedOn },
    AcctSvcrRef: entry.entryRef,
    BkTxCd: transactionCode(entry.code),
    NtryDtls: batch || details.length > 0 ? {
      Btch: batch && {
        MsgId: batch.messageId, PmtInfId: batch.paymentInformationId, NbOfTxs: batch.count,
        TtlAmt: amount(entry.amountCents), CdtDbtInd: indicator(side),
      },
      TxDtls: details,
    } : undefined,
    AddtlNtryInf: entry.note,
  };
}

/** Statements of one message; banks put all accounts of a customer in one file. */
export function writeCamt053(
  statements: readonly [FakeStatement, ...FakeStatement[]], version: CamtVersion = '08',
): string {
  const dialect = dialects[version];
  const createdAt = (day: string) => `${day}T21:30:00+01:00`;
  const [first] = statements;
  return writeXml('Document', {
    '@xmlns': `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}`,
    BkToCstmrStmt: {
      GrpHdr: { MsgId: first.messageId, CreDtTm: createdAt(first.day) },
      Stmt: statements.map((statement): XmlNode => ({
        Id: statement.statementId,
        ElctrncSeqNb: statement.sequence,
        CreDtTm: createdAt(statement.day),
        Acct: {
          Id: { IBAN: statement.iban }, Ccy: 'EUR', Ownr: { Nm: statement.ownerName },
          Svcr: { FinInstnId: dialect.bic(statement.bic) },
        },
        Bal: [
          balance('OPBD', statement.openingCents, statement.day),
          balance('CLBD', statement.closingCents, statement.day),
        ],
        Ntry: statement.entries.map((entry) => entryNode(entry, dialect)),
      })),
    },
  });
}
