import { describe, expect, it } from '@jest/globals';
import type { PayeeId } from '#libs/kernel';
import {
  decideDestination, decideDestinationApproval, type DestinationCheck, type DestinationProposal, type SeenAtStripe,
} from './destination.decision.js';

const payeeId = 'a' as PayeeId;
const ready = { country: 'FR', paysOut: true, takesTransfers: true };

describe('a Stripe account for a payee', () => {
  const proposal = (over: Partial<DestinationProposal> = {}): DestinationProposal =>
    ({ payeeId, payee: { complete: true }, seen: ready, holder: undefined, ...over });

  it('is proposed when Stripe knows it, it takes transfers and pays out, and nobody else has it', () => {
    expect(decideDestination(proposal())).toEqual({ kind: 'proposed' });
    expect(decideDestination(proposal({ holder: payeeId, seen: { ...ready, country: 'BE' } }))).toEqual({ kind: 'proposed' });
  });

  it.each<[string, Partial<DestinationProposal>, string]>([
    ['of a payee that is not there', { payee: undefined }, 'payee_unknown'],
    ['of a payee whose legal body is not known', { payee: { complete: false } }, 'payee_incomplete'],
    ['that Stripe does not show us', { seen: undefined }, 'destination_not_found'],
    ['outside the European Economic Area', { seen: { ...ready, country: 'GB' } }, 'destination_abroad'],
    ['of no country that Stripe tells', { seen: { ...ready, country: undefined } }, 'destination_abroad'],
    ['that takes no transfers', { seen: { ...ready, takesTransfers: false } }, 'destination_not_ready'],
    ['whose bank is not paid', { seen: { ...ready, paysOut: false } }, 'destination_not_ready'],
    ['that is another payee\'s', { holder: 'b' as PayeeId }, 'destination_taken'],
  ])('%s is refused', (_, over, code) => {
    expect(decideDestination(proposal(over))).toMatchObject({ code });
  });
});

describe('the approval of a Stripe account', () => {
  const check = (over: Partial<DestinationCheck> = {}): DestinationCheck => ({
    version: { payeeId, version: 2, maker: 'anna', approved: false }, latest: 2, checker: 'cleo', seen: ready, holder: undefined, ...over,
  });
  const version = { payeeId, version: 2, maker: 'anna', approved: false };

  it('is given by another person, for the latest version', () => {
    expect(decideDestinationApproval(check())).toEqual({ kind: 'approved' });
  });

  it.each<[string, Partial<DestinationCheck>, string]>([
    ['of nothing', { version: undefined }, 'destination_unknown'],
    ['of what was approved', { version: { ...version, approved: true }, checker: 'anna' }, 'destination_approved'],
    ['by who proposed it', { checker: 'anna' }, 'checker_is_maker'],
    ['of an older version', { latest: 3 }, 'destination_superseded'],
    ['of an account that Stripe closed since', { seen: { ...ready, takesTransfers: false } as SeenAtStripe }, 'destination_not_ready'],
    ['of an account that another payee got since', { holder: 'b' as PayeeId }, 'destination_taken'],
  ])('%s is refused', (_, over, code) => {
    expect(decideDestinationApproval(check(over))).toMatchObject({ code });
  });
});
