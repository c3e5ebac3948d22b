import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { NOTICE_POLL_MS } from '../limits.js';
import type { NoticeSender } from './notice-sender.js';

/** At once when a notice came, and from time to time for mails that a server could not take. */
export class NoticeLoop extends WakefulLoop {
  private isOver = false;

  constructor(private readonly sender: NoticeSender, log: ServiceSettings['log']) {
    super({
      name: 'notices', pollMs: NOTICE_POLL_MS, isIdle: () => sender.isIdle(),
      look: () => sender.sendAll(() => this.isOver, (error) => log.error({ err: error }, 'the mail server could not be asked; tried again later')),
    }, log);
  }

  override start(): void {
    this.sender.onWake(() => this.wake());
    super.start();
  }

  override stop(): Promise<void> {
    this.isOver = true;
    return super.stop();
  }
}
