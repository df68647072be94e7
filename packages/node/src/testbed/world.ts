import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenesis } from '../setup/create-genesis.ts';
import { initCity } from '../setup/init-city.ts';
import { joinFederation } from '../setup/join-federation.ts';
import { Citizen } from './citizen.ts';
import { Daemon } from './daemon.ts';
import { freePorts } from './free-ports.ts';
import { until } from './until.ts';

/** The four cities of the demo and the exports that they import. */
export const demoCities = [
  { name: 'haikou', displayName: '海口市住房公积金管理局', blacklist: 'blacklist.csv', accounts: 'accounts.csv' },
  { name: 'sanya', displayName: '三亚市住房公积金管理局', blacklist: 'blacklist.csv', accounts: 'accounts.csv' },
  { name: 'danzhou', displayName: '儋州市住房公积金管理局', blacklist: 'blacklist.tsv', accounts: 'accounts.tsv' },
  { name: 'qionghai', displayName: '琼海市住房公积金管理局', blacklist: 'blacklist.jsonl', accounts: 'accounts.jsonl' },
] as const;

export type DemoCityName = (typeof demoCities)[number]['name'];

/** Status of a city as `/v1/status` gives it. */
export interface StatusAnswer {
  readonly city: string;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  readonly checkpointHeight: number;
  readonly historyRoot: string;
  readonly stateRoot: string;
  readonly records: number;
  readonly rejectedRecords: number;
  readonly evidence: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

interface LaneAnswer {
  readonly heldSequence: number;
  readonly executedSequence: number;
}

/** A federation in a temporary directory. */
export class World {
  readonly directory: string;
  readonly genesisFile: string;
  readonly daemons: readonly Daemon[];

  private constructor(directory: string, genesisFile: string, daemons: readonly Daemon[]) {
    this.directory = directory;
    this.genesisFile = genesisFile;
    this.daemons = daemons;
  }

  /**
   * Keys and member cards of four cities, the genesis made of the cards, and every city joined to it. `policy` is a policy
   * file's text; without one all is as by default.
   */
  static async create({ policy }: { readonly policy?: string } = {}): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'hansa-demo-'));
    const ports = await freePorts(2 * demoCities.length);
    const daemons: Daemon[] = [];
    const memberCards: string[] = [];
    for (const [index, { name, displayName }] of demoCities.entries()) {
      const cityDirectory = join(directory, name);
      const httpPort = ports[2 * index] as number;
      const listen = [`/ip4/127.0.0.1/tcp/${ports[2 * index + 1]}`];
      await initCity({ directory: cityDirectory, name, displayName, listen, httpPort });
      memberCards.push(join(cityDirectory, `${name}.member.json`));
      daemons.push(new Daemon({ name, directory: cityDirectory, httpPort }));
    }
    const genesisFile = join(directory, 'genesis.json');
    const name = 'Hansa demo federation';
    const policyFile = policy === undefined ? undefined : join(directory, 'policy.yaml');
    if (policyFile !== undefined) await writeFile(policyFile, policy as string);
    await createGenesis({ name, memberCards, out: genesisFile, testFederation: true, policyFile, parameters: [] });
    for (const daemon of daemons) await joinFederation({ directory: daemon.directory, genesisFile });
    return new World(directory, genesisFile, daemons);
  }

  city(name: DemoCityName): Daemon {
    return this.daemons.find((daemon) => daemon.name === name) as Daemon;
  }

  /** With a key of its own. */
  citizen(): Promise<Citizen> {
    return Citizen.create(this.genesisFile);
  }

  /** With a directory, the first daemon writes its CPU profile there when it ends. */
  async startAll(profileDirectory?: string): Promise<void> {
    await Promise.all(
      this.daemons.map((daemon, index) =>
        daemon.start({ ready: true, ...(index === 0 && profileDirectory !== undefined ? { profileDirectory } : {}) }),
      ),
    );
    await this.keyed();
  }

  /** Waits until every city holds its share of the OPRF key, without which nobody can be looked up. */
  async keyed(): Promise<void> {
    await until('every city holds a share of the OPRF key', async () => {
      const answers = await Promise.all(
        this.daemons.map(async (daemon) => (await daemon.as('auditor')).get<{ holdsShare: boolean }>('/v1/oprf')),
      );
      return answers.every(({ holdsShare }) => holdsShare);
    });
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.daemons.map((daemon) => daemon.stop('SIGTERM')));
  }

  async status(daemon: Daemon): Promise<StatusAnswer> {
    return (await daemon.as('auditor')).get<StatusAnswer>('/v1/status');
  }

  /** The same, with nothing left to agree on: every entry that a city holds is executed there. */
  async settled(daemons: readonly Daemon[] = this.daemons): Promise<StatusAnswer[]> {
    await until('every entry is executed', async () => {
      const lanes = await Promise.all(
        daemons.map(async (daemon) => (await daemon.as('auditor')).get<{ lanes: LaneAnswer[] }>('/v1/lanes')),
      );
      return lanes.every((city) => city.lanes.every((lane) => lane.executedSequence >= lane.heldSequence));
    });
    return this.converged(daemons);
  }

  /** Waits until the given cities stand at one executed height with equal roots, and gives their statuses. */
  async converged(daemons: readonly Daemon[] = this.daemons): Promise<StatusAnswer[]> {
    let statuses: StatusAnswer[] = [];
    await until('all cities have one height, one history root and one state root', async () => {
      statuses = await Promise.all(daemons.map((daemon) => this.status(daemon)));
      const first = statuses[0] as StatusAnswer;
      return statuses.every(
        (status) =>
          status.executedHeight === first.executedHeight &&
          status.historyRoot === first.historyRoot &&
          status.stateRoot === first.stateRoot,
      );
    });
    return statuses;
  }
}

/** One of the exports that the package ships. */
export async function demoData(city: DemoCityName, file: string): Promise<Uint8Array> {
  return readFile(fileURLToPath(new URL(`../../data/centres/${city}/${file}`, import.meta.url)));
}
