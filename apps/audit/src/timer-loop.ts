// Work that the service does by itself from time to time. A pass that fails is told and tried again at its next time:
// nothing here is the only way in which it happens.
import type { Loop, ServiceSettings } from '#libs/service';

type Pass = Readonly<{
  name: string;
  everyMs: number;
  /** One look, and what it calls for. `isOver` turns true when the service stops. */
  run: (isOver: () => boolean) => Promise<unknown>;
}>;

export function timerLoop({ name, everyMs, run }: Pass, log: Pick<ServiceSettings['log'], 'error'>): Loop {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let running: Promise<void> = Promise.resolve();
  const pass = async () => {
    try {
      await run(() => isOver);
    } catch (error) {
      log.error({ err: error }, `the ${name} failed; it tries again`);
    }
    if (!isOver) wait();
  };
  const wait = () => {
    timer = setTimeout(() => { running = pass(); }, everyMs);
    timer.unref();
  };
  return {
    name,
    // Nobody waits for it: what it does changes nothing that another service or a reader sees.
    isIdle: () => true,
    start: () => { wait(); },
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await running;
    },
  };
}
