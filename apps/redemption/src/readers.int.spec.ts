// What the database itself shows to whoever reads redemption for a place, whatever the query above it forgot to ask.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { idOf } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import type { Answer } from '../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../test/builders/redemption-scheme.js';
import { tablesAsRead, tablesOfNobody } from '../../../test/builders/readers.js';
import { TillDevice } from '../../../test/builders/till-device.js';
import { listDevices } from './show-devices/device-view.store.js';
import { listDepartures } from './show-departures/departure-view.store.js';
import { listMeasures } from './show-measures/measure-view.store.js';
import { redeemedToday } from './show-redemptions/today.store.js';
import { readTariffs } from './show-tariffs/tariff-view.store.js';

jest.setTimeout(120_000);

/** Where places are and what they are called, programmes and what is asked of those that apply. */
const OF_NOBODY = ['known_programme', 'place', 'questionnaire', 'site'];
const plain = (id: string): string => id.slice(4);
let scheme: RedemptionScheme;
/** The programme that both apply for, and the one whose operator approves what places ask more. */
let [applied, watched] = ['', ''];
let [own, other]: Till[] = [];

const option = (key: string, points: number) => ({ key, text: key, points, eliminates: false });
const QUESTIONS = [{ key: 'staff', text: 'Who receives people?', options: [option('some', 1), option('nobody', 0)] }];

/** A row of everything that places read of themselves: a table without any would compare nothing. */
async function place(): Promise<Till> {
  const till = await scheme.openTill([scheme.programmeId, watched]);
  const { codes } = await scheme.batch(3);
  const redeemed: string[] = [];
  for (const code of codes) redeemed.push(String((await done(scheme.redeem(code, {}, { at: till })))['redemptionId']));
  await done(scheme.undo(redeemed[2]!, till.token));
  const manager = await scheme.app.tillToken(till.placeId, { roles: ['manager'] });
  const { code } = await done(scheme.app.call('device-enrolments', { token: manager, body: {} }));
  await done((await TillDevice.make(scheme.app)).enrol(till, String(code)));
  await done(scheme.tariff({ service: 'employment', priceCents: 1_500 }, till));
  const { tariffId } = await done(scheme.tariff({ service: 'employment', priceCents: 1_600 }, till));
  await done(scheme.app.call(`tariffs/${String(tariffId)}/approval`, { token: scheme.operator, body: {} }));
  const { applicationId } = await done(scheme.app.call('applications', { token: till.token, body: { programmeId: `prg_${applied}` } }));
  await done(scheme.app.call(`applications/${String(applicationId)}/content`, { token: till.token, body: { answers: { staff: 'some' }, documents: [] } }));
  await done(scheme.app.call(`applications/${String(applicationId)}/submission`, { token: till.token, body: {} }));
  const { measures } = await done(scheme.measure(till, 'suspensions')) as unknown as { measures: { measureId: string }[] };
  const { appealId } = await done(scheme.app.call(`measures/${measures[0]!.measureId}/appeals`, { token: till.token, body: { grounds: 'We were there.' } }));
  const colleague = await scheme.app.operatorToken();
  await done(scheme.app.call(`appeals/${String(appealId)}/answers`, { token: colleague, body: { outcome: 'rejected', reasons: 'Seen.' } }));
  await done(scheme.measure(till, 'reinstatements'));
  const { departures } = await done(scheme.leave(till, '2026-12-01')) as unknown as { departures: { departureId: string }[] };
  await done(scheme.app.call(`departures/${departures[0]!.departureId}/taking-back`, { token: manager, body: {} }));
  await done(scheme.app.call('device-rule', { token: manager, body: { devicesOnly: true } }));
  return till;
}

async function done(answered: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answered;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  [applied, watched] = [await scheme.programme(), await scheme.programme(true, { tariffRaiseNeedsApproval: true })];
  await done(scheme.app.call('questionnaires', {
    token: scheme.operator, body: { programmeId: `prg_${applied}`, threshold: 1, questions: QUESTIONS, documents: [] },
  }));
  [own, other] = [await place(), await place()];
});
afterAll(() => scheme.close());

const as = <T>(reader: string, read: (sql: Sql) => Promise<T>): Promise<T> => readAs(scheme.app.work, reader, read);
const page = { before: null, rowsMax: 100 };

describe('a reader of a place', () => {
  it('sees no row that another place sees, of any table, and nothing for nobody', async () => {
    const { wrong, seen } = await tablesAsRead(scheme.app.work, { own: [plain(own!.placeId)], other: [plain(other!.placeId)] });
    expect(wrong).toEqual([]);
    expect(seen).toEqual([
      'appeal', 'appeal_answer', 'application', 'application_step', 'departure', 'departure_end', 'device_rule', 'measure', 'measure_end', 'redemption', 'tariff', 'tariff_approval', 'till_device',
      'undone_redemption',
    ]);
  });

  it('may read none without a policy, but for those that are of nobody in particular', async () => {
    expect(await tablesOfNobody(scheme.app.work)).toEqual(OF_NOBODY);
  });

  it.each<[string, (sql: Sql) => Promise<readonly unknown[]>]>([
    ['devices', (sql) => listDevices(sql, { ...page, placeId: null })],
    ['measures', (sql) => listMeasures(sql, { ...page, placeId: null, open: null })],
    ['departures', (sql) => listDepartures(sql, { ...page, placeId: null, open: null })],
    ['tariffs', (sql) => readTariffs(sql, { ...page, placeId: null, states: null, at: null })],
  ])('sees its own %s alone, where the query forgot to ask whose they are', async (_, read) => {
    const all = await as(OVERSEER, read) as { placeId: string }[];
    expect(new Set(all.map(({ placeId }) => placeId))).toEqual(new Set([own, other].map((till) => plain(till!.placeId))));
    expect(await as(plain(own!.placeId), read)).toEqual(all.filter(({ placeId }) => placeId === plain(own!.placeId)));
    expect(await as(randomUUID(), read)).toEqual([]);
  });

  it('has of its day what it redeemed, and of another place\'s nothing', async () => {
    const today = (reader: string, of: Till) => as(reader, (sql) => redeemedToday(sql, idOf('place', plain(of.placeId)), scheme.app.clock.override()));
    expect(await today(plain(own!.placeId), own!)).toEqual(await today(OVERSEER, own!));
    expect([(await today(plain(own!.placeId), own!))!.count, (await today(plain(own!.placeId), other!))!.count]).toEqual([2, 0]);
  });

  it('costs a till that redeems nothing: the service has no policy in its plans', async () => {
    const planOf = async (sql: Sql, table: string): Promise<string> => (await sql.$queryRawUnsafe<Record<'QUERY PLAN', string>[]>(
      `explain (costs off) select 1 from redemption.${table} where id = '01900000-0000-7000-8000-000000000001'`)).map((line) => line['QUERY PLAN']).join(' ');
    for (const table of ['till_device', 'redemption', 'measure', 'departure', 'tariff']) {
      const ofService = await planOf(scheme.app.work.client, table);
      expect([table, ofService]).toEqual([table, expect.not.stringMatching(/InitPlan|place_id|current_setting/)]);
      expect([table, await as(plain(own!.placeId), (sql) => planOf(sql, table))]).toEqual([table, expect.stringMatching(/place_id/)]);
    }
  });
});
