// Real files of banks, where a copy is at hand (MEREAU_SAMPLE_DATA): each has an outcome that is written down here, and a
// file that nobody wrote one for fails. What is in them is never part of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkBalance } from '../../apps/settlement/src/bank-files/bank-statement.js';
import { readPain002 } from '../../apps/settlement/src/bank-files/pain002/pain002.js';
import { readBankFile } from '../../apps/settlement/src/bank-files/read-bank-file.js';
import { isRejected, type Rejected } from '#libs/kernel';

const FOLDER = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data', 'banque');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];

type Outcome = Readonly<{ statement?: object; report?: object }>;
const not = (found: string) => ({ code: 'bank_file_not_statement', details: { found } });
const noReport = { code: 'bank_file_not_report' };

/** By the beginning of a file's name: as a statement, and as a report on payments. */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  // The bank's answer to a verification of payees: no statement, and as a report it moves no payment (its statuses are noted).
  'atruvia-vop__pain.002.001.10-vop-concordance': { statement: not('pain.002'), report: { code: 'bank_file_field_wrong' } }, // a message id of 40 characters, where 35 are allowed
  'atruvia-vop__pain.002.001.10-vop-discordance': { statement: not('pain.002'), report: { status: { code: 'RVCM' } } },
  // Francs beside euros: read to the cent, and refused by whoever books it.
  'camt_parser__053__valid_example_v8': {
    statement: { format: 'camt.053', version: '08', statements: [{ currency: 'CHF', openingCents: 8_272_195n, closingCents: 8_451_525n }] },
  },
  'cfonb__pennylane__example': {
    statement: {
      format: 'cfonb120',
      statements: [
        { iban: expect.stringMatching(/^FR\d\d155890000098765432100\d{2}$/), openingCents: -19_040n, closingCents: -24_121n, openingDate: '2019-05-15', closingDate: '2019-05-16' },
        { iban: expect.stringMatching(/^FR\d\d187060000000123456789\d\d$/), openingCents: -24_121n, closingCents: -16_372n, openingDate: '2019-05-16', closingDate: '2019-05-17' },
      ],
    },
  },
  'cfonb__silarhi__cfonb.240': { statement: not('CFONB 240') },
  'genkgo-camt__camt053.v8': { statement: { version: '08', statements: [{ openingCents: 1815n }] } },
  'iso20022js__example__sepa_pain_001': { statement: not('pain.001'), report: noReport },
  'iso20022js__nordea__pain_002_v3_group_reject': { statement: not('pain.002'), report: { status: { code: 'RJCT', reason: 'DU01' } } },
  'iso20022js__nordea__pain_002_v3_txn_reject': { statement: not('pain.002'), report: { parts: [{ status: { code: 'RJCT' } }] } },
  // Notifications repeat what the statement of the day tells: never booked, so never booked twice.
  'postfinance-et-baltes-moov__200519_camt054': { statement: not('camt.054'), report: noReport },
  'postfinance-et-baltes-moov__camt054-returns': { statement: not('camt.054'), report: noReport },
  'postfinance-et-baltes-moov__musterfile_pain.001': { statement: not('pain.001'), report: noReport },
  'postfinance-et-baltes-moov__pain002-epo_p_0_0_0': { statement: not('pain.002'), report: { status: { code: 'ACTC' } } },
  'postfinance-et-baltes-moov__pain002-epo_p_ch51': {
    statement: not('pain.002'), report: { parts: [{ status: { code: 'PART' }, payments: [{ status: { code: 'RJCT', reason: 'AC01' } }] }] },
  },
};

/** What of a file can be read with a place but not booked: `state` by statement. */
const balances = (file: Exclude<ReturnType<typeof readBankFile>, Rejected>) =>
  file.statements.map((statement) => checkBalance(statement).state);

if (files.length === 0) {
  describe('files of banks', () => {
    it.skip('are read (skipped: no folder of real data here)', () => undefined);
  });
} else {
  describe('files of banks', () => {
    it.each(files)('%s has the outcome that is written down for it', (name) => {
      const [, outcome] = Object.entries(OUTCOMES).find(([beginning]) => name.startsWith(beginning)) ?? [];
      expect(outcome).toBeDefined();
      const bytes = readFileSync(join(FOLDER, name));
      const file = readBankFile(bytes);
      expect(file).toMatchObject(outcome!.statement ?? {});
      if (outcome!.report) expect(readPain002(bytes)).toMatchObject(outcome!.report);
    });

    it('hold statements whose balances add up where they are in one currency and whole', () => {
      const states = files.flatMap((name) => {
        const file = readBankFile(readFileSync(join(FOLDER, name)));
        return isRejected(file) ? [] : [[file.format, ...balances(file)]];
      });
      expect(states).toEqual([['camt.053', 'cannot_tell'], ['cfonb120', 'adds_up', 'adds_up'], ['camt.053', 'cannot_tell']]);
    });
  });
}
