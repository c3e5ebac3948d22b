/** A name stands in a header: control characters would be refused there, and a very long one would push the rest out. */
export const inLine = (name: string): string => name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, 120);
