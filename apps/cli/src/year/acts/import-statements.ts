import { operatorOf, type Year } from '../year.js';

/** What the bank has told since the last time, kept beside as files. */
export async function importStatements(year: Year): Promise<void> {
  const { folder, time } = year;
  for (const { day, statement } of time.fetchStatements()) {
    folder.files.bankReports.push(folder.write(`bank-${day}.camt053.xml`, statement));
    await operatorOf(year).post('/settlement/bank-statements', statement);
  }
}
