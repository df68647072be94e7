import { createContext, runInContext } from 'node:vm';

/** What a page says of a receipt: the code of its refusal, or what it proves, as JSON. */
export type BrowserVerdict = (question: {
  readonly genesis: Uint8Array;
  readonly receipt: Uint8Array;
  /** Key of the fact that is asked about. */
  readonly factKey: Uint8Array;
}) => string;

const page = `(genesisHex, receiptHex, factKeyHex) => {
  const genesis = hansa.parseGenesis(hansa.portableCrypto, hansa.fromHex(genesisHex));
  if (!genesis.ok) return genesis.error.code;
  const context = { genesis: genesis.value, crypto: hansa.portableCrypto };
  const receipt = hansa.verifyReceipt(context, hansa.fromHex(receiptHex));
  if (!receipt.ok) return receipt.error.code;
  const { record, facts } = receipt.value;
  const fact = facts.find(({ key }) => hansa.toHex(key) === factKeyHex);
  return JSON.stringify({
    record: record === undefined ? null : hansa.formatLocation(genesis.value, record.location),
    fact: fact === undefined ? 'not in the receipt' : fact.value === undefined ? 'absent' : 'present',
  });
}`;

/** A browser's world, ECMAScript and the two text classes alone, in which the bundle of the light client is loaded. */
export function openPage(bundle: string): BrowserVerdict {
  const world = createContext({ TextEncoder, TextDecoder });
  runInContext(bundle, world);
  const verdict = runInContext(page, world) as (genesis: string, receipt: string, factKey: string) => string;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return ({ genesis, receipt, factKey }) => verdict(hex(genesis), hex(receipt), hex(factKey));
}
