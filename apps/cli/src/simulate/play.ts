// One play under way: the platform, the model beside it, and what an act needs of both.
import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '#libs/auth';
import type { PlatformModel, Word } from './platform-model.js';
import type { Scheme } from './scheme.js';
import type { Answer, SimulatedPlatform } from './simulated-platform.js';

export type Draw = (below: number) => number;
/** The platform did not do what the model says. */
export class Difference extends Error {
  override name = 'Difference';
}

export const wordOf = ({ status, body }: Answer): Word => (status < 300 ? 'ok' : String(body['code'] ?? `status ${status}`));

/** Sent once under its key; may be sent again. */
type Sent = Readonly<{ text: string; answer: Answer; again: (body?: unknown) => Promise<Answer>; body: object }>;

export class Play {
  readonly sent: Sent[] = [];

  constructor(
    readonly platform: SimulatedPlatform, readonly model: PlatformModel, readonly scheme: Scheme, readonly draw: Draw,
    private readonly write: (line: string) => void,
  ) {}

  oneOf<T>(items: readonly T[]): T | undefined {
    return items[this.draw(items.length || 1)];
  }

  /** Sends a command and holds the answer against the word that the model had for it. `text` names no id: histories are compared. */
  async ask(text: string, expected: Word, { who, path, body = {}, key = uuidv7(), repeats = false }: Asked): Promise<Answer> {
    const again = (other: unknown = body) => this.platform.call(who, path, other, key);
    const answer = await again();
    this.hold(text, expected, wordOf(answer));
    if (repeats && typeof body === 'object' && body !== null) this.sent.push({ text, answer, again, body });
    return answer;
  }

  /** The model's figures in an answer. */
  compare(text: string, expected: unknown, found: unknown): void {
    if (!isDeepStrictEqual(found, expected)) throw new Difference(`${text}: the model says ${JSON.stringify(expected)}, the platform ${JSON.stringify(found)}`);
  }

  hold(text: string, expected: Word, found: Word): void {
    this.write(`${text} -> ${found}`);
    if (found !== expected) throw new Difference(`${text}: the model says ${expected}, the platform ${found}`);
  }
}

export type Asked = Readonly<{ who: Principal; path: string; body?: unknown; key?: string; repeats?: boolean }>;
