import type { City, Evidence, Lane, Oprf, Status } from '../api/types.ts';
import { federation as words } from '../i18n/federation.ts';
import { useSpeech } from '../i18n/language.tsx';
import { saveFile } from '../logic/proof.ts';
import { median } from '../logic/statistics.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { CityMap } from '../ui/city-map.tsx';
import { FinalityChart } from '../ui/finality-chart.tsx';
import { Icon } from '../ui/icon.tsx';
import { Chip, Digest, Facts, Loading, Panel, ProblemBox, ScrollBox } from '../ui/parts.tsx';

const evidenceKinds = {
  'lane-fork': words.laneFork,
  'conflicting-votes': words.conflictingVotes,
  'conflicting-proposals': words.conflictingProposals,
} as const;

/** How the federation does, as this city sees it. */
export function FederationPage() {
  const { t } = useSpeech();
  const { api, live } = useDesk();
  const status = useStore(live.status);
  const tick = useStore(live.tick);
  const overview = useAnswer(
    async (signal) => {
      const [{ cities }, { lanes }, { evidence }, oprf] = await Promise.all([
        api.get<{ cities: City[] }>('/v1/cities', signal),
        api.get<{ lanes: Lane[] }>('/v1/lanes', signal),
        api.get<{ evidence: Evidence[] }>('/v1/evidence', signal),
        api.get<Oprf>('/v1/oprf', signal),
      ]);
      return { cities, lanes, evidence, oprf };
    },
    [tick],
  );

  return (
    <div class="page">
      <h1>{t(words.title)}</h1>
      {status === undefined ? <Loading /> : <Tiles status={status} />}
      {overview.state === 'loading' ? <Loading /> : null}
      {overview.state === 'failed' ? <ProblemBox problem={overview.problem} onRetry={overview.again} /> : null}
      {overview.state === 'done' ? (
        <>
          <div class="columns">
            <Panel title={t(words.map)}>
              <CityMap cities={overview.value.cities} lanes={overview.value.lanes} />
            </Panel>
            <Panel title={t(words.cities)} hint={t(words.lagHint)}>
              <CityTable cities={overview.value.cities} lanes={overview.value.lanes} />
            </Panel>
          </div>
          <FinalityPanel />
          <EvidencePanel evidence={overview.value.evidence} cities={overview.value.cities} />
          <LookupsPanel oprf={overview.value.oprf} />
        </>
      ) : null}
      {status === undefined ? null : <RootsPanel status={status} />}
    </div>
  );
}

function Tiles({ status }: { readonly status: Status }) {
  const { t, count } = useSpeech();
  const { live } = useDesk();
  const samples = useStore(live.finality);
  const middle = median(samples.map(({ afterMs }) => afterMs));
  return (
    <>
      {status.alarm === null ? null : (
        <div class="notice notice-red" role="alert">
          <Icon name="red" />
          <p>
            <strong>{t(words.alarm)}</strong> <code>{status.alarm.code}</code> {status.alarm.message}
          </p>
        </div>
      )}
      <div class="tiles">
        <Tile name={t(words.height)} value={count(status.finalizedHeight)} />
        <Tile
          name={t(words.finality)}
          value={middle === undefined ? '–' : `${count(Math.round(middle))} ms`}
          note={t(words.finalityMedian, { count: samples.length })}
        />
        <Tile
          name={t(words.records)}
          value={count(status.records)}
          note={t(words.rejected, { count: count(status.rejectedRecords) })}
        />
        <Tile name={t(words.facts)} value={count(status.facts)} />
      </div>
    </>
  );
}

function Tile(props: { readonly name: string; readonly value: string; readonly note?: string }) {
  return (
    <div class="tile">
      <span class="tile-name">{props.name}</span>
      <strong>{props.value}</strong>
      {props.note === undefined ? null : <span class="hint">{props.note}</span>}
    </div>
  );
}

