// One payment inside an entry (`TxDtls`): who, why, and whether it came back.
import type { BankTransaction, EntrySide } from '../bank-statement.js';
import { at, child, childrenOf, textAt } from '../xml/xml-element.js';
import type { XmlElement } from '../xml/xml-element.js';
import { bankTransactionCode } from './camt-fields.js';
import type { Amount, CamtFields } from './camt-fields.js';

/** What banks write where there is no id; matching on it would match everything. */
const NO_ID = /^NOT\s?PROVIDED$/i;

const idAt = (details: XmlElement, name: string): string | undefined => {
  const id = textAt(details, 'Refs', name);
  return id && !NO_ID.test(id) ? id : undefined;
};

/** Version 02 has no amount of its own here; it stands among the amount details. */
function amountOf(details: XmlElement, fields: CamtFields): Amount | undefined {
  const element = child(details, 'Amt') ?? at(details, 'AmtDtls', 'TxAmt', 'Amt');
  return element ? fields.amount(element, details) : undefined;
}

/** A party is `Dbtr/Nm` up to version 03 and `Dbtr/Pty/Nm` since; an agent takes its place for a bank's own money. */
function partyName(parties: XmlElement | undefined, role: string): string | undefined {
  const party = child(parties, role);
  return textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Agt', 'FinInstnId', 'Nm');
}

function counterpartyOf(details: XmlElement, side: EntrySide): BankTransaction['counterparty'] {
  const parties = child(details, 'RltdPties');
  const role = side === 'credit' ? 'Dbtr' : 'Cdtr';
  // A council pays through the public accountant: the debtor is the Treasury, the council the ultimate debtor.
  return {
    name: partyName(parties, role),
    iban: textAt(parties, `${role}Acct`, 'Id', 'IBAN'),
    ultimateName: partyName(parties, `Ultmt${role}`),
  };
}

function referencesOf(details: XmlElement): BankTransaction['references'] {
  const remittance = child(details, 'RmtInf');
  const known = (texts: readonly (string | undefined)[]) => texts.filter((text) => text !== undefined);
  const structured = childrenOf(remittance, 'Strd');
  return {
    structured: known(structured.flatMap((part) => [
      textAt(part, 'CdtrRefInf', 'Ref'),
      ...childrenOf(part, 'RfrdDocInf').map((document) => textAt(document, 'Nb')),
    ])),
    unstructured: known([
      ...childrenOf(remittance, 'Ustrd').map((part) => part.text || undefined),
      ...structured.flatMap((part) => childrenOf(part, 'AddtlRmtInf').map((more) => more.text || undefined)),
      textAt(details, 'AddtlTxInf'),
    ]),
  };
}

export function readTransaction(details: XmlElement, entrySide: EntrySide, fields: CamtFields): BankTransaction {
  const side = child(details, 'CdtDbtInd') ? fields.side(details) : entrySide;
  const reason = at(details, 'RtrInf', 'Rsn');
  const returnReason = textAt(reason, 'Cd') ?? textAt(reason, 'Prtry');
  const returned = returnReason !== undefined || child(details, 'RtrInf') !== undefined
    || (bankTransactionCode(details) ?? '').endsWith('/RRTN');
  return {
    ...amountOf(details, fields),
    side,
    endToEndId: idAt(details, 'EndToEndId'),
    instructionId: idAt(details, 'InstrId'),
    paymentInformationId: idAt(details, 'PmtInfId'),
    accountServicerRef: idAt(details, 'AcctSvcrRef'),
    references: referencesOf(details),
    counterparty: counterpartyOf(details, side),
    returnReason,
    returnText: childrenOf(child(details, 'RtrInf'), 'AddtlInf').map((part) => part.text).join(' ') || undefined,
    returned,
    // The message has no field for the id of the payment that left; some banks add one.
    originalEndToEndId: textAt(details, 'RtrInf', 'OrgnlEndToEndId')
      ?? textAt(details, 'OrgnlTxRef', 'OrgnlEndToEndId'),
  };
}
