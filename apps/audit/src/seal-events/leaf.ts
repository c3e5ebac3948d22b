import { canonicalJson } from '#libs/kernel';

/** The bytes that a leaf is the hash of. `event` is JSON as the database writes it, in whatever order. */
export const leafText = (event: string): string => canonicalJson(JSON.parse(event));
