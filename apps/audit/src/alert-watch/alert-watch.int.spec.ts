// A world of planted fraud and honest days, through the sealed log: each rule lights for its fraud, once, whatever is told again or
// in another order, and a memory that is built anew finds the same.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlaceAccreditedV1, RangeHandedOverV1, RedemptionUndoneV1, TillAlarmRaisedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AuditWorld, type Said } from '../../../../test/builders/audit-world.js';

jest.setTimeout(60_000);

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'audit');
  expect((await inspect(world.database.urlFor('audit'), local)).broken).toEqual([]);
  await world.close();
});

type Listed = Readonly<{
  alertId: string; rule: string; placeId: string | null; placeName: string | null; deviceId: string | null; distributorId: string | null;
  facts: number; amountCents: number; windowFrom: string; windowTo: string; textEn: string;
  measured: Record<string, number>; severity: number;
}>;
const TEN = Date.parse('2026-03-10T09:00:00Z');
const after = (minutes: number): string => new Date(TEN + minutes * 60_000).toISOString();
const alertsOf = async (placeId: string): Promise<readonly Listed[]> =>
  (await world.get(`alerts?placeId=plc_${placeId}`)).body['items'] as unknown as Listed[];
const rulesOf = async (placeId: string) => (await alertsOf(placeId)).map(({ rule }) => rule);

let made = 0;
const redeemed = (placeId: string, minutes: number, over: object = {}): Said => {
  made += 1;
  const id = world.newId();
  return {
    type: VoucherRedeemedV1.type, id,
    body: { ...VoucherRedeemedV1.sample, redemptionId: id, placeId, redeemedAt: after(minutes), voucherIndex: made * 100, ...over },
  };
};
const many = (count: number, of: (at: number) => Said): Said[] => Array.from({ length: count }, (_, at) => of(at));
const tell = async (said: readonly Said[]): Promise<string[]> => {
  const ids = await world.take('redemption', said);
  await world.watch();
  return ids;
};
const handOver = (batchId: string, first: number, last: number, { distributorId = world.newId(), minutes = -9_000 } = {}): Said => ({
  type: RangeHandedOverV1.type, at: after(minutes), body: { handOverId: world.newId(), batchId, distributorId, first, last },
});

