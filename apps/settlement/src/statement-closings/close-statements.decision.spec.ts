import { describe, expect, it } from '@jest/globals';
import { cents, type PlaceId } from '#libs/kernel';
import { decideClosing, type ClosingState, type PlaceDifference } from './close-statements.decision.js';

const difference = (place: string): PlaceDifference =>
  ({ placeId: place as PlaceId, theirCount: 3, theirCents: cents(3000), ourCount: 2, ourCents: cents(2000) });
const state = (over: Partial<ClosingState> = {}): ClosingState =>
  ({ totalledUpTo: 42, takenUpTo: 45, closedUpTo: 0, differences: [], missingRule: undefined, ...over });

describe('closing statements', () => {
  it.each<[string, Partial<ClosingState>, object]>([
    ['closes where redemption totalled last', {}, { kind: 'open', upToSeq: 42 }],
    ['closes when exactly that number has arrived', { takenUpTo: 42 }, { kind: 'open', upToSeq: 42 }],
    ['waits while one message is on its way', { takenUpTo: 41 }, { code: 'redemption_messages_missing', details: { totalledUpTo: 42, takenUpTo: 41 } }],
    ['waits for a total', { totalledUpTo: undefined }, { code: 'nothing_to_close' }],
    ['has nothing to close when nothing was redeemed', { totalledUpTo: 0 }, { code: 'nothing_to_close' }],
    ['does nothing twice', { closedUpTo: 42 }, { kind: 'closed_before', upToSeq: 42 }],
    ['does not go back to an older total', { closedUpTo: 50 }, { kind: 'closed_before', upToSeq: 50 }],
    ['needs the rule that the lines name', { missingRule: { programmeId: 'p', version: 3 } }, { code: 'fee_rule_missing', details: { programmeId: 'p', version: 3 } }],
    ['names a missing message before a difference that it explains', { takenUpTo: 1, differences: [difference('a')] }, { code: 'redemption_messages_missing' }],
    ['names the places where the two sides differ', { differences: [difference('a'), difference('b'), difference('c')] }, {
      code: 'totals_differ',
      details: { places: 3, named: 'plc_a: redemption 3 for 3000 cents, here 2 for 2000; plc_b: redemption 3 for 3000 cents, here 2 for 2000' },
    }],
  ])('%s', (_name, over, expected) => {
    expect(decideClosing(state(over), 2)).toMatchObject(expected);
  });
});
