// Tills over HTTP, driven by wrk: a load generator that costs next to nothing, on a machine that it shares with what it
// measures. A script of its own gives each request a new key and another voucher.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Figure } from './drive.js';
import { outputOf } from './child-process.js';

export type TillLoad = Readonly<{
  url: string; token: string; codes: readonly string[]; seconds: number; connections: number; amountCents: number; serviceDate: string;
}>;

const CODE_LENGTH = 18;

/** Codes lie in one text of fixed width: a table of millions of strings would not fit in LuaJIT's memory. */
const SCRIPT = `
local token, codes_file, service_date, amount, seed = unpack(__SETTINGS__)
local codes
local hex = string.format

function init()
  math.randomseed(seed)
  local file = io.open(codes_file, 'r')
  codes = file:read('*a')
  file:close()
  wrk.headers['content-type'] = 'application/json'
  wrk.headers['authorization'] = 'Bearer ' .. token
end

-- A UUID of version 7: the second as time, the rest drawn. Keys of one second differ in 62 drawn bits.
local function key()
  local ms = os.time() * 1000
  return hex('%08x-%04x-7%03x-%04x-%04x%08x', math.floor(ms / 65536), ms % 65536, math.random(0, 4095),
    0x8000 + math.random(0, 0x3fff), math.random(0, 0xffff), math.random(0, 0x7fffffff) * 2 + math.random(0, 1))
end

function request()
  local at = math.random(0, #codes / ${CODE_LENGTH} - 1) * ${CODE_LENGTH}
  wrk.headers['idempotency-key'] = key()
  return wrk.format('POST', '/redemption/redemptions', nil,
    '{"code":"' .. codes:sub(at + 1, at + ${CODE_LENGTH}) .. '","serviceDate":"' .. service_date .. '","amountCents":' .. amount .. '}')
end

function done(summary, latency)
  local errors = summary.errors
  io.write(hex('RESULT {"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d}\\n', summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
`;

type Result = { requests: number; microseconds: number; failed: number; p50: number; p99: number };

/** One thread of wrk: the clients of a machine with two cores. Throws what wrk said when it did not run. */
export async function runTills(load: TillLoad): Promise<Figure> {
  const folder = mkdtempSync(join(os.tmpdir(), 'mereau-wrk-'));
  try {
    const [script, codes] = [join(folder, 'till.lua'), join(folder, 'codes')];
    writeFileSync(codes, load.codes.join('').replaceAll('-', ''));
    writeFileSync(script, SCRIPT.replace('__SETTINGS__', settingsOf(load, codes)));
    const output = await outputOf('wrk', [
      '--threads', '1', '--connections', String(load.connections), '--duration', `${load.seconds}s`, '--timeout', '10s', '--script', script, load.url,
    ]);
    const said = /^RESULT (.+)$/m.exec(output)?.[1];
    if (!said) throw new Error(`wrk told no result: ${output}`);
    return figureOf(JSON.parse(said) as Result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lua writes such texts as JSON does. */
const settingsOf = ({ token, serviceDate, amountCents }: TillLoad, codes: string): string =>
  `{${[token, codes, serviceDate, amountCents, Math.floor(Math.random() * 2 ** 31)].map((value) => JSON.stringify(value)).join(', ')}}`;

const figureOf = ({ requests, microseconds, failed, p50, p99 }: Result): Figure =>
  ({ perSecond: (requests - failed) / (microseconds / 1e6), p50Ms: p50 / 1e3, p99Ms: p99 / 1e3, failed });
