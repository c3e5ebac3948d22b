// Which of the formats of banks a file is of, told from its first bytes: nobody has to say it, and what a person says of a
// file is not always right.
import { bankFileProblem } from './bank-file-problem.js';
import type { BankFileProblem } from './bank-file-problem.js';
import type { BankFile } from './bank-statement.js';
import { readCamt053 } from './camt053/camt053.js';
import { readCfonb120 } from './cfonb120/cfonb120.js';

const HEAD_BYTES = 260;

/** The statements of a file, whole, or why there are none. */
export function readBankFile(bytes: Uint8Array): BankFile | BankFileProblem {
  const first = bytes.subarray(0, HEAD_BYTES);
  const head = Buffer.from(first).toString('latin1').replaceAll('\0', '').replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*/, '');
  if (head === '' || head.startsWith('<')) return readCamt053(bytes);
  const [line = ''] = head.split(/\r?\n/, 1);
  // Collections and transfers that came in, one by one, without balances: nothing that an account's statement is.
  if (/^3\d{15}[A-Z]/.test(line) && line.length > 120) return bankFileProblem('bank_file_not_statement', { found: 'CFONB 240' });
  if (/^0[1457]\d{5}/.test(line)) return readCfonb120(bytes);
  return bankFileProblem('bank_file_format_unknown', { begins: line.replace(/[^\x20-\x7e]/g, '?').slice(0, 20) });
}
