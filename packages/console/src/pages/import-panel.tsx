import { useState } from 'preact/hooks';
import { ApiProblem } from '../api/client.ts';
import type { ImportLine } from '../api/types.ts';
import { blacklist as words } from '../i18n/blacklist.ts';
import { useSpeech } from '../i18n/language.tsx';
import { problemText } from '../i18n/problems.ts';
import { readLines } from '../logic/lines.ts';
import { useDesk } from '../shell/desk.ts';
import { useSubmit } from '../shell/submit.ts';
import { FileInput } from '../ui/file-input.tsx';
import { Input } from '../ui/form.tsx';
import { Panel, ProblemBox, ScrollBox } from '../ui/parts.tsx';

type Refused = Extract<ImportLine, { kind: 'refused' }>;
type Report = Extract<ImportLine, { kind: 'report' }>;

/** Refused rows that are shown; a wrong mapping refuses all of them. */
const shownMax = 200;

interface Outcome {
  readonly report: Report;
  readonly refused: readonly Refused[];
}

/** An export: first looked through row by row, then imported. */
export function ImportPanel() {
  const { t, count } = useSpeech();
  const { api, session } = useDesk();
  const [file, setFile] = useState<File | undefined>(undefined);
  const [mapping, setMapping] = useState(session.city);
  const [rows, setRows] = useState(0);
  const run = useSubmit<Outcome>();

  const read = (dryRun: boolean) =>
    run.run(async (key) => {
      if (file === undefined) throw new ApiProblem({ status: 400, code: 'BODY_EMPTY', detail: t(words.importFile) });
      const query = new URLSearchParams({ mapping, dryRun: String(dryRun) });
      const answer = await api.request('POST', `/v1/import/blacklist?${query}`, {
        body: file,
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': key },
      });
      const refused: Refused[] = [];
      let report: Report | undefined;
      for await (const line of readLines<ImportLine>(answer)) {
        if (line.kind === 'progress') setRows(line.rows);
        else if (line.kind === 'refused') refused.push(line);
        else if (line.kind === 'problem') throw new ApiProblem(line);
        else report = line;
      }
      if (report === undefined) {
        throw new ApiProblem({ status: 0, code: 'IMPORT_CUT_OFF', detail: 'The import was cut off. Import it again.' });
      }
      return { report, refused };
    });

  const outcome = run.done;
  return (
    <Panel title={t(words.import)} hint={t(words.importHint)}>
      <div class="form-fields">
        <FileInput
          label={t(words.importFile)}
          chosen={file?.name}
          onFiles={([first]) => {
            setFile(first);
            run.reset();
          }}
        />
        <Input label={t(words.mapping)} value={mapping} onValue={setMapping} />
      </div>
      <div class="actions">
        <button
          type="button"
          class="button button-main"
          disabled={run.working || file === undefined}
          onClick={() => void read(true)}
        >
          {t(words.preview)}
        </button>
        {outcome?.report.dryRun === true && outcome.report.accepted > 0 ? (
          <button type="button" class="button" disabled={run.working} onClick={() => void read(false)}>
            {t(words.importNow, { count: count(outcome.report.accepted) })}
          </button>
        ) : null}
      </div>
      <div aria-live="polite">
        {run.working ? <p class="hint">{t(words.reading, { count: count(rows) })}</p> : null}
        {run.problem === undefined ? null : <ProblemBox problem={run.problem} />}
        {outcome === undefined ? null : (
          <p
            class={`notice ${outcome.report.refused > 0 ? 'notice-amber' : 'notice-green'}`}
            data-import={outcome.report.dryRun ? 'preview' : 'done'}
          >
            {t(outcome.report.dryRun ? words.previewResult : words.importResult, {
              rows: count(outcome.report.rows),
              accepted: count(outcome.report.accepted),
              unchanged: count(outcome.report.unchanged),
              refused: count(outcome.report.refused),
            })}
          </p>
        )}
      </div>
      {outcome === undefined || outcome.refused.length === 0 ? null : <RefusedTable refused={outcome.refused} />}
    </Panel>
  );
}

function RefusedTable({ refused }: { readonly refused: readonly Refused[] }) {
  const { t, count, language } = useSpeech();
  return (
    <ScrollBox name={t(words.refusedRows)}>
      <table data-refused={refused.length}>
        <caption class="visually-hidden">{t(words.refusedRows)}</caption>
        <thead>
          <tr>
            <th scope="col" class="right">
              {t(words.line)}
            </th>
            <th scope="col">{t(words.column)}</th>
            <th scope="col">{t(words.why)}</th>
          </tr>
        </thead>
        <tbody>
          {refused.slice(0, shownMax).map((row) => (
            <tr key={`${row.line} ${row.code}`}>
              <th scope="row" class="right">
                {count(row.line)}
              </th>
              <td class="nowrap">{row.column ?? '–'}</td>
              <td>
                {problemText(language, row.code, row.message)} <code>{row.code}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused.length > shownMax ? (
        <p class="hint">{t(words.moreRows, { count: count(refused.length - shownMax) })}</p>
      ) : null}
    </ScrollBox>
  );
}