describe('a rush at one place', () => {
  it('is one alert that grows, with its facts in the log, in words, and with what is at stake', async () => {
    const placeId = world.newId();
    const accredited = { type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId } };
    await tell([accredited, ...many(21, (n) => redeemed(placeId, n * 0.4))]);
    const [alert, ...more] = await alertsOf(placeId);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      rule: 'place_velocity', placeName: PlaceAccreditedV1.sample.name, facts: 21, amountCents: 21_000, windowFrom: '2026-03-10', measured: { most: 21 },
    });
    expect(alert!.textEn).toBe('On 2026-03-10: 21 people redeemed within 10 minutes at this place; above 20 we look. A workshop counts as one.');
    await tell(many(3, (n) => redeemed(placeId, 9 + n * 0.2)));
    expect(await alertsOf(placeId)).toMatchObject([{ alertId: alert!.alertId, facts: 24, amountCents: 24_000, measured: { most: 24 } }]);
    const { facts } = (await world.get(`alerts/${alert!.alertId}`)).body as unknown as { facts: { eventId: string; logIndex: number }[] };
    expect(facts).toHaveLength(24);
    for (const { eventId } of facts.slice(0, 2)) expect((await world.get(`events/${eventId}`)).body['type']).toBe('voucher.redeemed.v1');
  });

  it('is the same alert when a message is delivered again and when the whole memory is built anew', async () => {
    const placeId = world.newId();
    await tell(many(21, (n) => redeemed(placeId, n * 0.4)));
    const before = await alertsOf(placeId);
    await world.tamper('truncate audit.watched_redemption, audit.watched_hand_over, audit.watched_place; update audit.watch_position set next_index = 0');
    await world.watch();
    expect(await alertsOf(placeId)).toEqual(before);
    expect(await world.admin.query('select rule, place_id, window_from, round from audit.alert group by 1, 2, 3, 4 having count(*) > 1')).toMatchObject({ rows: [] });
  });

  it('at many places at once is an alert of each, with its own facts, raised and grown in one look', async () => {
    const places = Array.from({ length: 250 }, () => world.newId());
    // A use of each in turn, and a thousand events a look: nearly all of them pass the bound in one.
    const uses = (count: number, from: number) =>
      Array.from({ length: count }, (_, n) => places.map((placeId) => redeemed(placeId, from + n * 0.4))).flat();
    await tell(uses(21, 0));
    await tell(uses(2, 8.5));
    const { rows } = await world.admin.query<{ placeId: string; facts: number; own: number; amount: string }>(
      `select a.place_id as "placeId", a.fact_count as facts, a.amount::text, count(*) filter (where r.place_id = a.place_id)::int as own
       from audit.alert a join audit.alert_fact f on f.alert_id = a.id join audit.watched_redemption r on r.redemption_id = f.event_id
       where a.place_id = any($1::uuid[]) group by a.id`, [places]);
    expect(new Set(rows.map(({ placeId }) => placeId))).toEqual(new Set(places));
    expect(rows).toHaveLength(places.length);
    expect(rows.filter(({ facts, own, amount }) => facts !== 23 || own !== 23 || amount !== '23000')).toEqual([]);
  });

  it('of another day is another alert, and a workshop of thirty is none', async () => {
    const [placeId, workshop] = [world.newId(), world.newId()];
    await tell([0, 1_440].flatMap((day) => many(21, (n) => redeemed(placeId, day + n * 0.4))));
    expect((await alertsOf(placeId)).map(({ windowFrom }) => windowFrom).sort()).toEqual(['2026-03-10', '2026-03-11']);
    const sessionId = world.newId();
    await tell(many(30, (n) => redeemed(workshop, 0, { sessionId, voucherIndex: 70_000 + n })));
    expect(await rulesOf(workshop)).toEqual([]);
  });

  it('is none when what was undone is not counted, or what was captured came in one go later', async () => {
    const [undone, offline] = [world.newId(), world.newId()];
    const said = many(21, (n) => redeemed(undone, n * 0.4));
    const undo = { ...RedemptionUndoneV1.sample, redemptionId: said[0]!.id, placeId: undone };
    await tell([...said, { type: RedemptionUndoneV1.type, body: undo }]);
    await tell(many(25, (n) => redeemed(offline, 500, { capturedAt: after(n * 15) })));
    expect([await rulesOf(undone), await rulesOf(offline)]).toEqual([[], []]);
  });
});

describe('fraud with vouchers that were handed over', () => {
  it('lights when booklets are emptied one after the other, though the hand-overs are told later', async () => {
    const [placeId, batchId] = [world.newId(), world.newId()];
    const emptied = (first: number, from: number) => many(10, (n) => redeemed(placeId, from + n * 3, { batchId, voucherIndex: first + n }));
    await tell([...emptied(0, 0), ...emptied(10, 100), ...emptied(20, 200)]);
    expect(await rulesOf(placeId)).toEqual([]);
    await world.take('issuance', [0, 10, 20].map((first) => handOver(batchId, first, first + 9)));
    await world.watch();
    expect(await alertsOf(placeId)).toMatchObject([{ rule: 'emptied_booklets', facts: 30, measured: { booklets: 3 } }]);
  });

  it('lights when each is used minutes after it was handed over, and when all of a distributor goes to one place', async () => {
    const [placeId, other, batchId, distributorId] = [world.newId(), world.newId(), world.newId(), world.newId()];
    await world.take('issuance', many(130, (n) => handOver(batchId, n * 10, n * 10, { distributorId, minutes: n * 60 })));
    // 100 at one place on as many hours, 30 at another one; ten a day at most, the first ten at once.
    await tell(many(130, (n) => redeemed(n < 100 ? placeId : other, n * 60 + (n < 10 ? 3 : 1_000), { batchId, voucherIndex: n * 10 })));
    const alerts = await alertsOf(placeId);
    expect(alerts.map(({ rule }) => rule)).toContain('instant_drain');
    expect(alerts.find(({ rule }) => rule === 'concentration')).toMatchObject({
      distributorId: `dst_${distributorId}`, windowFrom: '2026-03-01', windowTo: '2026-03-31', measured: { vouchers: 100, of: 130, percent: 76 },
    });
    expect(await rulesOf(other)).not.toContain('concentration');
  });

  it('lights for a pile in its printed order', async () => {
    const [placeId, batchId] = [world.newId(), world.newId()];
    await tell(many(16, (n) => redeemed(placeId, n * 3, { batchId, voucherIndex: 900 - n })));
    expect(await rulesOf(placeId)).toEqual(['neighbouring_vouchers']);
  });
});

