// `npm run simulate [-- --seed N] [--steps M] [--inspect-every K] [--sabotage NAME] [--json]`: the whole platform in this process,
// on a clock and a transport that the seed drives, against a model that says which answers are legal. Exit 0 when they agree to
// the end; else the seed, the last of the history and the step that failed, which the same seed plays again.
import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { StartupFault } from '#libs/persistence';
import { openGround } from './ground.js';
import { SABOTAGES, type Sabotage } from './sabotage.js';
import { simulate, type Outcome, type Wanted } from './simulate.js';

const STEPS_USUAL = 200;
const INSPECT_EVERY_USUAL = 25;
const LINES_SHOWN = 200;
type Options = Wanted & Readonly<{ json: boolean }>;

export async function simulateCommand(args: readonly string[]): Promise<number> {
  const wanted = optionsOf(args);
  const began = performance.now();
  if (!wanted.json) console.log(`A simulation of ${wanted.steps} steps (seed ${wanted.seed})${wanted.sabotage ? `, with the sabotage ${wanted.sabotage}` : ''}`);
  const outcome = await onNewGround(wanted);
  const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  const first = outcome.failure?.reason.startsWith('an invariant') && wanted.inspectEvery > 1 ? await firstBroken(wanted, outcome) : outcome.failure;
  const { history, failure: _, ...figures } = outcome;
  const historySha256 = createHash('sha256').update(history.join('\n')).digest('hex');
  const report = { name: 'simulate', ...figures, lines: history.length, historySha256, failure: first ?? null, seconds };
  if (wanted.json) console.log(JSON.stringify(first ? { ...report, lastLines: history.slice(-LINES_SHOWN) } : report));
  else console.log(first ? failureText(outcome, first) : conclusion(report));
  return first ? 1 : 0;
}

async function onNewGround(wanted: Wanted): Promise<Outcome> {
  const ground = await openGround();
  try {
    return await simulate(ground, wanted);
  } finally {
    await ground.close();
  }
}

/** The same seed once more, with all invariants asked after each step since they last held: that names the shortest way to it. */
async function firstBroken(wanted: Wanted, { failure }: Outcome): Promise<Outcome['failure']> {
  const inspectFrom = Math.max(1, failure!.step - wanted.inspectEvery);
  return (await onNewGround({ ...wanted, inspectEvery: 1, inspectFrom })).failure ?? failure;
}

function optionsOf(args: readonly string[]): Options {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args], options: { seed: text, steps: text, 'inspect-every': text, sabotage: text, json: { type: 'boolean', default: false } },
    });
    const sabotage = SABOTAGES.find((name) => name === values.sabotage) as Sabotage | undefined;
    if (values.sabotage !== undefined && !sabotage) throw new Error(`there is no sabotage ${values.sabotage}`);
    return {
      seed: values.seed ?? randomBytes(6).toString('hex'), steps: whole('steps', values.steps, STEPS_USUAL),
      inspectEvery: whole('inspect-every', values['inspect-every'], INSPECT_EVERY_USUAL), sabotage, json: values.json,
    };
  } catch (error) {
    throw new StartupFault(`${(error as Error).message}; usage: npm run simulate -- [--seed S] [--steps M] [--inspect-every K] [--sabotage ${SABOTAGES.join('|')}] [--json]`);
  }
}

function whole(name: string, given: string | undefined, usual: number): number {
  const value = given === undefined ? usual : Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a whole number above 0`);
  return value;
}

const failureText = ({ seed, history }: Outcome, { step, reason }: NonNullable<Outcome['failure']>): string =>
  [...history.slice(-LINES_SHOWN), '', `seed ${seed}, step ${step}: ${reason}`, `again: npm run simulate -- --seed ${seed} --steps ${step}`].join('\n');

const conclusion = ({ steps, lines, historySha256, inspections, invariantsChecked, seconds }: {
  steps: number; lines: number; historySha256: string; inspections: number; invariantsChecked: number; seconds: number;
}): string => [
  `${steps} steps, ${lines} lines of history (SHA-256 ${historySha256.slice(0, 16)})`,
  `${invariantsChecked} invariants, asked ${inspections} times; the platform answered as the model says (${seconds} s)`,
].join('\n');
