// Goal: who was refused too often waits, before anything is stored, in every process and after a restart; who was not is
// never bothered; and the operator hears of it once.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { TillAlarmRaisedV1 } from '#libs/contracts';
import { idOf } from '#libs/kernel';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';
import { ALARM_PLACE_COUNT, ALARM_WINDOW_MS, SESSION_LINES_MAX, TILL_LIMITS } from '../limits.js';
import { DeviceUses } from './device-uses.js';
import { TillCounts } from './till-counts.js';
import { TillLimits } from './till-limits.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let unknown: readonly string[];
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  unknown = scheme.app.mint(uuidv7(), [SESSION_LINES_MAX]).codes;
});
afterAll(() => scheme.close());

const plain = (till: Till) => idOf('place', till.placeId.slice('plc_'.length));
/** As another process of the service has them. */
const process = () => {
  const limits = new TillLimits(() => scheme.app.clock.override()!.getTime());
  return { limits, counts: new TillCounts(limits, new DeviceUses(), scheme.app.work) };
};
const guesses = (count: number) => ({ refused: count, unknown: count });
const storedCount = async (till: Till) => (await scheme.app.world.inspector.query<{ count: number }>(
  'select count(*)::int as count from redemption.refused_redemption where place_id = $1', [plain(till)])).rows[0]!.count;
const alarmsOf = async (till: Till) => {
  const { body } = await scheme.app.get('till-alarms?limit=200', scheme.operator);
  return (body['items'] as Record<string, unknown>[]).filter(({ placeId }) => placeId === till.placeId);
};

describe('a place that names unknown codes', () => {
  it('waits as long as Retry-After says, with nothing stored, on both routes; others do not', async () => {
    const guesser = await scheme.openTill();
    const lines = unknown.map((code) => ({ code }));
    for (let asked = 0; asked < TILL_LIMITS.place.unknown.burst; asked += lines.length) {
      expect((await scheme.session(lines, {}, { at: guesser })).status).toBe(200);
    }
    const { codes: [good, other] } = await scheme.batch(2);
    const key = uuidv7();
    const stopped = [await scheme.redeem(good!, {}, { at: guesser, key }), await scheme.session(lines, {}, { at: guesser })];
    for (const { status, body, headers } of stopped) {
      expect([status, body.code, body['retryable'], headers.get('retry-after')]).toEqual([429, 'too_many_attempts', true, '3']);
    }
    expect(await storedCount(guesser)).toBe(TILL_LIMITS.place.unknown.burst);
    expect((await scheme.redeem(other!)).status).toBe(201);
    scheme.app.clock.set('2026-03-10T12:00:03Z');
    expect((await scheme.redeem(good!, {}, { at: guesser, key })).status).toBe(201);
    scheme.app.clock.set(NOON);
  });

  it('finds in every process, and in one that starts later, what each of them counted', async () => {
    const place = { placeId: plain(await scheme.openTill()) };
    const half = TILL_LIMITS.place.unknown.burst / 2;
    const [one, two] = [process(), process()];
    for (const { limits, counts } of [one, two]) {
      limits.count(place, guesses(half));
      expect(limits.secondsToWait(place)).toBe(0);
      await counts.flush();
    }
    await one.counts.flush();
    const later = process();
    await later.counts.flush();
    expect([one, two, later].map(({ limits }) => limits.secondsToWait(place))).toEqual([3, 3, 3]);
  });

  it('is stopped while counts cannot be told too, and they are told once when they can', async () => {
    const place = { placeId: plain(await scheme.openTill()) };
    const { limits, counts } = process();
    const rename = (from: string, to: string) => scheme.app.world.admin.query(`alter table redemption.${from} rename to ${to}`);
    limits.count(place, guesses(TILL_LIMITS.place.unknown.burst));
    await rename('till_count', 'away');
    await expect(counts.flush()).rejects.toThrow();
    expect([limits.secondsToWait(place), counts.isIdle()]).toEqual([3, false]);
    await rename('away', 'till_count');
    await counts.flush();
    const { rows } = await scheme.app.world.inspector.query(
      'select sum(unknown)::int as unknown from redemption.till_count where subject = $1', [`place:${place.placeId}`]);
    expect(rows).toEqual([{ unknown: TILL_LIMITS.place.unknown.burst }]);
  });
});

describe('an alarm', () => {
  it('is raised once per quarter of an hour, with the count of all processes', async () => {
    const till = await scheme.openTill();
    const [one, two] = [process(), process()];
    const guess = async ({ limits, counts }: typeof one, count: number) => {
      limits.count({ placeId: plain(till) }, guesses(count));
      await counts.flush();
    };
    await guess(one, ALARM_PLACE_COUNT - 1);
    expect(await alarmsOf(till)).toEqual([]);
    await guess(two, 1);
    await guess(one, 5);
    expect(await alarmsOf(till)).toEqual([expect.objectContaining({
      alarmId: expect.stringMatching(/^alm_/), placeName: 'Médiathèque des Tilleuls', windowFrom: NOON, count: ALARM_PLACE_COUNT + 5, seenAt: null,
    })]);
    scheme.app.clock.set(new Date(Date.parse(NOON) + ALARM_WINDOW_MS).toISOString());
    await guess(one, ALARM_PLACE_COUNT);
    scheme.app.clock.set(NOON);
    expect((await alarmsOf(till)).map(({ count }) => count)).toEqual([ALARM_PLACE_COUNT, ALARM_PLACE_COUNT + 5]);
    // Told when it is raised, and not when it counts on.
    expect((await scheme.app.emitted(TillAlarmRaisedV1)).filter(({ placeId }) => placeId === plain(till)))
      .toMatchObject([{ windowFrom: NOON, count: ALARM_PLACE_COUNT }, { count: ALARM_PLACE_COUNT }]);
  });

  it('is acknowledged once, by a person of the operator, and stays so when more is counted', async () => {
    const till = await scheme.openTill();
    const { limits, counts } = process();
    limits.count({ placeId: plain(till) }, guesses(ALARM_PLACE_COUNT));
    await counts.flush();
    const [alarm] = await alarmsOf(till);
    const see = (token: string, id = String(alarm!['alarmId']), key: string = randomUUID()) =>
      scheme.app.call(`till-alarms/${id}/acknowledgement`, { token, body: {}, key });
    expect((await see(till.token)).status).toBe(403);
    expect((await scheme.app.get('till-alarms', till.token)).status).toBe(403);
    const key = randomUUID();
    const first = await see(scheme.operator, undefined, key);
    expect([first.status, (await see(scheme.operator, undefined, key)).body, (await see(scheme.operator)).body.code])
      .toEqual([200, first.body, 'till_alarm_seen']);
    expect((await see(scheme.operator, `alm_${uuidv7()}`)).body.code).toBe('till_alarm_not_found');
    limits.count({ placeId: plain(till) }, guesses(1));
    await counts.flush();
    expect(await alarmsOf(till)).toEqual([expect.objectContaining({ count: ALARM_PLACE_COUNT + 1, seenBy: expect.stringMatching(/^usr_/), seenAt: NOON })]);
    const unseen = await scheme.app.get('till-alarms?seen=false&limit=200', scheme.operator);
    expect(JSON.stringify(unseen.body)).not.toContain(till.placeId);
  });
});
