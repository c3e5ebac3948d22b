// What is used of fontkit, which has no types of its own: the font that pdfkit would make of these bytes.
declare module 'fontkit' {
  export function create(bytes: Uint8Array): object;
}
