import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideRaising, decideStep, type Addressee, type FindingState, type Reader, type StepName } from './finding.decision.js';

const TODAY = localDate('2026-03-10');
const AUDITOR: Reader = { organisationKind: 'auditor', organisationId: 'a', partyId: null };
const PLACE: Reader = { organisationKind: 'place', organisationId: 'b', partyId: 'p' };
const OPERATOR: Reader = { organisationKind: 'operator', organisationId: 'o', partyId: null };
const finding = (addressee: Addressee = { kind: 'place', partyId: 'p' }): FindingState =>
  ({ organisationId: 'a', addressee, replyDue: TODAY, isClosed: false });

describe('a finding', () => {
  it.each([['2026-03-09', 'rejected'], ['2026-03-10', 'raised']])('that asks for a reply until %s is %s', (due, kind) => {
    expect(decideRaising(localDate(due), TODAY).kind).toBe(kind);
  });

  it.each<[StepName, string, FindingState | undefined, Reader, string]>([
    ['noted', 'who raised it', finding(), AUDITOR, 'noted'],
    ['closed', 'who raised it', finding(), AUDITOR, 'closed'],
    ['replied', 'its place', finding(), PLACE, 'replied'],
    ['replied', 'the operator, of its own', finding({ kind: 'operator' }), OPERATOR, 'replied'],
    ['replied', 'the operator, of a place\'s', finding(), OPERATOR, 'finding_not_found'],
    ['replied', 'another place', finding(), { ...PLACE, partyId: 'q' }, 'finding_not_found'],
    ['replied', 'a payer with the id of a place', finding(), { ...PLACE, organisationKind: 'payer' }, 'finding_not_found'],
    ['replied', 'who raised it', finding(), AUDITOR, 'finding_not_found'],
    ['closed', 'its place', finding(), PLACE, 'finding_not_found'],
    ['noted', 'another auditing body', finding(), { ...AUDITOR, organisationId: 'c' }, 'finding_not_found'],
    ['noted', 'anybody, of none', undefined, AUDITOR, 'finding_not_found'],
    ['replied', 'its place, after its end', { ...finding(), isClosed: true }, PLACE, 'finding_closed'],
    ['noted', 'who raised it, after its end', { ...finding(), isClosed: true }, AUDITOR, 'finding_closed'],
    ['noted', 'another auditing body, after its end', { ...finding(), isClosed: true }, { ...AUDITOR, organisationId: 'c' }, 'finding_not_found'],
  ])('is %s by %s: %#', (step, _, state, writer, expected) => {
    const decided = decideStep(state, step, writer, TODAY);
    expect('code' in decided ? decided.code : decided.kind).toBe(expected);
  });

  it.each([['2026-03-10', false], ['2026-03-11', true]])('replied on %s is late: %s', (today, late) => {
    expect(decideStep(finding(), 'replied', PLACE, localDate(today))).toEqual({ kind: 'replied', late });
  });
});
