// Pages are tested against services that answer what a spec says. A route that no service has would be answered all the same; so each
// one is held against the document of the API, which is generated from the services.
import { readFileSync } from 'node:fs';

const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, unknown>> };
const documented = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) =>
  new RegExp(`^${method.toUpperCase()} ${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`)));

/** `GET /issuance/orders/ord_1`. Sign-in itself is a library's and has no document. */
export const isDocumented = (route: string): boolean => route.includes(' /identity/auth/') || documented.some((one) => one.test(route));
