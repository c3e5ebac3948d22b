// Reads the QR of a voucher with the camera: by the browser itself where it can, else by a worker of our own with ZXing.
export type Camera = Readonly<{ close: () => void }>;
type Detect = (frame: HTMLVideoElement) => Promise<string | undefined>;
type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
declare const BarcodeDetector: { new(options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> } | undefined;

const LOOK_MS = 150;
/** A voucher that stays before the lens is one voucher. */
const SAME_MS = 3_000;

/** Tells each voucher once, for as long as it stays before the lens. */
export class Sightings {
  private last = '';
  private seenMs = 0;

  /** `lookedMs`: of the picture; `readMs`: when it was read, for which an old telephone takes seconds. It counts how long it was away. */
  isNew(text: string, lookedMs: number, readMs: number): boolean {
    const isNew = text !== this.last || lookedMs - this.seenMs > SAME_MS;
    [this.last, this.seenMs] = [text, readMs];
    return isNew;
  }
}

/** Throws where there is no camera or nobody allows it. `found` is told each code once. */
export async function openCamera(video: HTMLVideoElement, found: (text: string) => void): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  video.srcObject = stream;
  await video.play();
  const reader = await newReader();
  const sightings = new Sightings();
  let timer = 0;
  const look = async () => {
    const lookedMs = Date.now();
    const text = await reader.detect(video).catch(() => undefined);
    if (text && sightings.isNew(text, lookedMs, Date.now())) found(text);
    if (stream.active) timer = window.setTimeout(() => void look(), LOOK_MS);
  };
  void look();
  const close = () => {
    window.clearTimeout(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    reader.close();
  };
  return { close };
}

async function newReader(): Promise<{ detect: Detect; close: () => void }> {
  if (typeof BarcodeDetector !== 'undefined' && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return { detect: async (video) => (await detector.detect(video))[0]?.rawValue, close: () => undefined };
  }
  return workerReader();
}

/** ZXing is 0.9 MB of WebAssembly: loaded now, and only in a worker, so that the pages themselves need not allow it. */
function workerReader(): { detect: Detect; close: () => void } {
  const worker = new Worker(new URL('./qr-worker.js', import.meta.url), { type: 'module' });
  const detect: Detect = async (video) => {
    const frame = await createImageBitmap(video);
    return new Promise((done) => {
      worker.onmessage = ({ data }: MessageEvent<string | undefined>) => done(data);
      worker.postMessage(frame, [frame]);
    });
  };
  return { detect, close: () => worker.terminate() };
}
