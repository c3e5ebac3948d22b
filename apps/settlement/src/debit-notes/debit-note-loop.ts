import { WakefulLoop, type ServiceSettings } from '#libs/service';
import { DEBIT_NOTE_POLL_MS } from '../limits.js';
import type { DebitNoteWatch } from './debit-note-watch.js';

export class DebitNoteLoop extends WakefulLoop {
  private isOver = false;

  constructor(private readonly watch: DebitNoteWatch, log: Pick<ServiceSettings['log'], 'error'>) {
    super({ name: 'debit notes', pollMs: DEBIT_NOTE_POLL_MS, look: () => watch.issueAll(() => this.isOver), isIdle: () => watch.isIdle() }, log);
  }

  override start(): void {
    this.watch.onWake(() => this.wake());
    super.start();
  }

  override stop(): Promise<void> {
    this.isOver = true;
    return super.stop();
  }
}
