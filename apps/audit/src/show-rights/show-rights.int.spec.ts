// Who had which rights, and which rules were in force, over HTTP from what audit was told.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FeeRulePublishedV1, NettingTermsPublishedV1, ProgrammePublishedV1, TariffPublishedV1, UpstreamFeeRulePublishedV1 } from '#libs/contracts';
import { AUDITOR, AuditWorld } from '../../../../test/builders/audit-world.js';
import { mandateFor } from '../../../../test/builders/mandate.js';

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(() => world.close());

describe('rights', () => {
  it('of a person come with the organisations, the factor and the mandates, each with its proof; of an organisation, with its people', async () => {
    const [organisationId, userId, mandateId] = [world.newId(), world.newId(), world.newId()];
    const [created, added] = await world.take('identity', [
      { type: 'organisation.created.v1', body: { organisationId, kind: 'auditor', partyId: null } },
      { type: 'member.added.v1', body: { organisationId, userId, kind: 'auditor', roles: ['auditor'] } },
      { type: 'second_factor.changed.v1', body: { userId, factorId: world.newId(), step: 'confirmed' } },
      { type: 'mandate.given.v1', body: { mandateId, organisationId, programmeIds: [], payerIds: [], from: '2026-03-01', until: '2026-03-31', givenBy: [world.newId()] } },
      { type: 'member.added.v1', body: { organisationId: world.newId(), userId: world.newId(), kind: 'auditor', roles: ['auditor'] } },
    ]);
    // The clock of this world stands at the second of March.
    expect((await world.get(`rights?userId=usr_${userId}`)).body).toMatchObject({
      memberships: [{ organisationId: `org_${organisationId}`, roles: ['auditor'], state: 'in_force', eventId: `evt_${added!}` }],
      secondFactors: [{ state: 'in_force' }], mandates: [{ mandateId: `mdt_${mandateId}` }],
    });
    const { body } = await world.get(`rights?organisationId=org_${organisationId}`);
    expect(body).toMatchObject({ memberships: [{ userId: `usr_${userId}` }], mandates: [{ mandateId: `mdt_${mandateId}` }], secondFactors: [] });
    expect((body['history'] as { eventId: string }[])[0]!.eventId).toBe(`evt_${created!}`);
    expect((await world.get(`rights?userId=usr_${userId}&at=2026-03-01T00:00:00Z`)).body).toMatchObject({ memberships: [], secondFactors: [], mandates: [] });
  });

  it('are asked of a person or of an organisation', async () => {
    expect((await world.get('rights')).body.code).toBe('request_malformed');
    expect((await world.get(`rights?userId=usr_${world.newId()}&organisationId=org_${world.newId()}`)).body.code).toBe('request_malformed');
  });
});

describe('rules', () => {
  it('of a day are those of the programme and those of all, with tariffs where a place is named', async () => {
    const [programmeId, placeId] = [world.newId(), world.newId()];
    await world.take('issuance', [
      { type: ProgrammePublishedV1.type, body: { ...ProgrammePublishedV1.sample, programmeId, effectiveFrom: '2026-01-01' } },
      { type: UpstreamFeeRulePublishedV1.type, body: { ...UpstreamFeeRulePublishedV1.sample, programmeId: null, from: '2026-01-01' } },
      { type: UpstreamFeeRulePublishedV1.type, body: { ...UpstreamFeeRulePublishedV1.sample, programmeId: world.newId(), from: '2026-01-01' } },
    ]);
    await world.take('settlement', [
      { type: FeeRulePublishedV1.type, body: { ...FeeRulePublishedV1.sample, programmeId, from: '2026-01-01' } },
      { type: FeeRulePublishedV1.type, body: { ...FeeRulePublishedV1.sample, programmeId, version: 2, from: '2026-02-01', feeBasisPoints: 300 } },
      { type: NettingTermsPublishedV1.type, body: { ...NettingTermsPublishedV1.sample, from: '2026-01-01' } },
    ]);
    await world.take('redemption', [{ type: TariffPublishedV1.type, body: { ...TariffPublishedV1.sample, placeId, from: '2026-01-01' } }]);
    const kinds = async (query: string) => ((await world.get(`rules?programmeId=prg_${programmeId}&${query}`)).body['rules'] as { kind: string; version: number }[])
      .map(({ kind, version }) => `${kind} ${version}`);
    expect(await kinds('day=2026-01-31')).toEqual(['programme 1', 'fees 1', 'upstream_fees 1', 'netting_terms 1']);
    expect(await kinds(`day=2026-02-01&placeId=plc_${placeId}`)).toEqual(['programme 1', 'fees 2', 'upstream_fees 1', 'netting_terms 1', 'tariff 1']);
    expect(await kinds('day=2025-12-31')).toEqual([]);
  });

  it('of another programme than the mandate names are not shown', async () => {
    const [mine, other] = [world.newId(), world.newId()];
    const who = { ...AUDITOR, userId: world.newId(), mandates: mandateFor({ programmeIds: [mine] }) };
    expect((await world.get(`rules?programmeId=prg_${mine}&day=2026-01-01`, who)).status).toBe(200);
    expect((await world.get(`rules?programmeId=prg_${other}&day=2026-01-01`, who)).body.code).toBe('mandate_too_narrow');
  });
});
