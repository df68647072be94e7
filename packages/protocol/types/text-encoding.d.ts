/**
 * The only two platform classes that the protocol uses; every browser, Node and worker has them. Declared here because
 * neither the DOM's nor Node's types may be visible in this package.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
