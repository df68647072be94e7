import type { PaperInfo } from '../api/types.ts';
import { useSpeech } from '../i18n/language.tsx';
import { papers as words } from '../i18n/papers.ts';
import type { Text } from '../i18n/text.ts';
import { saveFile } from '../logic/proof.ts';
import { useDesk } from '../shell/desk.ts';
import { useSubmit } from '../shell/submit.ts';
import { Icon } from '../ui/icon.tsx';
import { PaperList } from '../ui/paper-list.tsx';
import { Digest, ProblemBox } from '../ui/parts.tsx';

/** Under what a listing was opened; its papers are opened under the same. */
export interface Asked {
  readonly basis: string;
  readonly case: string;
  readonly handler: string;
}

interface OpenedPaper {
  readonly content: Uint8Array;
  readonly receipt: string | null;
  /** P1: its digest is the one in the details, which the ledger has a commitment to. */
  readonly holds: boolean;
}

/** Papers of a listing that was opened: each is a look of its own, compared in this browser, and then a file (P3). */
export function ListingPapers(props: {
  readonly location: string;
  readonly asked: Asked;
  readonly papers: readonly PaperInfo[];
}) {
  const { t } = useSpeech();
  if (props.papers.length === 0) return null;
  return (
    <section>
      <h4>{t(words.held)}</h4>
      <p class="hint">{t(words.heldHint)}</p>
      <PaperList papers={props.papers}>
        {(paper) => (
          <OpenPaper
            path={`/v1/blacklist/${props.location}/documents/${paper.commitment}`}
            body={props.asked}
            paper={paper}
            holds={words.holds}
          />
        )}
      </PaperList>
    </section>
  );
}

/** Papers that wait with a prepared listing: whoever approves it reads them first, into this city's book of checks. */
export function WaitingPapers(props: { readonly approval: string; readonly papers: readonly PaperInfo[] }) {
  const { t } = useSpeech();
  const { officer, may } = useDesk();
  if (props.papers.length === 0) return <p class="hint">{t(words.noneWaiting)}</p>;
  return (
    <section data-papers={props.papers.length}>
      <h4>{t(words.waiting)}</h4>
      <PaperList papers={props.papers}>
        {(paper) =>
          may('POST /v1/approvals/:id/documents/:document') ? (
            <OpenPaper
              path={`/v1/approvals/${props.approval}/documents/${paper.commitment}`}
              body={{ officer }}
              paper={paper}
              holds={words.holdsWaiting}
            />
          ) : null
        }
      </PaperList>
    </section>
  );
}

function OpenPaper(props: {
  readonly path: string;
  readonly body: object;
  readonly paper: PaperInfo;
  /** What it means that the digest is the one that was named. */
  readonly holds: Text;
}) {
  const { t } = useSpeech();
  const { api } = useDesk();
  const { paper } = props;
  const open = useSubmit<OpenedPaper>();
  const send = () =>
    open.run(async (key) => {
      const answer = await api.request('POST', props.path, {
        body: JSON.stringify(props.body),
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
      });
      const content = new Uint8Array(await answer.arrayBuffer());
      const { sha256Hex } = await import('../logic/digest.ts');
      return { content, receipt: answer.headers.get('hansa-receipt'), holds: sha256Hex(content) === paper.sha256 };
    });
  const { done } = open;
  return (
    <>
      <div class="actions">
        <button type="button" class="button" disabled={open.working} onClick={() => void send()}>
          {open.working ? t(words.opening) : t(words.open, { name: paper.name })}
        </button>
        {done?.holds === true ? (
          <button type="button" class="button" onClick={() => saveFile(paper.name, paper.mediaType, done.content)}>
            <Icon name="save" />
            {t(words.save, { name: paper.name })}
          </button>
        ) : null}
      </div>
      <div aria-live="polite">
        {open.problem === undefined ? null : <ProblemBox problem={open.problem} />}
        {done === undefined ? null : (
          <div
            class={`notice notice-${done.holds ? 'green' : 'red'}`}
            data-opened-paper={done.holds ? 'holds' : 'broken'}
          >
            <Icon name={done.holds ? 'green' : 'red'} />
            <div>
              <p>{t(done.holds ? props.holds : words.broken)}</p>
              <p>
                {done.receipt === null ? (
                  t(words.inBook)
                ) : (
                  <>
                    {t(words.receipt)}: <Digest hex={done.receipt} />
                  </>
                )}
              </p>
            </div>
          </div>
        )}
      </div>
    </>
  );
}
