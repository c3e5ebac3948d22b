/** Works on each item, at most `limit` of them at once, and answers in the order of the items. The first fault ends it. */
export async function inFlight<T, R>(limit: number, items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const answers = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      answers[index] = await work(items[index]!, index).catch((error: unknown) => { failed = true; throw error; });
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return answers;
}
