// Reads a bank's statement file: camt.053.001.02 to .08, with or without the ISO namespace, any prefix. It says what
// the bank wrote; duplicates, matching and judgement are the caller's. Anything unreadable is a value, never thrown.
import { isRejected } from '#libs/kernel';
import { BANK_FILE_LIMITS, bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';
import type { BankFile, BankStatement } from '../bank-statement.js';
import { cutText } from '../cut-text.js';
import { readRecords } from '../xml/read-records.js';
import type { RecordVisitor } from '../xml/read-records.js';
import type { XmlElement } from '../xml/xml-element.js';
import { CamtFields } from './camt-fields.js';
import { StatementDraft } from './camt-statement.js';

const VERSIONS = new Set(['02', '03', '04', '05', '06', '07', '08']);
const ENVELOPE = ['Document', 'BkToCstmrStmt'];

/** What else banks send in this envelope. A notification (camt.054) repeats entries of a statement: never book both. */
const OTHER_MESSAGES: Readonly<Record<string, string>> = {
  BkToCstmrDbtCdtNtfctn: 'camt.054', BkToCstmrAcctRpt: 'camt.052',
  CstmrPmtStsRpt: 'pain.002', CstmrCdtTrfInitn: 'pain.001',
};

class Camt053Reader implements RecordVisitor {
  readonly statements: BankStatement[] = [];
  version: string | undefined;
  header: XmlElement | undefined;
  #draft: StatementDraft | undefined;

  opened(path: readonly string[], namespace: string, line: number): 'record' | 'container' | BankFileProblem {
    if (path.length <= 2) return this.#envelope(path, namespace, line);
    if (path.length > 3 || path[2] !== 'Stmt') return 'record';
    const full = this.statements.length >= BANK_FILE_LIMITS.statementsMax;
    if (full) return bankFileProblem('bank_file_too_complex', { line });
    this.#draft = new StatementDraft(line);
    return 'container';
  }

  record(element: XmlElement): BankFileProblem | undefined {
    if (this.#draft) return this.#draft.add(element);
    if (element.name === 'GrpHdr') this.header = element;
    return undefined;
  }

  closed(path: readonly string[]): BankFileProblem | undefined {
    if (path.length !== 3) return undefined;
    const statement = this.#draft?.finished();
    this.#draft = undefined;
    if (!statement) return undefined;
    if (isRejected(statement)) return statement;
    this.statements.push(statement);
    return undefined;
  }

  finished(): BankFile | BankFileProblem {
    const fields = new CamtFields();
    const none: XmlElement = { name: 'BkToCstmrStmt', line: 1, text: '', children: [], attributes: {} };
    const header = this.header ?? none;
    const messageId = fields.required(header, 'MsgId');
    const createdAt = fields.instant(header, 'CreDtTm');
    if (this.statements.length === 0) fields.required(none, 'Stmt');
    if (fields.problem) return fields.problem;
    return { format: 'camt.053', messageId, createdAt, version: this.version, statements: this.statements };
  }

  #envelope(path: readonly string[], namespace: string, line: number): 'container' | BankFileProblem {
    const found = path.at(-1) ?? '';
    if (found !== ENVELOPE[path.length - 1]) {
      return bankFileProblem('bank_file_not_statement', { found: OTHER_MESSAGES[found] ?? cutText(found, 60), line });
    }
    // A bank may write its own namespace, or none; one that names another message says that this is none of ours.
    if (path.length === 2 && namespace !== '' && !namespace.includes('camt.053')) {
      return bankFileProblem('bank_file_not_statement', { found: cutText(namespace, 100), line });
    }
    this.version = /camt\.053\.001\.(\d\d)/.exec(namespace)?.[1] ?? this.version;
    if (this.version && !VERSIONS.has(this.version)) {
      return bankFileProblem('bank_file_version_unknown', { version: this.version, line });
    }
    return 'container';
  }
}

export function readCamt053(bytes: Uint8Array): BankFile | BankFileProblem {
  const reader = new Camt053Reader();
  return readRecords(bytes, reader) ?? reader.finished();
}
