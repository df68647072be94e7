import { MemoryStore } from '@hansa/protocol/replica';
import { testSecret } from '../../protocol/test/federation.ts';
import type { City } from '../src/city/index.ts';
import { loadWasmGroup, nativeCrypto } from '../src/crypto/index.ts';
import { type OprfOptions, OprfService } from '../src/oprf/index.ts';
import { oprfCityOf } from '../src/oprf/ports.ts';

const group = await loadWasmGroup();
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The OPRF of a running city, as its daemon has it; not started, it takes no part in ceremonies. */
export async function oprfAt(city: City, nowMs: () => number, more: Partial<OprfOptions> = {}): Promise<OprfService> {
  const { genesis, self } = city;
  return OprfService.open({
    ...{ city: oprfCityOf(city), group, store: new MemoryStore(), automatic: false, log: silent, nowMs },
    credentialSecret: testSecret(nativeCrypto, genesis.name, 'credential', self.index),
    ...more,
  });
}
