import type { SignIn } from '../world/people.js';

/** What a person needs next, and nothing else. */
export function welcome(url: string, signIns: readonly SignIn[], startedInMs: number): string {
  const width = Math.max(0, ...signIns.map(({ role }) => role.length));
  const mail = Math.max(0, ...signIns.map(({ email }) => email.length));
  return [
    '',
    `Méreau runs at ${url}  (started in ${(startedInMs / 1000).toFixed(1)} s; Ctrl-C stops it)`,
    ...(signIns.length ? ['', 'Sign in as'] : []),
    ...signIns.map(({ role, email, password }) => `  ${role.padEnd(width)}  ${email.padEnd(mail)}  ${password}`),
    ...(signIns.length ? ['', 'Where a code of a second factor is asked for: npm run code -- ADDRESS'] : []),
    '',
  ].join('\n');
}
