import { HansaError, limits, type Result, toHex } from '@hansa/protocol';
import { checkRecord, families, type RecordView } from '@hansa/protocol/families';
import { type Genesis, policyDigest } from '@hansa/protocol/genesis';
import { recordId } from '@hansa/protocol/records';
import { Type } from 'typebox';
import { cityName, cityNamed } from '../../city-names.ts';
import { Clock } from '../../services/clock.ts';
import { evidenceOf } from '../../services/evidence.ts';
import { publicFields } from '../../services/public-fields.ts';
import { standingNow, standings } from '../../services/standing.ts';
import { legalTime, timeView } from '../../services/views.ts';
import type { BlockView, LaneView, LedgerPort } from '../ports.ts';
import type { ReadContext } from '../route-context.ts';
import { answers, Choice, CityName, Hex, Location, Nullable, Time, Whole } from '../schemas.ts';

const City = Type.Object({
  index: Whole,
  name: CityName,
  displayName: Type.String(),
  self: Type.Boolean(),
  connected: Type.Boolean(),
  quarantined: Type.Boolean(),
});

const Lane = Type.Object({
  city: CityName,
  heldSequence: Whole,
  finalizedSequence: Whole,
  executedSequence: Whole,
  quarantined: Type.Boolean(),
});

const Block = Type.Object({
  height: Whole,
  view: Whole,
  epoch: Whole,
  timestamp: Time,
  digest: Hex(32),
  parent: Hex(32),
  advances: Type.Array(Type.Object({ city: CityName, sequence: Whole })),
  checkpoint: Type.Object({ height: Whole, historySize: Whole, historyRoot: Hex(32), stateRoot: Hex(32) }),
});

const Entry = Type.Object({
  city: CityName,
  sequence: Whole,
  digest: Hex(32),
  previousDigest: Hex(32),
  recordsRoot: Hex(32),
  byteLength: Whole,
  createdAt: Time,
  height: Nullable(Whole),
  records: Type.Array(
    Type.Object({ location: Location, recordId: Hex(32), family: Type.String(), type: Type.String() }),
  ),
});

const Status = Type.Object({
  city: CityName,
  displayName: Type.String(),
  observer: Type.Boolean({ description: 'It follows and has no vote.' }),
  federation: Type.String(),
  federationId: Hex(32),
  policyDigest: Hex(32),
  testFederation: Type.Boolean(),
  joined: Type.Boolean(),
  votes: Type.Boolean({ description: 'This city has a vote in the present epoch.' }),
  voters: Type.Integer({ minimum: 0, description: 'Cities that have a vote in the present epoch.' }),
  quorum: Type.Integer({ minimum: 0, description: 'As many of them decide.' }),
  halted: Type.Boolean(),
  behind: Type.Boolean(),
  epoch: Whole,
  view: Whole,
  finalizedHeight: Whole,
  executedHeight: Whole,
  checkpointHeight: Whole,
  asOf: Time,
  historyRoot: Hex(32),
  stateRoot: Hex(32),
  entries: Whole,
  records: Whole,
  rejectedRecords: Whole,
  facts: Whole,
  peers: Type.Array(
    Type.Object({
      ...{ name: CityName, kind: Choice(['authority', 'observer']), connected: Type.Boolean() },
      votes: Type.Boolean({ description: 'It has a vote in the present epoch.' }),
    }),
  ),
  bytesIn: Whole,
  bytesOut: Whole,
  evidence: Whole,
  lookupAlarms: Type.Integer({
    minimum: 0,
    description: 'Alarms about lookups since the start: `GET /v1/oprf` has them.',
  }),
  alarm: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
});

const Evidence = Type.Object({
  city: CityName,
  kind: Choice(['lane-fork', 'conflicting-votes', 'conflicting-proposals']),
  proof: Type.String({ description: '`Evidence` bytes in base64: both signed statements.' }),
});

const blocksPerPage = 100;
const CityParams = Type.Object({ city: CityName });
const EntryParams = Type.Object({
  city: CityName,
  sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
});

