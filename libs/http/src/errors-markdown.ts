import { BASE_PROBLEMS, problemCatalogue, type CatalogueEntry } from './problem-catalogue.js';

/** The text of docs/errors.md, from whatever catalogues are registered. Generated, so that it cannot be out of date. */
export function errorsMarkdown(): string {
  const entries = problemCatalogue();
  const base = entries.filter(({ code }) => code in BASE_PROBLEMS);
  const services = [...new Set(entries.flatMap((entry) => entry.services))].filter((name) => name !== 'all').sort();
  const parts = services.map((service) =>
    `## ${service}\n\n${table(entries.filter((entry) => entry.services.includes(service)))}`);
  return `# Errors

Every answer that is no success is a problem document (RFC 9457, \`application/problem+json\`): \`type\`, \`title\`, \`status\`,
\`detail\`, \`instance\` (the request id), \`code\`, \`retryable\` and \`details\`; a malformed request also lists \`errors\` with the
path of each field. Branch on \`code\`: codes are never renamed or reused. Within a service the order is the order of
precedence. A refusal is stored with its Idempotency-Key and stays told; 400, 401, 403, 429 and 503 are not stored.

## Every service

${table(base)}
${parts.join('\n')}`;
}

const table = (entries: readonly CatalogueEntry[]): string => `| code | status | repeat? | what to do |
|---|---|---|---|
${entries.map(({ code, status, retryable, sentence }) => `| \`${code}\` | ${status} | ${retryable ? 'later' : 'no'} | ${sentence} |\n`).join('')}`;
