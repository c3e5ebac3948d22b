// Tills that go on redeeming whatever happens around them, each keeping a diary: what it asked under which key, and what it
// was told. Told nothing, it asks the same again, as a real till does; what stays unanswered is asked once more after all.
import { uuidv7 } from 'uuidv7';
import type { Person } from '../world/api.js';
import type { PrintedVoucher } from '../world/money-in.js';
import { drawFrom } from './draw.js';
import type { Scene } from './scene.js';

export type Attempt = Readonly<{ key: string; till: Person; voucher: PrintedVoucher; serviceDate: string }>;
/** `code`: undefined when the voucher was redeemed, else why not. */
export type Told = Readonly<{ status: number; code: string | undefined; amountCents: number | undefined }>;
export type Entry = Attempt & Readonly<{ told: Told | undefined }>;

/** One in so many vouchers is shown again somewhere, perhaps at the same moment: only one of the two may be told yes. */
const SHOWN_TWICE_IN = 10;
const TRIES_MAX = 3;
const ANSWER_MS = 10_000;
/** Two tills and their tellers shall not fill both cores by themselves. */
const PAUSE_MS = 15;

const pause = (ms: number) => new Promise((resume) => { setTimeout(resume, ms); });

/** Undefined when it is not known what became of it: no answer, or one that says to ask again. */
export async function attempt({ key, till, voucher, serviceDate }: Attempt): Promise<Told | undefined> {
  const asked = till.tryPost('/redemption/redemptions', { code: voucher.code, serviceDate }, key).catch(() => undefined);
  const answer = await Promise.race([asked, pause(ANSWER_MS)]);
  if (!answer) return undefined;
  const { status, body } = answer as { status: number; body: { code?: string; amountCents?: number } };
  if (status >= 500 || status === 401 || status === 429) return undefined;
  return { status, code: status < 300 ? undefined : body.code, amountCents: body.amountCents };
}

export function keepRedeeming(scene: Scene, { seed, tellersPerTill }: { seed: string; tellersPerTill: number }) {
  const diary: Entry[] = [];
  const draw = drawFrom(`${seed}:load`);
  let next = 0;
  let open = true;
  const take = (): PrintedVoucher | undefined => {
    const again = next > 0 && draw(SHOWN_TWICE_IN) === 0;
    return again ? scene.vouchers[draw(next)] : scene.vouchers[next++];
  };
  const teller = async (till: Person): Promise<void> => {
    for (let voucher = take(); open && voucher; voucher = take()) {
      const asked = { key: uuidv7(), till, voucher, serviceDate: scene.today };
      let told = await attempt(asked);
      for (let tries = 1; open && !told && tries < TRIES_MAX; tries += 1) {
        await pause(200);
        told = await attempt(asked);
      }
      diary.push({ ...asked, told });
      await pause(PAUSE_MS);
    }
  };
  const tellers = scene.tills.flatMap((till) => Array.from({ length: tellersPerTill }, () => teller(till)));
  return {
    /** Resolves with the diary once every teller has written down its last attempt. */
    async stop(): Promise<readonly Entry[]> {
      open = false;
      await Promise.all(tellers);
      return diary;
    },
  };
}
