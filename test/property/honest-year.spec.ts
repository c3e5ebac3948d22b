// A year of honest work lights no rule against fraud: the plan of a year, as tills live it, put to the figures of the first set.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { figures as figuresSchema } from '../../apps/audit/src/alert-rules/figures.js';
import { groupedBy, type Use } from '../../apps/audit/src/alert-watch/attendance.decision.js';
import { decidePlaceDay } from '../../apps/audit/src/alert-watch/place-day.decision.js';
import { castOf } from '../../apps/cli/src/year/plan/cast.decision.js';
import { seededDraw } from '../../apps/cli/src/year/plan/seeded-draw.js';
import { planYear } from '../../apps/cli/src/year/plan/year-plan.decision.js';
import { dayIn } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';

const PLACES = 150;
const VOUCHERS = 8_000;
const ZONES = ['Europe/Paris', 'Indian/Reunion', 'America/Cayenne'];

/** As the database has them: the first set is written by its migration. */
function firstFigures() {
  const sql = readFileSync('prisma/audit/migrations/20260101000681_alert/migration.sql', 'utf8');
  return figuresSchema.parse(JSON.parse(/values \(1, '2000-01-01', '(\{[^']*\})'/.exec(sql)![1]!));
}

function usesOf(seed: string): Map<string, Use[]> {
  const cast = castOf(Array.from({ length: PLACES }, (_, at) => `body ${at}`), seededDraw(seed, 'cast'));
  const timeZones = cast.active.map((_, rank) => ZONES[rank % ZONES.length]!);
  const plan = planYear((name) => seededDraw(seed, name), { vouchers: VOUCHERS, cast, timeZones });
  let sessions = 0;
  const uses = plan.moments.flatMap(({ at, scans }) => scans.flatMap((scan) => {
    if (scan.kind === 'refused') return [];
    const zone = timeZones[scan.place]!;
    const [hour, minute] = at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).split(':').map(Number);
    const sessionId = scan.kind === 'workshop' ? `session ${sessions += 1}` : null;
    return (scan.kind === 'workshop' ? scan.vouchers : [scan.voucher]).map((index) => ({
      name: `${scan.place} ${dayIn(zone, at)}`,
      use: {
        redemptionId: `${index}`, at: at.getTime(), minute: hour! * 60 + minute!, deviceId: `till ${scan.place}`, batchId: 'batch', index, sessionId,
        participationId: null, amountCents: 1_000, handOver: null, judgedBy: [],
      } satisfies Use,
    }));
  }));
  return new Map([...groupedBy(uses, ({ name }) => name)].map(([name, own]) => [name, own.map(({ use }) => use)]));
}

describe('a year of honest work', () => {
  it.each([1, 2])('lights no rule (%s)', (round) => {
    const days = usesOf(`${seedOfRun()}:${round}`);
    const figures = firstFigures();
    const found = [...days].flatMap(([name, uses]) => decidePlaceDay(uses, figures).map(({ rule, measured }) => [name, rule, measured]));
    expect(days.size).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });

  it('would light if its bounds were those of an empty room', () => {
    const strict = { ...firstFigures(), placeAttendancesMax: 1, workshopsPerDayMax: 1, nightAttendancesMax: 1 };
    const rules = new Set([...usesOf(seedOfRun()).values()].flatMap((uses) => decidePlaceDay(uses, strict).map(({ rule }) => rule)));
    expect([...rules].sort()).toEqual(['place_velocity', 'too_many_workshops']);
  });
});
