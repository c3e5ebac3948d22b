import { Command, Query } from '@nestjs/cqrs';
import type { Id, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type SavedViewId = Id<'savedView'>;
export type SavedView = Readonly<{ savedViewId: SavedViewId; name: string; question: string }>;

/** `list`: the path of its page. `question`: what stands behind the question mark of its address. */
export class SaveView extends Command<Readonly<{ savedViewId: SavedViewId }> | Rejected> {
  constructor(readonly view: Readonly<{ userId: string; list: string; name: string; question: string }>, readonly meta: Meta) {
    super();
  }
}

export class RenameView extends Command<Readonly<{ savedViewId: SavedViewId }> | Rejected> {
  constructor(readonly userId: string, readonly savedViewId: SavedViewId, readonly name: string, readonly meta: Meta) {
    super();
  }
}

export class RemoveView extends Command<Readonly<{ savedViewId: SavedViewId }> | Rejected> {
  constructor(readonly userId: string, readonly savedViewId: SavedViewId, readonly meta: Meta) {
    super();
  }
}

export class ListSavedViews extends Query<readonly SavedView[]> {
  constructor(readonly userId: string, readonly list: string) {
    super();
  }
}
