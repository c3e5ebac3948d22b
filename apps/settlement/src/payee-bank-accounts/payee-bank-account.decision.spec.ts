import { describe, expect, it } from '@jest/globals';
import type { PayeeId } from '#libs/kernel';
import { decideProposal, decideVersionApproval, type Proposal, type Verification, type VersionCheck } from './payee-bank-account.decision.js';

const PAYEE = 'payee' as PayeeId;
const OTHER = 'other' as PayeeId;
const IBAN = 'FR7630006000011234567890189';
const proposal = (over: Partial<Proposal> = {}): Proposal =>
  ({ payeeId: PAYEE, iban: IBAN, bic: null, payee: { complete: true }, ourIbans: new Set(), holder: undefined, isShared: false, ...over });
const version = { payeeId: PAYEE, version: 2, maker: 'anna', approved: false };
const answered = (outcome: Verification, byThemselves = false) => ({ outcome, importedBy: byThemselves ? 'anna' : 'dora', byThemselves });
const check = (over: Partial<VersionCheck> = {}): VersionCheck => ({ version, latest: 2, checker: 'bert', holder: undefined, isShared: false, verification: answered('match'), holderDiffers: false, reason: null, ...over });
const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);

describe('entering a payee\'s bank account', () => {
  it.each<[string, Partial<Proposal>, string]>([
    ['takes an account that nobody has', {}, 'proposed'],
    ['takes the payee\'s own account again, e.g. after a return by mistake of the bank', { holder: PAYEE }, 'proposed'],
    ['needs a payee', { payee: undefined }, 'payee_unknown'],
    ['needs to know the legal body first', { payee: { complete: false } }, 'payee_incomplete'],
    ['takes a BIC of the IBAN\'s country', { bic: 'PSSTFRPPPAR' }, 'proposed'],
    ['takes a BIC of a territory that has IBANs of the country', { bic: 'PSSTREPP' }, 'proposed'],
    ['refuses a BIC of another country', { bic: 'DEUTDEFF' }, 'bic_not_of_iban'],
    ['refuses an account of ours', { ourIbans: new Set([IBAN]) }, 'iban_is_ours'],
    ['refuses the account of another payee', { holder: OTHER }, 'iban_taken'],
    ['takes it where two people decided that they share it', { holder: OTHER, isShared: true }, 'proposed'],
  ])('%s', (_name, over, expected) => {
    expect(told(decideProposal(proposal(over)))).toBe(expected);
  });
});

describe('approving a payee\'s bank account', () => {
  it.each<[string, Partial<VersionCheck>, string]>([
    ['needs another person than who entered it', {}, 'approved'],
    ['is content with a name that nearly is the bank\'s', { verification: answered('close_match') }, 'approved'],
    ['refuses a name that the bank knows, when who brought its answer stands behind the account', { verification: answered('match', true) }, 'payee_not_verified'],
    ['takes that answer with the checker\'s reason', { verification: answered('match', true), reason: 'seen at the bank\'s own page' }, 'approved'],
    ['refuses a holder that the bank knows and that is not the body that is paid', { holderDiffers: true }, 'payee_not_verified'],
    ['takes such a holder with the checker\'s reason', { holderDiffers: true, reason: 'its foundation, by the convention' }, 'approved'],
    ['refuses a holder that the bank does not know', { verification: answered('no_match') }, 'payee_not_verified'],
    ['refuses a holder whom the bank could not compare', { verification: answered('not_possible') }, 'payee_not_verified'],
    ['refuses a holder whom nobody asked the bank about', { verification: undefined }, 'payee_not_verified'],
    ['takes the checker\'s reason in the place of the bank\'s word', { verification: answered('no_match'), reason: 'RIB signed by the treasurer' }, 'approved'],
    ['takes no reason in the place of another person', { checker: 'anna', reason: 'urgent' }, 'checker_is_maker'],
    ['refuses who entered it', { checker: 'anna' }, 'checker_is_maker'],
    ['refuses a second approval', { version: { ...version, approved: true } }, 'bank_account_approved'],
    ['refuses a version that was corrected since', { latest: 3 }, 'bank_account_superseded'],
    ['refuses an IBAN that another payee got meanwhile', { holder: OTHER }, 'iban_taken'],
    ['refuses what nobody entered', { version: undefined }, 'payee_bank_account_unknown'],
  ])('%s', (_name, over, expected) => {
    expect(told(decideVersionApproval(check(over)))).toBe(expected);
  });
});
