// Dead letters of all services, as lines for the terminal. A replay is asked for here and run by the service itself.
import pg from 'pg';
import { idOf, isUuid, parseId, showId } from '#libs/kernel';
import { listDeadLetters, replayState, requestReplay, type DeadLetter } from '#libs/messaging';
import { SCHEMAS, type Schema } from '#libs/persistence';

export type UrlOf = (service: Schema) => string;
export type Answer = Readonly<{ code: number; lines: readonly string[] }>;

const REASON_COLUMNS = 100;
const POLL_MS = 250;
const ANSWER_MS = 15_000;

export async function listLetters(urlOf: UrlOf, services: readonly Schema[]): Promise<Answer> {
  const lines: string[] = [];
  for (const service of services) {
    const letters = await withClient(urlOf(service), (client) => listDeadLetters(client, service));
    lines.push(...letters.map((letter) => shown(service, letter)));
  }
  return { code: 0, lines: lines.length > 0 ? lines : ['no dead letters'] };
}

/**
 * Waits for the answer of the running service; without one the request stays, and is run when the service starts. It is run once, even if
 * it ends the service.
 */
export async function replayLetter(urlOf: UrlOf, shownId: string, answerMs = ANSWER_MS): Promise<Answer> {
  const id = isUuid(shownId) ? shownId : parseId('deadLetter', shownId);
  if (!id) return { code: 2, lines: [`${shownId} is not the id of a dead letter`] };
  for (const service of SCHEMAS) {
    const answer = await withClient(urlOf(service), (client) => replayIn(client, service, id, answerMs));
    if (answer) return answer;
  }
  return { code: 1, lines: ['there is no open dead letter with this id: it does not exist, or was replayed before'] };
}

async function replayIn(client: pg.Client, service: Schema, id: string, answerMs: number): Promise<Answer | undefined> {
  if (!(await requestReplay(client, service, id))) return undefined;
  const deadline = performance.now() + answerMs;
  for (;;) {
    const state = await replayState(client, service, id);
    if (state === 'replayed') return { code: 0, lines: [`replayed by ${service}`] };
    if (typeof state === 'object') return { code: 1, lines: [`failed again: ${state.failed}`] };
    if (performance.now() > deadline) {
      return { code: 1, lines: [state === 'waiting' ? `${service} does not answer: it will be replayed when ${service} runs`
        : `${service} began and does not answer: handling it may have ended the process; read its log before you ask again`] };
    }
    await new Promise((resume) => { setTimeout(resume, POLL_MS); });
  }
}

function shown(service: Schema, { id, sender, seq, type, reason, failedAt }: DeadLetter): string {
  const told = reason.replaceAll(/\s+/g, ' ').slice(0, REASON_COLUMNS);
  return [showId('deadLetter', idOf('deadLetter', id)), failedAt.toISOString(), `${sender}/${seq} -> ${service}`, type, told].join('  ');
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
