/** The value of one cookie of a request; undefined when it is not there. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').slice(0, 8_192).split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** Only what identity set: what else the browser holds for this host is none of its business. */
export function sessionCookies(header: string | undefined): string {
  return (header ?? '').slice(0, 8_192).split(';').map((part) => part.trim())
    .filter((part) => /^(__Secure-)?mereau\.session_token=/.test(part)).join('; ');
}
