// Issues debit notes by itself: after each closing, and from time to time for those whose ninety days end between two. Never while a
// closing is under way: its steps would wait behind the series of numbers.
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { hasOpenClosing } from '../statement-closings/closing.store.js';
import { IssueDebitNotes } from './issue-debit-notes.command.js';

const META: Meta = { kind: 'process', name: 'debit notes', correlationId: 'debit notes' };

@Injectable()
export class DebitNoteWatch {
  private announce: () => void = () => undefined;
  private wokenCount = 0;
  private lookedCount = 0;

  constructor(private readonly work: SettlementWork, private readonly commands: CommandBus) {}

  /** A closing ended. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.wokenCount += 1;
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  isIdle(): boolean {
    return this.lookedCount === this.wokenCount;
  }

  /** Everything that is due; answers how many were issued. Beside another process, it finds what that one left. */
  async issueAll(isOver: () => boolean = () => false): Promise<number> {
    const { wokenCount } = this;
    let issued = 0;
    for (let isMore = true; isMore && !isOver() && !await hasOpenClosing(this.work.client);) {
      const outcome = await this.commands.execute(new IssueDebitNotes(META));
      isMore = !isRejected(outcome) && outcome.isMore;
      issued += isRejected(outcome) ? 0 : outcome.issued;
    }
    this.lookedCount = Math.max(this.lookedCount, wokenCount);
    return issued;
  }
}
