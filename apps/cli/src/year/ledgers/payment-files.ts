import { readFileSync } from 'node:fs';
import { isRejected } from '#libs/kernel';
import { readPain001 } from '#libs/testing';

/** What these files tell the bank to pay, added up payment by payment from the files themselves. */
export function sumOfPaymentFiles(paths: readonly string[]): number {
  return paths.reduce((sum, path) => {
    const file = readPain001(readFileSync(path, 'utf8'));
    if (isRejected(file)) throw new Error(`${path} is no payment file`);
    return sum + file.groups.flatMap(({ payments }) => payments).reduce((all, { amountCents }) => all + Number(amountCents), 0);
  }, 0);
}
