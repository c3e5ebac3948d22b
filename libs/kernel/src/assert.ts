/** A broken promise inside our own code. It is a fault, never a refusal: stop rather than go on with wrong money. */
export class AssertionFault extends Error {
  override name = 'AssertionFault';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFault(message);
}

/** For the `default` of a switch over a union: does not compile when a case is missing. */
export function unreachable(value: never): never {
  throw new AssertionFault(`unreachable: ${String(value)}`);
}
