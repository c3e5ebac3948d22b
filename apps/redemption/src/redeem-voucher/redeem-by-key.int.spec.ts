// A till program that asks by a key of its place: it redeems where the key may, and nothing else; and stands in the log of the place.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SignJWT } from 'jose';
import { uuidv7 } from 'uuidv7';
import { KEY_TOKEN_AUDIENCE, KEY_TOKEN_TYPE, keyClaimsOf, type KeyScope } from '#libs/auth';
import { until } from '#libs/testing';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { TillDevice } from '../../../../test/builders/till-device.js';

jest.setTimeout(120_000);

let scheme: RedemptionScheme;
let other: Till;
let codes: string[];
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  other = await scheme.openTill();
  codes = [...(await scheme.batch(6)).codes];
});
afterAll(() => scheme.close());

/** As identity signs it. */
function keyOf({ placeId }: Till, scopes: readonly KeyScope[], keyId = uuidv7()): Promise<string> {
  const { keyId: kid, privateKey } = scheme.app.keyring.signingKey('identity-token');
  const of = { keyId, name: 'A till program', organisationId: uuidv7(), organisationKind: 'place', partyId: placeId.slice(4), scopes } as const;
  return new SignJWT(keyClaimsOf(of)).setProtectedHeader({ alg: 'EdDSA', kid, typ: KEY_TOKEN_TYPE }).setIssuer('mereau').setAudience(KEY_TOKEN_AUDIENCE)
    .setIssuedAt().setExpirationTime('5m').sign(privateKey);
}
const redeemBy = (token: string, code: string) => scheme.redeem(code, {}, { at: { ...scheme.till, token } });
const managerOf = ({ placeId }: Till) => scheme.app.tillToken(placeId, { roles: ['manager'] });
type Kept = { keyId: string; method: string; route: string; status: number };

describe('a key of a place', () => {
  it('redeems for that place where it may, and the fact names the place and no person', async () => {
    const { status, body } = await redeemBy(await keyOf(scheme.till, ['vouchers.redeem']), codes[0]!);
    expect([status, body['placeId'], body['amountCents']]).toEqual([201, scheme.till.placeId, 1_000]);
    const { rows } = await scheme.app.world.inspector.query<{ actor: object }>(`
      select m -> 'actor' as actor from redemption.outbox, jsonb_array_elements(messages) m where m ->> 'type' = 'voucher.redeemed.v1' and m ->> 'id' = $1
      union all select m -> 'actor' from redemption.sent_batch, jsonb_array_elements(messages) m where m ->> 'type' = 'voucher.redeemed.v1' and m ->> 'id' = $1`, [String(body['redemptionId']).slice(4)]);
    expect(rows[0]!.actor).toEqual({ kind: 'place', id: scheme.till.placeId.slice(4) });
  });

  it('that only reads redeems nothing, and reads its own', async () => {
    const reader = await keyOf(scheme.till, ['redemptions.read', 'statements.read']);
    expect((await redeemBy(reader, codes[1]!)).body.code).toBe('key_scope_missing');
    expect((await scheme.app.get('redemptions', reader)).body['count']).toBe(1);
    expect((await scheme.app.get('redemptions/history', await keyOf(other, ['redemptions.read']))).body['items']).toEqual([]);
    expect((await redeemBy(scheme.till.token, codes[1]!)).status).toBe(201);
  });

  it('does nothing else of a till: no check, no undo, no session, no offline key', async () => {
    const all = await keyOf(scheme.till, ['vouchers.redeem', 'redemptions.read', 'statements.read']);
    const { body: { redemptionId } } = await redeemBy(all, codes[2]!);
    const body = { code: codes[3]!, serviceDate: '2026-03-10' };
    const asked = [
      await scheme.app.call('checks', { token: all, body }), await scheme.app.call(`redemptions/${String(redemptionId)}/undo`, { token: all, body: {} }),
      await scheme.app.call('authorisations', { token: all, body }), await scheme.app.call('offline-redemptions', { token: all, body: {} }),
      await scheme.app.get('offline-key', all), await scheme.app.get('own-place', all),
    ];
    expect(asked.map(({ status, body: { code } }) => [status, code])).toEqual(Array(asked.length).fill([403, 'key_scope_missing']));
  });

  it('redeems nothing where the place asks for a device, which a key is not', async () => {
    const token = await managerOf(other);
    const device = await TillDevice.make(scheme.app);
    const { body: { code } } = await scheme.app.call('device-enrolments', { token, body: {} });
    expect((await device.enrol(other, String(code))).status).toBe(201);
    expect((await scheme.app.call('device-rule', { token, body: { devicesOnly: true } })).status).toBeLessThan(300);
    expect((await redeemBy(await keyOf(other, ['vouchers.redeem']), codes[4]!)).body.code).toBe('device_not_enrolled');
  });

  it('stands in the log of its place, without a code; and in no other’s', async () => {
    const keyId = uuidv7();
    const token = await keyOf(scheme.till, ['vouchers.redeem'], keyId);
    await redeemBy(token, codes[5]!);
    await redeemBy(token, codes[5]!);
    await scheme.app.get('redemptions/history?programmeName=hush', token);
    const log = async (till: Till) => (await scheme.app.get(`key-requests?keyId=key_${keyId}&sort=askedAt`, await managerOf(till))).body['items'] as Kept[];
    await until('three requests are kept', async () => (await log(scheme.till)).length === 3);
    expect((await log(scheme.till)).map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      'POST /redemption/redemptions 201', 'POST /redemption/redemptions 409', 'GET /redemption/redemptions/history 403']);
    expect(await log(other)).toEqual([]);
    const { rows } = await scheme.app.world.inspector.query<{ text: string }>('select r::text as text from redemption.key_request r');
    for (const secret of [codes[5]!, token, 'hush']) expect(rows.map(({ text }) => text).join('\n')).not.toContain(secret);
    expect((await scheme.app.get('key-requests', scheme.till.token)).body.code).toBe('role_missing');
  });
});
