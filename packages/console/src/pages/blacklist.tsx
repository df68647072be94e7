import { useState } from 'preact/hooks';
import { blacklist as words } from '../i18n/blacklist.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useDesk } from '../shell/desk.ts';
import { ApprovalQueue } from './approval-queue.tsx';
import { ChangePanel } from './blacklist-change.tsx';
import { PreparePanel } from './blacklist-prepare.tsx';
import { ImportPanel } from './import-panel.tsx';

/** Listings: two officers for every change, disputes at any counter, imports with a preview. */
export function BlacklistPage({ path }: { readonly path: readonly string[] }) {
  const { t } = useSpeech();
  const { may } = useDesk();
  const [round, setRound] = useState(0);
  const again = () => setRound((count) => count + 1);
  return (
    <div class="page">
      <h1>{t(words.title)}</h1>
      {may('GET /v1/approvals') ? <ApprovalQueue round={round} /> : null}
      {may('POST /v1/blacklist/:city/:sequence/:position/dispute') ? (
        <ChangePanel key={path.join('/')} location={path.join('/')} onPrepared={again} />
      ) : null}
      {may('POST /v1/approvals') ? <PreparePanel onPrepared={again} /> : null}
      {may('POST /v1/import/blacklist') ? <ImportPanel /> : null}
    </div>
  );
}
