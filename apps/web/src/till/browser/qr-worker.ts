// Runs beside the page, under a policy of its own that allows WebAssembly and nothing else. The default of the package would
// fetch its program from a foreign host.
type Reader = Readonly<{
  prepareZXingModule(options: { overrides: { locateFile: (path: string) => string } }): void;
  BarcodeDetector: new (options: { formats: string[] }) => { detect(frame: ImageBitmap): Promise<{ rawValue: string }[]> };
}>;

const library = new URL('./zxing/', import.meta.url).href;
const ready = import(`${library}ponyfill.js`).then(({ prepareZXingModule, BarcodeDetector: Detector }: Reader) => {
  prepareZXingModule({ overrides: { locateFile: (path) => library + path } });
  return new Detector({ formats: ['qr_code'] });
});

async function read(frame: ImageBitmap): Promise<string | undefined> {
  const [found] = await (await ready).detect(frame);
  return found?.rawValue;
}

// Heard from the first moment on: a frame that comes while the reader loads waits for it.
addEventListener('message', ({ data }: MessageEvent<ImageBitmap>) => {
  void read(data).catch(() => undefined).then((text) => postMessage(text)).finally(() => data.close());
});
