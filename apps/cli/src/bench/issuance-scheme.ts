// A platform of its own with a scheme, a payer, and a till that may take its vouchers: what a batch needs to become
// spendable. Everything from here on goes over HTTP, as any client would.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { localDate } from '#libs/kernel';
import type { FakeBank } from '#libs/testing';
import { freePort } from '../free-port.js';
import { oneOrigin, type Person } from '../world/api.js';
import { openCustody, publishProgramme, registerPayer, type Scheme } from '../world/money-in.js';
import { datesFrom, openBank } from '../world/opening.js';
import { settingOf, Staff, type OperatorPeople } from '../world/people.js';
import { openPlace } from '../world/places.js';
import { Plot } from '../world/plot.js';
import { PAYER, PEOPLE, PLACES } from '../world/samples.js';
import type { BenchStage } from './bench-stage.js';
import { ask, child, end } from './child-process.js';
import type { MemoryAnswer, PlatformAnswer, PlatformOrder } from './platform-process.js';

export const FACE_CENTS = 1_000;

export type BenchScheme = Readonly<{
  people: OperatorPeople; payer: Person; till: Person; scheme: Scheme; bank: FakeBank; today: string;
  /** Of the platform's process, in MB, since it was started last. */
  peakMb(): Promise<number>;
  /** The same installation in a new process. */
  restart(): Promise<void>;
  close(): Promise<void>;
}>;

export async function openBenchScheme(stage: BenchStage, more: Readonly<Record<string, string>>): Promise<BenchScheme> {
  const [seed, port] = [randomBytes(8).toString('hex'), await freePort()];
  const env = { ...stage.env, ...more, PORT: String(port) };
  let platform: ChildProcess;
  let url = '';
  const start = async () => {
    platform = child('platform-process.js');
    url = (await ask<PlatformAnswer>(platform, { start: { env, seed } } satisfies PlatformOrder)).url;
  };
  await start();
  const plot = new Plot(seed, Date.now());
  const staff = new Staff(settingOf(plot, oneOrigin(url), stage.dataDir));
  const people = await staff.operatorPeople();
  const today = localDate(new Date().toISOString().slice(0, 10));
  const dates = datesFrom(today);
  const bankAccountId = await openCustody(people.operator);
  const programmeId = await publishProgramme(people.operator, {
    name: 'Bench', faceCents: FACE_CENTS, kind: 'balance', bankAccountId, dates, feesFrom: today,
  });
  const scheme = { bankAccountId, programmeId, payerId: await registerPayer(people.operator, PAYER) };
  const payer = await staff.found({ kind: 'payer', name: PAYER.name, partyId: scheme.payerId }, 'payer', PEOPLE.payer, 'payer');
  const { till } = await openPlace(people, staff, { scheme, dates, sample: PLACES[0]!, who: PEOPLE.tills[0]! });
  return {
    people, payer, till, scheme, bank: openBank(today), today,
    peakMb: async () => (await ask<MemoryAnswer>(platform, { memory: true } satisfies PlatformOrder)).peakMb,
    restart: async () => {
      await end(platform);
      await start();
    },
    close: () => end(platform),
  };
}
