/** Only a page of ours: the answer to a sign-in must not lead to somebody else's. */
export function ownPath(text: unknown): string {
  return typeof text === 'string' && /^\/(?![/\\])[\w\-/.]*$/.test(text) ? text : '/home';
}
