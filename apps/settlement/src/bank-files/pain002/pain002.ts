// Reads a bank's report on a payment file: pain.002.001.03 to .10, with or without the ISO namespace, any prefix. It says
// what the bank wrote; what a status means for a payment is the caller's. Anything unreadable is a value, never thrown.
import { isRejected } from '#libs/kernel';
import { bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';
import { cutText } from '../cut-text.js';
import type { PaymentReport, ReportedPart, ReportedPayment, ReportedStatus } from '../payment-report.js';
import { CamtFields } from '../camt053/camt-fields.js';
import { readRecords } from '../xml/read-records.js';
import type { RecordVisitor } from '../xml/read-records.js';
import { at, childrenOf, textAt } from '../xml/xml-element.js';
import type { XmlElement } from '../xml/xml-element.js';

const VERSIONS = new Set(['03', '04', '05', '06', '07', '08', '09', '10']);
const ENVELOPE = ['Document', 'CstmrPmtStsRpt'];
/** What is kept of a bank's explanation: it is read by a person, and never decides. */
const TEXT_LENGTH_MAX = 500;

class Pain002Reader implements RecordVisitor {
  readonly #fields = new CamtFields();
  readonly #parts: ReportedPart[] = [];
  #version: string | undefined;
  #header: XmlElement | undefined;
  #group: XmlElement | undefined;

  opened(path: readonly string[], namespace: string, line: number): 'record' | 'container' | BankFileProblem {
    if (path.length > 2) return 'record';
    const found = path.at(-1) ?? '';
    if (found !== ENVELOPE[path.length - 1]) return bankFileProblem('bank_file_not_report', { found: cutText(found, 60), line });
    this.#version = /pain\.002\.001\.(\d\d)/.exec(namespace)?.[1] ?? this.#version;
    if (this.#version && !VERSIONS.has(this.#version)) return bankFileProblem('bank_file_version_unknown', { version: this.#version, line });
    return 'container';
  }

  record(element: XmlElement): BankFileProblem | undefined {
    if (element.name === 'GrpHdr') this.#header = element;
    else if (element.name === 'OrgnlGrpInfAndSts') this.#group = element;
    else if (element.name === 'OrgnlPmtInfAndSts') this.#parts.push(this.#part(element));
    return this.#fields.problem;
  }

  closed(): undefined {
    return undefined;
  }

  finished(): PaymentReport | BankFileProblem {
    const fields = this.#fields;
    const header = this.#header ?? emptyElement('GrpHdr');
    const group = this.#group ?? emptyElement('OrgnlGrpInfAndSts');
    const report = {
      messageId: fields.id(header, 'MsgId'), createdAt: fields.instant(header, 'CreDtTm'), version: this.#version,
      originalMessageId: fields.id(group, 'OrgnlMsgId'), status: this.#status(group, 'GrpSts'), parts: this.#parts,
    };
    return fields.problem ?? report;
  }

  #part(element: XmlElement): ReportedPart {
    return {
      paymentInformationId: this.#fields.id(element, 'OrgnlPmtInfId'), status: this.#status(element, 'PmtInfSts'),
      payments: childrenOf(element, 'TxInfAndSts').map((one) => this.#payment(one)),
    };
  }

  #payment(element: XmlElement): ReportedPayment {
    const amount = at(element, 'OrgnlTxRef', 'Amt', 'InstdAmt');
    const creditor = creditorOf(element);
    return {
      endToEndId: idAt(element, 'OrgnlEndToEndId'), instructionId: idAt(element, 'OrgnlInstrId'),
      ...(amount && { amount: this.#fields.amount(amount, element) }), ...(creditor && { creditor }), status: this.#status(element, 'TxSts'),
    };
  }

  #status(element: XmlElement, name: string): ReportedStatus {
    const told = childrenOf(element, 'StsRsnInf');
    const reasons = told.map((one) => idAt(one, 'Rsn', 'Cd') ?? idAt(one, 'Rsn', 'Prtry'));
    const texts = told.flatMap((one) => childrenOf(one, 'AddtlInf').map(({ text }) => text));
    return {
      code: this.#fields.code(element, name), reason: reasons.find((reason) => reason !== undefined),
      text: cutText(texts.join(' '), TEXT_LENGTH_MAX) || undefined,
    };
  }
}

const ID_LENGTH_MAX = 35;
const idAt = (element: XmlElement, ...path: readonly string[]): string | undefined => {
  const text = textAt(element, ...path);
  return text && cutText(text, ID_LENGTH_MAX);
};

const NAME_LENGTH_MAX = 140;
/** Before version .10 the name stood on the creditor itself. */
function creditorOf(element: XmlElement): ReportedPayment['creditor'] {
  const name = textAt(element, 'OrgnlTxRef', 'Cdtr', 'Pty', 'Nm') ?? textAt(element, 'OrgnlTxRef', 'Cdtr', 'Nm');
  const iban = textAt(element, 'OrgnlTxRef', 'CdtrAcct', 'Id', 'IBAN');
  return name && iban ? { name: cutText(name, NAME_LENGTH_MAX), iban: cutText(iban, ID_LENGTH_MAX) } : undefined;
}

const emptyElement = (name: string): XmlElement => ({ name, line: 1, text: '', children: [], attributes: {} });

export function readPain002(bytes: Uint8Array): PaymentReport | BankFileProblem {
  const reader = new Pain002Reader();
  const problem = readRecords(bytes, reader);
  return isRejected(problem) ? problem : reader.finished();
}
