// Most effects are there after some milliseconds, and a play waits for some hundred of them.
const ASKED_AGAIN_MS = 15;

/** Effects cross services by message: asks again until they are there. Throws with `what` after `timeoutMs`. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined | false>, timeoutMs = 30_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
    await new Promise((resume) => { setTimeout(resume, ASKED_AGAIN_MS); });
  }
}
