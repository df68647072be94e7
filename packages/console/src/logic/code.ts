/** A certificate's code as it is printed: 32 hexadecimal digits; blanks, hyphens and large letters do not matter. */
export function readCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(code) ? code : undefined;
}

/** In groups of four, as people read it aloud. */
export function groupedCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}
