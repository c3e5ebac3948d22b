// The code that a manager hands on: 80 bits derived from the enrolment's id under a key outside of the database, so that no
// table holds it, and a repeated request tells it again.
import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EnrolmentId } from '#libs/kernel';
import { encodeCrockford, Keyring, readLookAlikes } from '#libs/keys';

const LENGTH = 16;
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;

@Injectable()
export class EnrolmentCodes {
  constructor(private readonly keyring: Keyring) {}

  codeOf(enrolmentId: EnrolmentId): string {
    const mac = createHmac('sha256', this.keyring.deriveSecret('device-enrolment')).update(enrolmentId).digest();
    return encodeCrockford(mac, LENGTH);
  }
}

/** Like a code of a voucher but for its length, so that nobody types one for the other: `XXXX-XXXX-XXXX-XXXX`. */
export const printEnrolmentCode = (code: string): string => code.match(/.{4}/g)!.join('-');

/** As people type it; undefined for what no code looks like. */
export function readEnrolmentCode(text: string): string | undefined {
  const code = readLookAlikes(text.toUpperCase().replace(/[\s-]/g, ''));
  return CODE.test(code) ? code : undefined;
}

export const enrolmentHashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
