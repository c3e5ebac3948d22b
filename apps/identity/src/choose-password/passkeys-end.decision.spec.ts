import { describe, expect, it } from '@jest/globals';
import { passkeysEnd, type Choosing } from './passkeys-end.decision.js';

const choosing: Choosing = { purpose: 'password', kinds: ['place', 'payer'], hasAuthenticator: false };

describe('passkeys, where a password is chosen by a mailed link', () => {
  it.each<[string, Partial<Choosing>, boolean]>([
    ['that was forgotten', {}, true], ['of somebody who acts for nobody', { kinds: [] }, true],
    ['for the first time', { purpose: 'invitation' }, false], ['beside an authenticator', { hasAuthenticator: true }, false],
    ['by somebody of the operator', { kinds: ['operator'] }, false], ['by an auditor, too', { kinds: ['place', 'auditor'] }, false],
  ])('%s %p: end %p', (_, over, end) => { expect(passkeysEnd({ ...choosing, ...over })).toBe(end); });
});
