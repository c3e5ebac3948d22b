// The mailboxes of people in a play: mail is caught in a folder there, and who is invited opens it as anybody would.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './wait.js';

export type Mailbox = Readonly<{
  /** What stands behind `link=` in the mail to this address; waits until it is there. */
  linkTo(address: string): Promise<string>;
}>;

const LINK = /[?&]link=([\w.-]+)/;
const TO = /^To: (.+)$/m;

/** `folder`: where mail is caught. Each file is read once: a play may invite thousands. */
export function mailboxIn(folder: string): Mailbox {
  const [seen, links] = [new Set<string>(), new Map<string, string>()];
  const look = () => {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (!name.endsWith('.eml') || seen.has(name)) continue;
      seen.add(name);
      const source = readFileSync(join(folder, name), 'utf8');
      const [to, link] = [TO.exec(source)?.[1]?.trim(), LINK.exec(source)?.[1]];
      if (to && link) links.set(to, link);
    }
  };
  return {
    linkTo: (address) => waitFor(`an invitation to ${address} is mailed`, async () => {
      if (!links.has(address)) look();
      return links.get(address);
    }),
  };
}
