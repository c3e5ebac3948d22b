import { describe, expect, it } from '@jest/globals';
import { decideLink } from './mail-link.decision.js';
import type { MailLink } from './mail-link.decision.js';

const now = new Date('2026-06-01T10:00:00Z');
const link: MailLink = {
  linkId: 'l', keyId: 'k', userId: 'u', name: 'Zoé', email: 'zoe@example.org', purpose: 'invitation', expiresAt: new Date('2026-06-01T10:00:01Z'), isOver: false,
};

describe('a link of a mail', () => {
  it.each<[string, Partial<MailLink> | undefined, boolean, string]>([
    ['in its time', {}, true, 'opens'],
    ['nobody made', undefined, true, 'link_over'],
    ['with another secret', {}, false, 'link_over'],
    ['that was used', { isOver: true }, true, 'link_over'],
    ['at the end of its time', { expiresAt: now }, true, 'link_over'],
    ['for something else', { purpose: 'sign_in' }, true, 'link_over'],
  ])('%s: %s', (_, change, isRight, expected) => {
    const decided = decideLink(change && { ...link, ...change }, { isRight, purposes: ['invitation', 'password'], now });
    expect('code' in decided ? decided.code : 'opens').toBe(expected);
  });
});
