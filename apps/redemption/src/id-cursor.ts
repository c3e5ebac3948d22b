import { z } from 'zod';
import { readCursor } from '#libs/http';
import { idOf, isUuid, type Id, type Noun } from '#libs/kernel';

/** Ids rise with time, so that the last one shown is the place where the next page begins; null for the first page. */
export function placeOf<N extends Noun>(noun: N, cursor: string | undefined): Id<N> | null {
  return cursor === undefined ? null : idOf(noun, readCursor(z.tuple([z.string().refine(isUuid)]), cursor)[0]);
}
