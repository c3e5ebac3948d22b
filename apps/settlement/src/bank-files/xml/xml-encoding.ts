// Which characters the bytes of a file stand for: by its byte order mark, else by its declaration, else UTF-8.
import { TextDecoder } from 'node:util';
import { bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';

/** The names that banks declare, and what Node calls them. `fatal` makes a wrong byte an error, not a question mark. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8', utf8: 'utf-8', 'us-ascii': 'utf-8', ascii: 'utf-8',
  'iso-8859-1': 'windows-1252', 'iso8859-1': 'windows-1252', latin1: 'windows-1252', 'windows-1252': 'windows-1252',
  'iso-8859-15': 'iso-8859-15', 'utf-16': 'utf-16le', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be',
};

function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** A decoder for the file, or why there is none. */
export function decoderFor(bytes: Uint8Array): TextDecoder | BankFileProblem {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']{1,40})["']/.exec(head)?.[1] ?? 'utf-8';
  const encoding = byMark(bytes) ?? ENCODINGS[declared.toLowerCase()];
  if (!encoding) return bankFileProblem('bank_file_encoding_unknown', { encoding: declared });
  return new TextDecoder(encoding, { fatal: true });
}
