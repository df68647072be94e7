export { nestingDepthMax } from './scanner.ts';
export { decodeStrict, encodeMessage, safeNumber } from './strict.ts';
