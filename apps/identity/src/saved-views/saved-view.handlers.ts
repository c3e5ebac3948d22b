import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, isRejected, reject, type Rejected } from '#libs/kernel';
import { readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { ListSavedViews, RemoveView, RenameView, SaveView, type SavedViewId } from './saved-view.commands.js';
import { decideRenaming, decideSaving } from './saved-view.decision.js';
import { heldBeside, heldOf, insertView, lockViews, removeView, renameView, viewsOf } from './saved-view.store.js';

type Done = Readonly<{ savedViewId: SavedViewId }>;

@CommandHandler(SaveView)
export class SaveViewHandler implements ICommandHandler<SaveView> {
  constructor(private readonly work: IdentityWork) {}

  execute({ view, meta }: SaveView) {
    return this.work.once<Done | Rejected>(meta, async (tx) => {
      await lockViews(tx, view.userId);
      const decided = decideSaving(await heldOf(tx.sql, view.userId, view.list), view.name);
      if (isRejected(decided)) return decided;
      const savedViewId = idOf('savedView', tx.newId());
      await insertView(tx, savedViewId, { ...view, place: decided.place });
      return { savedViewId };
    });
  }
}

@CommandHandler(RenameView)
export class RenameViewHandler implements ICommandHandler<RenameView> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId, savedViewId, name, meta }: RenameView) {
    return this.work.once<Done | Rejected>(meta, async (tx) => {
      await lockViews(tx, userId);
      const decided = decideRenaming(await heldBeside(tx.sql, userId, savedViewId), savedViewId, name);
      if (isRejected(decided)) return decided;
      await renameView(tx, savedViewId, name);
      return { savedViewId };
    });
  }
}

@CommandHandler(RemoveView)
export class RemoveViewHandler implements ICommandHandler<RemoveView> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId, savedViewId, meta }: RemoveView) {
    return this.work.once<Done | Rejected>(meta, async (tx) =>
      (await removeView(tx, userId, savedViewId) === 0 ? reject('saved_view_not_found') : { savedViewId }));
  }
}

@QueryHandler(ListSavedViews)
export class ListSavedViewsHandler implements IQueryHandler<ListSavedViews> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId, list }: ListSavedViews) {
    return readAs(this.work, userId, (sql) => viewsOf(sql, userId, list));
  }
}
