import { readFile } from 'node:fs/promises';
import { unwrap } from '@hansa/protocol';
import { encodeStatement, encodeVote, VoteKind } from '@hansa/protocol/consensus';
import { Domains } from '@hansa/protocol/crypto';
import { type Authority, type AuthorityIndex, type Genesis, parseGenesis, voteScheme } from '@hansa/protocol/genesis';
import { decodeHeader, sealEntry } from '@hansa/protocol/lanes';
import { encodeRecord } from '@hansa/protocol/records';
import { decodeStatusReply, statusRequest, wrapEnvelope } from '@hansa/protocol/replica';
import pino from 'pino';
import { loadConfig } from '../config/index.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { readCityKeys } from '../keys/index.ts';
import { createNetwork, type Network } from '../network/index.ts';
import { until } from '../testbed/until.ts';

/**
 * The fifth program of the demo, a process of its own: `impostor.js CITY_DIR OTHER_DIR VICTIM`. It holds the keys of
 * CITY and misbehaves in its name: it forks the lane (one entry to one city, another of the same number to the rest)
 * and votes twice in a view. It also signs an entry for VICTIM's lane with OTHER's key. Ends when everything is sent.
 */
async function main([cityDirectory, otherDirectory, victimName]: string[]): Promise<void> {
  if (cityDirectory === undefined || otherDirectory === undefined || victimName === undefined) {
    throw new Error('usage: impostor CITY_DIR OTHER_DIR VICTIM');
  }
  const config = await loadConfig(cityDirectory);
  const keys = await readCityKeys(config.keysDirectory);
  const otherConfig = await loadConfig(otherDirectory);
  const otherKeys = await readCityKeys(otherConfig.keysDirectory);
  const genesis = unwrap(parseGenesis(nativeCrypto, new Uint8Array(await readFile(config.genesisFile))));
  const domains = new Domains(nativeCrypto, genesis.federationId);
  const self = member(genesis, config.city);
  const victim = member(genesis, victimName);
  const network = await createNetwork({
    genesis,
    self: self.name,
    networkSecret: keys.network,
    listen: config.network.listen,
    peers: config.network.peers,
    handlers: {
      onMessage: () => {},
      onRequest: () => Promise.reject(new Error('the impostor answers nobody')),
      verifyGossip: () => 'ignore',
      onPeersChanged: () => {},
    },
    log: pino({ level: 'silent' }),
  });
  await network.start();
  const others = genesis.authorities.filter((authority) => authority !== self);
  await until('the impostor is connected to all', async () =>
    network.peers().every(({ kind, connected }) => kind === 'observer' || connected),
  );
  const statuses = await Promise.all(others.map((other) => status(network, other.index)));

  const tip = newestHeader(genesis, domains, statuses);
  const position = { lane: self.index, sequence: tip.sequence + 1, previous: tip.digest, createdAtMs: Date.now() };
  const branches = [1, 2].map((branch) => sealEntry(nativeCrypto, domains, keys.lane, position, [junk(branch)]));
  others.forEach(({ index }, place) => {
    const branch = branches[place === 0 ? 0 : 1];
    if (branch !== undefined) network.send(index, 'consensus', wrapEnvelope('entry', branch.bytes));
  });

  const view = Math.max(...statuses.map((answer) => Number(answer.view)));
  const scheme = voteScheme(nativeCrypto, genesis.voteScheme);
  for (const digestByte of [1, 2]) {
    const statement = { kind: VoteKind.NOTARIZE, epoch: 0, view, block: new Uint8Array(32).fill(digestByte) };
    const bytes = encodeStatement(domains.federationId, statement);
    const signature = scheme.sign(domains.message('vote', bytes), { laneSecret: keys.lane, voteSecret: keys.vote });
    const vote = encodeVote({ statement: { ...statement, bytes }, voter: self.index, signature });
    network.broadcast('consensus', wrapEnvelope('vote', vote));
  }

  const victimTip = statuses[0]?.tips.find(({ lane }) => lane === victim.index);
  const forged = sealEntry(
    nativeCrypto,
    domains,
    otherKeys.lane,
    {
      lane: victim.index,
      sequence: Number(victimTip?.sequence ?? 0n) + 1,
      previous: victimTip?.digest ?? new Uint8Array(32),
      createdAtMs: Date.now(),
    },
    [junk(3)],
  );
  for (const { index } of others) network.send(index, 'consensus', wrapEnvelope('entry', forged.bytes));

  // Replies come back on the same connections, so what was sent before them has arrived.
  await Promise.all(others.map((other) => status(network, other.index)));
  await until('all frames have left', async () =>
    network.peers().every(({ queued }) => queued === undefined || queued.consensus.frames === 0),
  );
  await network.stop();
  process.stdout.write(`${JSON.stringify({ forkedSequence: position.sequence, view })}\n`);
}

type Status = Awaited<ReturnType<typeof status>>;

async function status(network: Network, to: AuthorityIndex) {
  return unwrap(decodeStatusReply(await network.request(to, statusRequest(), 10_000)));
}

/** Where the city's lane ends, as the others hold it. */
function newestHeader(genesis: Genesis, domains: Domains, statuses: readonly Status[]) {
  let tip = { sequence: 0, digest: new Uint8Array(32) as Uint8Array };
  for (const { yourNewestHeader } of statuses) {
    if (yourNewestHeader === undefined) continue;
    const header = unwrap(decodeHeader(domains, genesis, yourNewestHeader));
    if (header.sequence > tip.sequence) tip = header;
  }
  return tip;
}

function member(genesis: Genesis, name: string): Authority {
  const found = genesis.authorities.find((authority) => authority.name === name);
  if (found === undefined) throw new Error(`${name} is no authority of this federation`);
  return found;
}

/** A record that no family knows: it is kept, and rejected by the ledger. */
function junk(number: number): Uint8Array {
  return encodeRecord({
    family: 999,
    type: 1,
    requestId: new Uint8Array(16).fill(number),
    body: new Uint8Array([number]),
  });
}

await main(process.argv.slice(2));
