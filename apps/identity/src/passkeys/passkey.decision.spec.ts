import { describe, expect, it } from '@jest/globals';
import { PASSKEYS_MAX } from '../limits.js';
import { decideAdded, decideAnswered, type Answered, type KnownPasskey, type Person } from './passkey.decision.js';

const good: Answered = { isGenuine: true, userVerified: true };
const forged: Answered = { isGenuine: false, userVerified: true };
const unverified: Answered = { isGenuine: true, userVerified: false };
const codeOf = (refused: { code: string } | undefined) => refused?.code ?? 'taken';

describe('a passkey that is added', () => {
  it.each<[string, Answered, number, string]>([
    ['is taken', good, 0, 'taken'],
    ['is taken as the last that there may be', good, PASSKEYS_MAX - 1, 'taken'],
    ['is one too many', good, PASSKEYS_MAX, 'passkeys_too_many'],
    ['has to be of a device that checks its person', unverified, 0, 'passkey_unverified'],
    ['has to be genuine', forged, 0, 'passkey_not_taken'],
  ])('%s', (_, answered, held, expected) => { expect(codeOf(decideAdded(answered, held))).toBe(expected); });
});

describe('a passkey that is shown', () => {
  const known: KnownPasskey = { userId: 'zoé', isEnded: false };
  const door = (userHandle: string | undefined): Person => ({ userId: undefined, userHandle });
  const signedIn = (userId: string, userHandle?: string): Person => ({ userId, userHandle });
  it.each<[string, KnownPasskey | undefined, Person, Answered, string]>([
    ['opens for its person', known, door('zoé'), good, 'taken'],
    ['proves its person again', known, signedIn('zoé', 'zoé'), good, 'taken'],
    ['proves its person again, of a device that does not say whose it is', known, signedIn('zoé'), good, 'taken'],
    ['opens nothing at the door without a person', known, door(undefined), good, 'passkey_not_taken'],
    ['opens nothing for another person', known, door('paul'), good, 'passkey_not_taken'],
    ['proves nothing for another person', known, signedIn('paul'), good, 'passkey_not_taken'],
    ['proves nothing where device and sign-in are of two people', known, signedIn('zoé', 'paul'), good, 'passkey_not_taken'],
    ['opens nothing once it has ended', { ...known, isEnded: true }, door('zoé'), good, 'passkey_not_taken'],
    ['is unknown', undefined, door('zoé'), good, 'passkey_not_taken'],
    ['is forged', known, door('zoé'), forged, 'passkey_not_taken'],
    ['was used by who has the device and nothing else', known, door('zoé'), unverified, 'passkey_unverified'],
    ['tells who has no key of ours nothing of how it was used', undefined, door('zoé'), unverified, 'passkey_not_taken'],
  ])('%s', (_, passkey, person, answered, expected) => { expect(codeOf(decideAnswered(passkey, person, answered))).toBe(expected); });
});