/** Reads of what the federation agreed on: nothing here is private. */
export function addLedgerRoutes({ app, city, nowMs, oprf }: ReadContext): void {
  const clock = new Clock(nowMs, city.genesis);
  const policy = toHex(policyDigest(city.crypto, city.genesis.policy));

  app.route({
    method: 'GET',
    url: '/v1/status',
    config: { route: 'GET /v1/status' },
    schema: { summary: 'Where this city stands.', response: answers(200, Status) },
    handler: async () => {
      const { timestampMs, alarm, ...status } = city.status();
      const { genesis } = city;
      return {
        city: city.self.name,
        displayName: city.self.displayName,
        observer: city.self.index === undefined,
        federation: genesis.name,
        federationId: toHex(genesis.federationId),
        policyDigest: policy,
        testFederation: genesis.testFederation,
        ...status,
        asOf: timeView(legalTime(genesis, timestampMs)),
        peers: [...status.peers],
        evidence: (await evidenceOf(city)).length,
        lookupAlarms: (await oprf?.status())?.alarms.length ?? 0,
        alarm: alarm === undefined ? null : { code: alarm.code, message: alarm.message },
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/cities',
    config: { route: 'GET /v1/cities' },
    schema: {
      summary: 'The cities of the federation.',
      response: answers(200, Type.Object({ cities: Type.Array(City) })),
    },
    handler: async () => {
      const peers = new Map(city.status().peers.map(({ name, connected }) => [name, connected]));
      const quarantined = new Set(
        city
          .lanes()
          .filter((lane) => lane.quarantined)
          .map(({ lane }) => lane),
      );
      const cities = city.genesis.authorities.map(({ index, name, displayName }) => {
        const self = index === city.self.index;
        return {
          index,
          name,
          displayName,
          self,
          connected: self || peers.get(name) === true,
          quarantined: quarantined.has(index),
        };
      });
      return { cities };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/lanes',
    config: { route: 'GET /v1/lanes' },
    schema: {
      summary: 'How far each lane is held, final and executed.',
      response: answers(200, Type.Object({ lanes: Type.Array(Lane) })),
    },
    handler: async () => ({ lanes: city.lanes().map((lane) => laneView(city, lane)) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/lanes/:city',
    config: { route: 'GET /v1/lanes/:city' },
    schema: { summary: 'One lane.', params: CityParams, response: answers(200, Lane) },
    handler: async (request) => {
      const lane = cityNamed(city.genesis, request.params.city).index;
      const found = city.lanes().find((view) => view.lane === lane);
      const empty = { lane, heldSequence: 0, finalizedSequence: 0, executedSequence: 0, quarantined: false };
      return laneView(city, found ?? empty);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/lanes/:city/:sequence',
    config: { route: 'GET /v1/lanes/:city/:sequence' },
    schema: { summary: 'One entry and its records\u2019 names.', params: EntryParams, response: answers(200, Entry) },
    handler: async (request) => {
      const lane = cityNamed(city.genesis, request.params.city).index;
      const entry = await city.entry(lane, request.params.sequence);
      if (entry === undefined) throw unknownRecord(`${request.params.city}/${request.params.sequence}`);
      const { records, height, createdAtMs, lane: _lane, ...header } = entry;
      return {
        city: request.params.city,
        ...header,
        createdAt: timeView(createdAtMs),
        height: height ?? null,
        records: records.map((bytes, position) => {
          const { family, type } = describe(city.genesis, readRecord(city, bytes));
          const location = `${request.params.city}/${entry.sequence}/${position}`;
          return { location, recordId: toHex(recordId(city.domains, bytes)), family, type };
        }),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/blocks',
    config: { route: 'GET /v1/blocks' },
    schema: {
      summary: 'Final blocks: the newest ones, or those from a height on.',
      querystring: Type.Object(
        {
          from: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
          limit: Type.Integer({ minimum: 1, maximum: blocksPerPage, default: 20 }),
        },
        { additionalProperties: false },
      ),
      response: answers(200, Type.Object({ blocks: Type.Array(Block) })),
    },
    handler: async (request) => {
      const { from, limit } = request.query;
      const blocks = await city.blocks(from === undefined ? { limit } : { from, limit });
      return { blocks: blocks.map((block) => blockView(city, block)) };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/blocks/:height',
    config: { route: 'GET /v1/blocks/:height' },
    schema: {
      summary: 'One final block.',
      params: Type.Object({ height: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
      response: answers(200, Block),
    },
    handler: async (request) => {
      const [block] = await city.blocks({ from: request.params.height, limit: 1 });
      if (block === undefined || block.height !== request.params.height) {
        throw new HansaError('BLOCK_UNKNOWN', 'No final block has this height here. Compare it with GET /v1/status.');
      }
      return blockView(city, block);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/records/:city/:sequence/:position',
    config: { route: 'GET /v1/records/:city/:sequence/:position' },
    schema: {
      summary: 'One record: its public fields and what became of it.',
      params: Type.Object({
        ...EntryParams.properties,
        position: Type.Integer({ minimum: 0, maximum: limits.entryRecordsMax - 1 }),
      }),
      response: answers(
        200,
        Type.Object({
          location: Location,
          recordId: Hex(32),
          family: Type.String(),
          type: Type.String(),
          state: Choice(['pending', 'final', 'rejected']),
          height: Nullable(Whole),
          code: Nullable(Type.String({ description: 'Why the ledger rejected it.' })),
          provable: Type.Boolean(),
          requestId: Hex(16),
          fields: Type.Record(Type.String(), Type.Unknown()),
          now: Nullable(
            Type.Object(
              { of: Type.String(), status: Choice(standings), disputed: Type.Boolean() },
              {
                description:
                  'The listing (its location) or certificate (its code) that a final record is about, as it stands here today.',
              },
            ),
          ),
        }),
      ),
    },
    handler: async (request) => {
      const { city: name, sequence, position } = request.params;
      const lane = cityNamed(city.genesis, name).index;
      const bytes = (await city.entry(lane, sequence))?.records[position];
      if (bytes === undefined) throw unknownRecord(`${name}/${sequence}/${position}`);
      const { state, height, code, provable } = await city.outcome({ lane, sequence, position });
      const checked = readRecord(city, bytes);
      const now =
        state === 'final' && checked.ok
          ? standingNow(city, clock, { lane, sequence, position }, checked.value)
          : undefined;
      return {
        location: `${name}/${sequence}/${position}`,
        recordId: toHex(recordId(city.domains, bytes)),
        ...describe(city.genesis, checked),
        state,
        height: height ?? null,
        code: code ?? null,
        provable,
        now: now ?? null,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/evidence',
    config: { route: 'GET /v1/evidence' },
    schema: {
      summary: 'Proofs of misbehaviour: two statements that no honest city signs.',
      response: answers(200, Type.Object({ evidence: Type.Array(Evidence) })),
    },
    handler: async () => ({
      evidence: (await evidenceOf(city)).map(({ accused, type, bytes }) => ({
        city: cityName(city.genesis, accused),
        kind: type,
        proof: Buffer.from(bytes).toString('base64'),
      })),
    }),
  });
}

function laneView(
  city: LedgerPort,
  { lane, heldSequence, finalizedSequence, executedSequence, quarantined }: LaneView,
) {
  return { city: cityName(city.genesis, lane), heldSequence, finalizedSequence, executedSequence, quarantined };
}

function blockView(city: LedgerPort, { timestampMs, advances, checkpoint, ...block }: BlockView) {
  return {
    height: block.height,
    view: block.view,
    epoch: block.epoch,
    timestamp: timeView(timestampMs),
    digest: block.digest,
    parent: block.parent,
    advances: advances.map(({ lane, sequence }) => ({ city: cityName(city.genesis, lane), sequence })),
    checkpoint,
  };
}

function readRecord({ genesis, domains, crypto }: LedgerPort, bytes: Uint8Array): Result<RecordView> {
  return checkRecord(bytes, { genesis, domains, crypto, families });
}

/** What breaks a rule without state is on a lane all the same (a lying city); then only its bytes are known. */
function describe(genesis: Genesis, checked: Result<RecordView>) {
  if (!checked.ok) return { family: 'unknown', type: 'unknown', requestId: '00'.repeat(16), fields: {} };
  const { familyName, typeName, record, body } = checked.value;
  return {
    family: familyName,
    type: typeName,
    requestId: toHex(record.requestId),
    fields: publicFields(genesis, body),
  };
}

function unknownRecord(name: string): HansaError {
  return new HansaError(
    'RECORD_UNKNOWN',
    `Nothing stands at ${name} here. Compare the location, or wait until the city has caught up.`,
  );
}
