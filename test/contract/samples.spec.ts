import { describe, expect, it } from '@jest/globals';
import { field, MESSAGES, SERVICES, typesFor, receiversOf } from '#libs/contracts';

describe.each(MESSAGES.map((contract) => [contract.type, contract] as const))('the message %s', (type, contract) => {
  it('has a sample that parses, and refuses a field that it does not know', () => {
    expect(contract.schema.parse(contract.sample)).toEqual(contract.sample);
    expect(contract.schema.safeParse({ ...(contract.sample as object), surprise: 1 }).success).toBe(false);
  });

  it('carries a version in its name, and goes to services that exist', () => {
    expect(type).toMatch(/^[a-z_]+\.[a-z_]+\.v\d+$/);
    expect(SERVICES).toEqual(expect.arrayContaining([...contract.to]));
    expect(receiversOf(type, 'issuance')).toContain('audit');
  });

  it('with personal data leaves audit a body without it: what is sealed can never be erased', () => {
    expect(!contract.personalData || contract.auditView !== undefined).toBe(true);
  });

  it('that moves money between two ledgers names the posting rule of both', () => {
    const ledgers = Object.keys(contract.postings);
    const crossing = { 'bank_credit.booked.v1': 2, 'range.activated.v1': 2, 'voucher.redeemed.v1': 2 }[type as string];
    if (crossing) expect(ledgers).toHaveLength(crossing);
    for (const ledger of ledgers) expect([contract.from, ...contract.to]).toContain(ledger);
  });
});

describe('the routing table', () => {
  it('gives audit every type', () => {
    expect(typesFor('audit')).toHaveLength(MESSAGES.length);
  });

  it('knows amounts only as whole cents that JSON can carry', () => {
    for (const wrong of [0, -1, 1.5, 2 ** 53, '1']) expect(field.amountCents.safeParse(wrong).success).toBe(false);
  });
});
