import { formatLocation, portableCrypto, readFederation, verifyReceipt } from '@hansa/protocol/light-client';

/** What a receipt proves, in words; or why it proves nothing, with the code. */
export function verdictOf(genesisBytes: Uint8Array, receiptBytes: Uint8Array): string {
  const genesis = readFederation(portableCrypto, genesisBytes);
  if (!genesis.ok) return `No verdict: ${genesis.error.message} (${genesis.error.code})`;
  const receipt = verifyReceipt({ genesis: genesis.value, crypto: portableCrypto }, receiptBytes);
  if (!receipt.ok) return `This receipt proves nothing: ${receipt.error.message} (${receipt.error.code})`;
  const { record, facts, height, checkpointHeight, timestampMs } = receipt.value;
  return [
    `Genuine: agreed on by the cities of “${genesis.value.name}”.`,
    record === undefined ? '' : `The record ${formatLocation(genesis.value, record.location)} is final.`,
    ...facts.map(({ value }) =>
      value === undefined ? 'The fact asked about does not exist.' : 'The fact asked about exists.',
    ),
    `State after block ${checkpointHeight}, vouched for by block ${height} at ${new Date(timestampMs).toISOString()}.`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function element<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

const genesisInput = element<HTMLInputElement>('#genesis');
const receiptInput = element<HTMLInputElement>('#receipt');
const verdict = element<HTMLOutputElement>('#verdict');

async function show(): Promise<void> {
  const genesis = genesisInput.files?.[0];
  const receipt = receiptInput.files?.[0];
  if (genesis === undefined || receipt === undefined) return;
  const [genesisBytes, receiptBytes] = await Promise.all([genesis.arrayBuffer(), receipt.arrayBuffer()]);
  verdict.textContent = verdictOf(new Uint8Array(genesisBytes), new Uint8Array(receiptBytes));
}

for (const input of [genesisInput, receiptInput]) input.addEventListener('change', () => void show());
