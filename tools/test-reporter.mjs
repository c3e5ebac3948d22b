// What a test run shows: failures in full, what a test printed, and nothing about what passed. It writes down each test's
// fate in the file named by MEREAU_RESULTS.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './root.mjs';

const write = (text) => process.stdout.write(`${text}\n`);

// Jest takes a reporter from a default export only.
export default class TestReporter {
  onTestResult(_test, { testFilePath, console: printed, failureMessage }) {
    const file = relative(ROOT, testFilePath);
    for (const { message } of printed ?? []) write(`${file}: ${message}`);
    if (failureMessage) write(`FAILED ${file}\n${failureMessage}`);
  }

  onRunComplete(_contexts, { testResults }) {
    const files = testResults.map(({ testFilePath, testResults: all, failureMessage }) => {
      const tests = all.map(({ status, fullName }) => ({ status, fullName }));
      return { file: relative(ROOT, testFilePath), broken: Boolean(failureMessage), tests };
    });
    writeFileSync(process.env.MEREAU_RESULTS, JSON.stringify(files));
  }
}
