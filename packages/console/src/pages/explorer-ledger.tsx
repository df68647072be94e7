import type { Block, Entry, Lane } from '../api/types.ts';
import { common } from '../i18n/common.ts';
import { familyNames, typeNames, explorer as words } from '../i18n/explorer.ts';
import { federation } from '../i18n/federation.ts';
import { useSpeech } from '../i18n/language.tsx';
import { nameOf, type Text } from '../i18n/text.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { Chip, Digest, Facts, Loading, Panel, ProblemBox, ScrollBox } from '../ui/parts.tsx';

export function BlockView({ height }: { readonly height: number }) {
  const { t, time, count } = useSpeech();
  const { api } = useDesk();
  const answer = useAnswer((signal) => api.get<Block>(`/v1/blocks/${height}`, signal), [height]);
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  const block = answer.value;
  return (
    <Panel
      title={t(words.block, { height: count(height) })}
      aside={
        <Steps
          before={height > 1 ? linkTo('explorer', 'block', height - 1) : undefined}
          after={linkTo('explorer', 'block', height + 1)}
          names={[words.previousBlock, words.nextBlock]}
        />
      }
    >
      <Facts
        rows={[
          [t(words.time), time(block.timestamp)],
          [
            t(words.advances),
            block.advances.length === 0
              ? t(words.empty)
              : block.advances.map(({ city, sequence }) => (
                  <a key={city} class="tip" href={linkTo('explorer', city, sequence)}>
                    {t(words.advance, { city, sequence: count(sequence) })}
                  </a>
                )),
          ],
          [t(words.digest), <Digest hex={block.digest} whole />],
          [t(words.parent), <Digest hex={block.parent} whole />],
          [t(words.view), count(block.view)],
          [t(words.epoch), count(block.epoch)],
        ]}
      />
      <h3>{t(words.checkpointOf, { height: count(block.checkpoint.height) })}</h3>
      <Facts
        rows={[
          [t(words.historySize), count(block.checkpoint.historySize)],
          [t(words.historyRoot), <Digest hex={block.checkpoint.historyRoot} whole />],
          [t(words.stateRoot), <Digest hex={block.checkpoint.stateRoot} whole />],
        ]}
      />
    </Panel>
  );
}

/** Entries on one page of a lane. */
const pageEntries = 50;

export function LaneView({ city }: { readonly city: string }) {
  const { t, count } = useSpeech();
  const { api, live } = useDesk();
  const tick = useStore(live.tick);
  const answer = useAnswer((signal) => api.get<Lane>(`/v1/lanes/${city}`, signal), [city, tick]);
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  const lane = answer.value;
  const newest = Array.from({ length: Math.min(pageEntries, lane.heldSequence) }, (_, i) => lane.heldSequence - i);
  return (
    <Panel
      title={city}
      aside={
        lane.quarantined ? (
          <Chip tone="red" icon="red">
            {t(federation.quarantined)}
          </Chip>
        ) : null
      }
    >
      <Facts
        rows={[
          [t(federation.laneHeld), count(lane.heldSequence)],
          [t(federation.laneFinal), count(lane.finalizedSequence)],
          [t(federation.executed), count(lane.executedSequence)],
        ]}
      />
      {newest.length === 0 ? <p class="hint">{t(words.noEntries)}</p> : null}
      <p class="lane-strip lane-strip-wrap">
        {newest.map((sequence) => (
          <a
            key={sequence}
            class={sequence <= lane.finalizedSequence ? 'lane-entry' : 'lane-entry lane-entry-open'}
            href={linkTo('explorer', city, sequence)}
            aria-label={t(words.entry, { name: `${city}/${sequence}` })}
          >
            {count(sequence)}
          </a>
        ))}
      </p>
    </Panel>
  );
}

/** Records of an entry that are listed at once. */
const recordsShown = 200;

export function EntryView({ city, sequence }: { readonly city: string; readonly sequence: number }) {
  const { t, time, count } = useSpeech();
  const { api } = useDesk();
  const answer = useAnswer((signal) => api.get<Entry>(`/v1/lanes/${city}/${sequence}`, signal), [city, sequence]);
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  const entry = answer.value;
  return (
    <Panel
      title={t(words.entry, { name: `${city}/${sequence}` })}
      aside={
        <Steps
          before={sequence > 1 ? linkTo('explorer', city, sequence - 1) : undefined}
          after={linkTo('explorer', city, sequence + 1)}
          names={[words.previousEntry, words.nextEntry]}
        />
      }
    >
      <Facts
        rows={[
          [t(words.sealedAt), <span title={t(words.sealedHint)}>{time(entry.createdAt)}</span>],
          [
            t(words.finalIn),
            entry.height === null ? (
              t(words.notFinal)
            ) : (
              <a href={linkTo('explorer', 'block', entry.height)}>{t(common.block, { height: count(entry.height) })}</a>
            ),
          ],
          [t(words.bytes), t(words.bytesValue, { count: count(entry.byteLength) })],
          [t(words.digest), <Digest hex={entry.digest} whole />],
          [t(words.previousDigest), <Digest hex={entry.previousDigest} whole />],
          [t(words.recordsRoot), <Digest hex={entry.recordsRoot} whole />],
        ]}
      />
      <h3>{t(words.records, { count: count(entry.records.length) })}</h3>
      <ScrollBox name={t(words.recordsOf)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t(words.recordsOf)}</th>
              <th scope="col">{t(words.family)}</th>
              <th scope="col">{t(words.recordId)}</th>
            </tr>
          </thead>
          <tbody>
            {entry.records.slice(0, recordsShown).map((record) => (
              <tr key={record.location}>
                <th scope="row">
                  <a href={linkTo('explorer', ...record.location.split('/'))}>{record.location}</a>
                </th>
                <td>
                  {t(nameOf(familyNames, record.family))}: {t(nameOf(typeNames, record.type))}
                </td>
                <td>
                  <Digest hex={record.recordId} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

/** Links to the neighbours. */
function Steps(props: {
  readonly before: string | undefined;
  readonly after: string;
  readonly names: readonly [Text, Text];
}) {
  const { t } = useSpeech();
  return (
    <span class="actions">
      {props.before === undefined ? null : (
        <a class="button" href={props.before}>
          ← {t(props.names[0])}
        </a>
      )}
      <a class="button" href={props.after}>
        {t(props.names[1])} →
      </a>
    </span>
  );
}