describe('other rules', () => {
  it('know the night by the clock of the place, and every device by itself', async () => {
    const [island, paris, deviceId] = [world.newId(), world.newId(), world.newId()];
    const accredited = (placeId: string, timeZone: string): Said =>
      ({ type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId, timeZone } });
    // 20:30 in Paris is half past eleven at night there.
    const evening = 10.5 * 60;
    const late = [island, paris].flatMap((placeId) => many(4, (n) => redeemed(placeId, evening + n)));
    await tell([accredited(island, 'Indian/Reunion'), accredited(paris, 'Atlantis/Nowhere'), ...late]);
    expect([await rulesOf(island), await rulesOf(paris)]).toEqual([['night'], []]);
    await tell(many(13, (n) => redeemed(paris, n * 0.5, { deviceId })));
    expect(await alertsOf(paris)).toMatchObject([{ rule: 'device_velocity', deviceId: `dev_${deviceId}`, measured: { most: 13 } }]);
  });

  it('take an alarm of tills as it is, of one place or of all, before everything else', async () => {
    const placeId = world.newId();
    const [alarmId] = await tell([
      { type: TillAlarmRaisedV1.type, body: { ...TillAlarmRaisedV1.sample, alarmId: world.newId(), placeId } },
      { type: TillAlarmRaisedV1.type, body: { alarmId: world.newId(), windowFrom: after(0), count: 700 } },
    ]);
    expect(await alertsOf(placeId)).toMatchObject([{ rule: 'constructed_codes', amountCents: 0, facts: 1, measured: { codes: 10 } }]);
    expect(alarmId).toBeDefined();
    const all = (await world.get('alerts?limit=100')).body['items'] as unknown as Listed[];
    expect(all.slice(0, 2).map(({ rule }) => rule)).toEqual(['constructed_codes', 'constructed_codes']);
    expect(all.find(({ placeId: of }) => of === null)!.textEn).toMatch(/^On 2026-03-10: 700 codes .* at all tills together\.$/);
    const ranks = all.map(({ severity, amountCents }) => [severity, amountCents] as const);
    expect(ranks).toEqual([...ranks].sort((a, b) => b[0] - a[0] || b[1] - a[1]));
    const first = (await world.get('alerts?limit=3')).body as unknown as { items: Listed[]; nextCursor: string };
    const rest = (await world.get(`alerts?limit=97&cursor=${first.nextCursor}`)).body['items'] as unknown as Listed[];
    expect([...first.items, ...rest]).toEqual(all);
  });
});

describe('the database itself', () => {
  it('does not let the watch go back, an alert rest on no event, or two stand for one thing', async () => {
    const service = (sql: string) => world.work.client.$executeRawUnsafe(sql);
    await expect(service('update audit.watch_position set next_index = 0')).rejects.toThrow('does not go back');
    await expect(service('insert into audit.alert_fact select id, gen_random_uuid() from audit.alert limit 1')).rejects.toThrow('foreign key');
    await expect(service(`insert into audit.alert select gen_random_uuid(), rule, rule_version, place_id, device_id, distributor_id, window_from, window_to,
      round, severity, raised_at, measured, fact_count, amount, first_at, last_at from audit.alert limit 1`)).rejects.toThrow('alert_once');
    await expect(service('delete from audit.alert_fact')).rejects.toThrow();
  });
});
