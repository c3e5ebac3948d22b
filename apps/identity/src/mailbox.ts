// Where mail for an address arrives. Most mail servers put `anna+second@…` into the mailbox of `anna@…` (RFC 5233, section 4): to them
// it is one person, who could otherwise propose a second account of their own.

/** Of an address in small letters, as accounts have them: without what follows the first `+`. Quoted local parts are left as they are. */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const plus = email.indexOf('+');
  return email.startsWith('"') || plus < 1 || plus > at ? email : email.slice(0, plus) + email.slice(at);
}
