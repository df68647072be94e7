import type { Block, City, Lane } from '../api/types.ts';
import { explorer as words } from '../i18n/explorer.ts';
import { useSpeech } from '../i18n/language.tsx';
import { pathOf, readTarget, targetOf } from '../logic/location.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { Finder } from '../ui/finder.tsx';
import { Loading, Panel, ProblemBox, ScrollBox } from '../ui/parts.tsx';
import { BlockView, EntryView, LaneView } from './explorer-ledger.tsx';
import { RecordPage } from './explorer-record.tsx';

/** What the federation agreed on: lanes, blocks, records, and the proof of each. */
export function ExplorerPage({ path }: { readonly path: readonly string[] }) {
  const { t } = useSpeech();
  const target = targetOf(path);
  return (
    <div class="page">
      <h1>{t(words.title)}</h1>
      <Finder
        value={target === undefined || target.kind === 'block' ? (path[1] ?? '') : path.join('/')}
        label={words.find}
        hint={words.findHint}
        wrong={words.findWrong}
        button={words.findButton}
        read={routeOf}
      />
      {path.length > 0 && target === undefined ? <p class="notice notice-amber">{t(words.findWrong)}</p> : null}
      {target === undefined ? <Overview /> : null}
      {target?.kind === 'block' ? <BlockView key={target.height} height={target.height} /> : null}
      {target?.kind === 'lane' ? <LaneView key={target.city} city={target.city} /> : null}
      {target?.kind === 'entry' ? <EntryView key={path.join('/')} {...target} /> : null}
      {target?.kind === 'record' ? <RecordPage key={path.join('/')} {...target} /> : null}
    </div>
  );
}

function routeOf(text: string): readonly (string | number)[] | undefined {
  const target = readTarget(text);
  return target === undefined ? undefined : pathOf(target);
}

function Overview() {
  const { t } = useSpeech();
  const { api, live } = useDesk();
  const tick = useStore(live.tick);
  const answer = useAnswer(
    async (signal) => {
      const [{ lanes }, { cities }, { blocks }] = await Promise.all([
        api.get<{ lanes: Lane[] }>('/v1/lanes', signal),
        api.get<{ cities: City[] }>('/v1/cities', signal),
        api.get<{ blocks: Block[] }>('/v1/blocks?limit=20', signal),
      ]);
      return { lanes, cities, blocks };
    },
    [tick],
  );
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  const { lanes, cities, blocks } = answer.value;
  return (
    <>
      <Panel title={t(words.lanes)} hint={t(words.lanesHint)}>
        <LaneStrips lanes={lanes} cities={cities} />
      </Panel>
      <Panel title={t(words.blocks)}>
        <BlockTable blocks={blocks} />
      </Panel>
    </>
  );
}

/** Entries that a strip shows. */
const stripEntries = 12;

/** The end of each lane: one square an entry, the last at the right. */
function LaneStrips({ lanes, cities }: { readonly lanes: readonly Lane[]; readonly cities: readonly City[] }) {
  const { t, count } = useSpeech();
  return (
    <ul class="lanes">
      {cities.map((city) => {
        const lane = lanes.find((each) => each.city === city.name);
        const last = lane?.heldSequence ?? 0;
        const first = Math.max(1, last - stripEntries + 1);
        const sequences = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
        return (
          <li key={city.name}>
            <a class="lane-name" href={linkTo('explorer', city.name)}>
              {city.displayName}
            </a>
            {last === 0 ? <span class="hint">{t(words.noEntries)}</span> : null}
            <span class="lane-strip">
              {sequences.map((sequence) => {
                const final = sequence <= (lane?.finalizedSequence ?? 0);
                return (
                  <a
                    key={sequence}
                    class={final ? 'lane-entry' : 'lane-entry lane-entry-open'}
                    href={linkTo('explorer', city.name, sequence)}
                    aria-label={`${t(words.entry, { name: `${city.name}/${sequence}` })}${final ? '' : `, ${t(words.notFinal)}`}`}
                  >
                    {count(sequence)}
                  </a>
                );
              })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function BlockTable({ blocks }: { readonly blocks: readonly Block[] }) {
  const { t, time, count } = useSpeech();
  return (
    <ScrollBox name={t(words.blocks)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(words.height)}</th>
            <th scope="col">{t(words.time)}</th>
            <th scope="col">{t(words.advances)}</th>
          </tr>
        </thead>
        <tbody>
          {[...blocks].reverse().map((block) => (
            <tr key={block.height}>
              <th scope="row">
                <a href={linkTo('explorer', 'block', block.height)}>{count(block.height)}</a>
              </th>
              <td class="nowrap">{time(block.timestamp)}</td>
              <td>
                {block.advances.length === 0 ? (
                  <span class="hint">{t(words.empty)}</span>
                ) : (
                  block.advances.map(({ city, sequence }) => (
                    <a key={city} class="tip" href={linkTo('explorer', city, sequence)}>
                      {city}/{sequence}
                    </a>
                  ))
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
