import type { RecordView } from '../api/types.ts';
import { applicationPurposes, revokeReasons } from '../i18n/certificates.ts';
import { severities } from '../i18n/check.ts';
import { common } from '../i18n/common.ts';
import { familyNames, typeNames, explorer as words } from '../i18n/explorer.ts';
import { useSpeech } from '../i18n/language.tsx';
import { recordFields, recordWords } from '../i18n/record-fields.ts';
import { nameOf, type Text } from '../i18n/text.ts';
import { useCities } from '../shell/cities.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { Chip, Digest, Facts, Loading, Panel, ProblemBox } from '../ui/parts.tsx';
import { ProofPath } from '../ui/proof-path.tsx';

interface Place {
  readonly city: string;
  readonly sequence: number;
  readonly position: number;
}

/** One record: its public fields, what became of it, and its proof. */
export function RecordPage({ city, sequence, position }: Place) {
  const { t } = useSpeech();
  const { api, live, may } = useDesk();
  const tick = useStore(live.tick);
  const location = `${city}/${sequence}/${position}`;
  const answer = useAnswer((signal) => api.get<RecordView>(`/v1/records/${location}`, signal), [location, tick]);
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  const record = answer.value;
  return (
    <>
      <Panel title={t(words.record, { location })} aside={<StateChip record={record} />}>
        <RecordFacts record={record} entry={linkTo('explorer', city, sequence)} />
        <h3>{t(words.fields)}</h3>
        <Fields fields={record.fields} />
      </Panel>
      {may('POST /v1/receipts') ? (
        <Panel title={t(words.proof)} hint={t(words.proofLead)}>
          {record.provable ? <ProofPath record={location} /> : <p class="hint">{t(words.notProvable)}</p>}
        </Panel>
      ) : null}
    </>
  );
}

function StateChip({ record }: { readonly record: RecordView }) {
  const { t } = useSpeech();
  if (record.state === 'pending')
    return (
      <Chip tone="amber" icon="clock">
        {t(words.statePending)}
      </Chip>
    );
  if (record.state === 'final')
    return (
      <Chip tone="green" icon="green">
        {t(words.stateFinal)}
      </Chip>
    );
  return (
    <Chip tone="red" icon="red">
      {t(words.stateRejected, { code: record.code ?? '' })}
    </Chip>
  );
}

function RecordFacts({ record, entry }: { readonly record: RecordView; readonly entry: string }) {
  const { t, count } = useSpeech();
  return (
    <Facts
      rows={[
        [t(words.family), `${t(nameOf(familyNames, record.family))}: ${t(nameOf(typeNames, record.type))}`],
        [
          t(words.finalIn),
          record.height === null ? (
            t(words.notFinal)
          ) : (
            <a href={linkTo('explorer', 'block', record.height)}>{t(common.block, { height: count(record.height) })}</a>
          ),
        ],
        [t(words.inEntry), <a href={entry}>{record.location.replace(/\/\d+$/, '')}</a>],
        [t(words.recordId), <Digest hex={record.recordId} whole />],
        [t(words.requestId), <Digest hex={record.requestId} />],
      ]}
    />
  );
}

function Fields({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) {
  const { t } = useSpeech();
  return (
    <table class="field-table">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t(words.field)}</th>
          <th scope="col">{t(words.value)}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(fields).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{t(nameOf(recordFields, name))}</th>
            <td>
              <FieldValue name={name} value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FieldValue({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { t, day, time, count } = useSpeech();
  const { cityName } = useCities();
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return <span class="hint">{t(common.none)}</span>;
  }
  if (Array.isArray(value)) {
    return (
      <ul class="rows">
        {value.map((item, index) => (
          <li key={`${index}`}>
            <FieldValue name={name} value={item} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object') return <Fields fields={value as Readonly<Record<string, unknown>>} />;
  if (typeof value === 'number') return <>{name.endsWith('Ms') ? time(value) : count(value)}</>;
  const text = String(value);
  if (/^[0-9a-f]{24,}$/.test(text)) return <Digest hex={text} />;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return <>{day(text)}</>;
  if (/^[a-z][a-z0-9-]*\/\d+\/\d+$/.test(text)) {
    return <a href={linkTo('explorer', ...text.split('/'))}>{text}</a>;
  }
  if (citiesIn.has(name)) return <>{cityName(text)}</>;
  const choices: Readonly<Record<string, Text>> = {
    ...recordWords,
    ...severities,
    ...revokeReasons,
    ...applicationPurposes,
  };
  return <>{t(nameOf(choices, text))}</>;
}

/** Fields that name a city by its short name. */
const citiesIn: ReadonlySet<string> = new Set(['addressedTo', 'grantee', 'subject']);
