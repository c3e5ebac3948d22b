export { FakeBank } from './fake-bank.js';
export type { FakeAccount, FileRefusal, Incoming } from './fake-bank.js';
export { fakeIban } from './fake-iban.js';
export { readPain001 } from './read-pain001.js';
export type { InstructedFile, InstructedPayment, PaymentGroup } from './read-pain001.js';
export type { CamtVersion, FakeDetail, FakeEntry, FakeParty, FakeStatement } from './statement.js';
export { writeCamt053 } from './write-camt053.js';
export { officialSchema, sampleData } from './official-schema.js';
export { sampleStatements } from './sample-statements.js';
