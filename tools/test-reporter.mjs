// What a test run shows: failures in full, what a test printed, and nothing about what passed. As each file ends it writes a line
// with each test's fate to the file named by MEREAU_RESULTS: a run that is ended has not lost what it knew.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './root.mjs';

const write = (text) => process.stdout.write(`${text}\n`);

// Jest takes a reporter from a default export only.
export default class TestReporter {
  onTestResult(_test, { testFilePath, console: printed, failureMessage, testResults, perfStats: { runtime } }) {
    const file = relative(ROOT, testFilePath);
    for (const { message } of printed ?? []) write(`${file}: ${message}`);
    if (failureMessage) write(`FAILED ${file}\n${failureMessage}`);
    const tests = testResults.map(({ status, fullName }) => ({ status, fullName }));
    appendFileSync(process.env.MEREAU_RESULTS, `${JSON.stringify({ file, broken: Boolean(failureMessage), tests, runtimeMs: runtime })}\n`);
  }
}
