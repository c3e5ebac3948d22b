// Why a file of a bank was not read. Each is a value with the place where reading stopped; the file stays as it came.
import { reject } from '#libs/kernel';
import type { Details, Rejected } from '#libs/kernel';

export type BankFileProblemCode =
  | 'bank_file_too_large'
  | 'bank_file_format_unknown'
  | 'bank_file_encoding_unknown'
  | 'bank_file_encoding_wrong'
  | 'bank_file_malformed'
  | 'bank_file_has_dtd'
  | 'bank_file_too_complex'
  | 'bank_file_not_statement'
  | 'bank_file_not_report'
  | 'bank_file_version_unknown'
  | 'bank_file_field_missing'
  | 'bank_file_field_wrong';

export type BankFileProblem = Rejected<BankFileProblemCode>;

export const bankFileProblem = (code: BankFileProblemCode, details: Details = {}): BankFileProblem =>
  reject(code, details);

/** A bank's day has thousands of entries, not millions: beyond these a file is a mistake or an attack. */
export const BANK_FILE_LIMITS = {
  bytesMax: 40_000_000,
  /** A hundred billion euros: the sum of as many entries as a file may have fits into a bigint, and one amount into JSON. */
  amountCentsMax: 10_000_000_000_000n,
  entriesMax: 100_000,
  statementsMax: 1_000,
  balancesMax: 100,
  depthMax: 32,
  /** Of one record (an entry with all its details): 15,000 payments of a batch, told at length. */
  elementsPerRecordMax: 500_000,
  /** 20,000 entries, each with one payment, have 900,000. */
  elementsPerFileMax: 3_000_000,
  attributesMax: 50,
  /** ISO 20022 allows 500 in its longest field; banks exceed it. */
  textMax: 4_000,
} as const;