function CityTable({ cities, lanes }: { readonly cities: readonly City[]; readonly lanes: readonly Lane[] }) {
  const { t, count } = useSpeech();
  return (
    <ScrollBox name={t(words.cities)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(words.city)}</th>
            <th scope="col">{t(words.connection)}</th>
            <th scope="col" class="right">
              {t(words.laneFinal)}
            </th>
            <th scope="col" class="right">
              {t(words.lag)}
            </th>
          </tr>
        </thead>
        <tbody>
          {cities.map((city) => {
            const lane = lanes.find((each) => each.city === city.name);
            const lag = lane === undefined ? 0 : lane.heldSequence - lane.finalizedSequence;
            return (
              <tr key={city.name} data-city={city.name}>
                <th scope="row">
                  <a href={linkTo('explorer', city.name)}>{city.displayName}</a>
                </th>
                <td>
                  <CityState city={city} />
                </td>
                <td class="right">{count(lane?.finalizedSequence ?? 0)}</td>
                <td class="right">{lag === 0 ? t(words.lagNone) : t(words.lagEntries, { count: count(lag) })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function CityState({ city }: { readonly city: City }) {
  const { t } = useSpeech();
  if (city.quarantined) {
    return (
      <Chip tone="red" icon="red">
        {t(words.quarantined)}
      </Chip>
    );
  }
  if (city.self) {
    return (
      <Chip tone="green" icon="green">
        {t(words.self)}
      </Chip>
    );
  }
  return city.connected ? (
    <Chip tone="green" icon="green">
      {t(words.connected)}
    </Chip>
  ) : (
    <Chip tone="amber" icon="amber">
      {t(words.away)}
    </Chip>
  );
}

function FinalityPanel() {
  const { t } = useSpeech();
  const { live } = useDesk();
  const samples = useStore(live.finality);
  return (
    <Panel title={t(words.finality)} hint={t(words.finalityChart)}>
      {samples.length === 0 ? <p class="hint">{t(words.finalityEmpty)}</p> : <FinalityChart samples={samples} />}
    </Panel>
  );
}

function EvidencePanel(props: { readonly evidence: readonly Evidence[]; readonly cities: readonly City[] }) {
  const { t } = useSpeech();
  const { evidence, cities } = props;
  const nameOf = (name: string) => cities.find((city) => city.name === name)?.displayName ?? name;
  return (
    <Panel title={t(words.evidence)} hint={evidence.length === 0 ? undefined : t(words.evidenceLead)}>
      {evidence.length === 0 ? (
        <p class="good">
          <Icon name="green" />
          {t(words.evidenceNone)}
        </p>
      ) : (
        <ul class="rows">
          {evidence.map(({ city, kind, proof }) => (
            <li key={`${city} ${kind}`}>
              <Icon name="red" />
              <span>
                <strong>{nameOf(city)}</strong> {t(evidenceKinds[kind])}
              </span>
              <button
                type="button"
                class="button"
                onClick={() => saveFile(`${city}-${kind}.evidence.txt`, 'text/plain', proof)}
              >
                {t(words.saveEvidence)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** P2: who evaluates, and what this city was alarmed about. */
function LookupsPanel({ oprf }: { readonly oprf: Oprf }) {
  const { t, time, count } = useSpeech();
  const { key, ceremony, alarms, holdsShare } = oprf;
  const rows: (readonly [string, string])[] =
    key === null
      ? []
      : [
          [t(words.lookupKey), t(words.lookupGeneration, { generation: count(key.generation) })],
          [
            t(words.lookupShares),
            t(words.lookupSharesValue, { threshold: count(key.threshold), evaluators: count(key.evaluators.length) }),
          ],
          [t(words.lookupHere), t(holdsShare ? words.lookupShare : words.lookupNoShare)],
        ];
  return (
    <Panel title={t(words.lookups)} hint={t(words.lookupsHint)}>
      {key === null ? <p class="hint">{t(words.lookupNoKey)}</p> : <Facts rows={rows} />}
      {ceremony === null ? null : <p class="hint">{t(words.lookupCeremony)}</p>}
      {alarms.length === 0 ? (
        <p class="good">
          <Icon name="green" />
          {t(words.lookupCalm)}
        </p>
      ) : (
        <ul class="rows">
          {alarms.toReversed().map(({ code, message, at }) => (
            <li key={`${code} ${at} ${message}`} class="notice notice-amber" data-alarm={code}>
              <Icon name="amber" />
              <p>
                <strong>{time(at)}</strong> <code>{code}</code> {message}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function RootsPanel({ status }: { readonly status: Status }) {
  const { t, count, bytes } = useSpeech();
  return (
    <Panel title={t(words.roots)} hint={t(words.rootsHint)}>
      <Facts
        rows={[
          [t(words.executed), count(status.executedHeight)],
          [t(words.checkpoint), count(status.checkpointHeight)],
          [t(words.historyRoot), <Digest hex={status.historyRoot} whole />],
          [t(words.stateRoot), <Digest hex={status.stateRoot} whole />],
          [t(words.federationId), <Digest hex={status.federationId} whole />],
          [t(words.epoch), count(status.epoch)],
          [t(words.view), count(status.view)],
          [t(words.traffic), t(words.trafficValue, { in: bytes(status.bytesIn), out: bytes(status.bytesOut) })],
        ]}
      />
    </Panel>
  );
}
