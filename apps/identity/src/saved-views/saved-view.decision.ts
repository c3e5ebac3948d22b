import { reject, type Rejected } from '#libs/kernel';
import { SAVED_VIEWS_MAX } from '../limits.js';

export type Held = Readonly<{ savedViewId: string; place: number; name: string }>;

/** The lowest of the free places of this list. */
export function decideSaving(
  held: readonly Held[], name: string,
): Readonly<{ place: number }> | Rejected<'saved_view_exists' | 'saved_views_too_many'> {
  if (held.some((one) => one.name === name)) return reject('saved_view_exists');
  const taken = new Set(held.map(({ place }) => place));
  const place = Array.from({ length: SAVED_VIEWS_MAX }, (_, index) => index + 1).find((one) => !taken.has(one));
  return place === undefined ? reject('saved_views_too_many') : { place };
}

/** `held`: those of the view's own list, of the person who asks. The name that it has already is no other's. */
export function decideRenaming(
  held: readonly Held[], savedViewId: string, name: string,
): Readonly<{ kind: 'renamed' }> | Rejected<'saved_view_not_found' | 'saved_view_exists'> {
  if (!held.some((one) => one.savedViewId === savedViewId)) return reject('saved_view_not_found');
  return held.some((one) => one.name === name && one.savedViewId !== savedViewId) ? reject('saved_view_exists') : { kind: 'renamed' };
}
