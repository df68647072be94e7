/**
 * The only two globals of a host that the core uses: every browser and every Node has them. Neither `lib.dom` nor
 * `@types/node` is loaded here, so that nothing else of a host can slip into the protocol.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
