import type { ReceiptTrace } from '@hansa/protocol/receipt';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiProblem } from '../api/client.ts';
import { explorer as words } from '../i18n/explorer.ts';
import { useSpeech } from '../i18n/language.tsx';
import { saveFile } from '../logic/proof.ts';
import type { Drawn } from '../logic/verifier.ts';
import { useDesk } from '../shell/desk.ts';
import { HashLadder } from './hash-ladder.tsx';
import { Icon } from './icon.tsx';
import { Digest, ProblemBox } from './parts.tsx';

type Proof = { readonly bytes: Uint8Array; readonly drawn: Drawn };

/** The way from a record to the cities' signatures, each step computed here. */
export function ProofPath({ record }: { readonly record: string }) {
  const { t } = useSpeech();
  const { api } = useDesk();
  const [proof, setProof] = useState<Proof | undefined>(undefined);
  const [problem, setProblem] = useState<ApiProblem | undefined>(undefined);
  const [working, setWorking] = useState(false);

  const verify = async () => {
    setWorking(true);
    setProblem(undefined);
    try {
      const [bytes, verifier] = await Promise.all([api.receipt({ record }), import('../logic/verifier.ts')]);
      setProof({ bytes, drawn: verifier.draw(await api.federation(), bytes) });
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error);
      else throw error;
    } finally {
      setWorking(false);
    }
  };

  return (
    <>
      <div class="actions">
        <button type="button" class="button button-main" onClick={verify} disabled={working}>
          {t(working ? words.drawing : words.draw)}
        </button>
        {proof === undefined ? null : (
          <button
            type="button"
            class="button"
            onClick={() =>
              saveFile(`${record.replaceAll('/', '-')}.receipt`, 'application/vnd.hansa.receipt', proof.bytes)
            }
          >
            <Icon name="save" />
            {t(words.saveProof)}
          </button>
        )}
      </div>
      {problem === undefined ? null : <ProblemBox problem={problem} onRetry={verify} />}
      <div aria-live="polite">{proof === undefined ? null : <Outcome drawn={proof.drawn} />}</div>
    </>
  );
}

function Outcome({ drawn }: { readonly drawn: Drawn }) {
  const { t } = useSpeech();
  if (!drawn.ok) {
    return (
      <p class="notice notice-red" data-proof="broken">
        <Icon name="red" />
        <span>
          {t(words.holdsNot)} <code>{drawn.code}</code>
        </span>
      </p>
    );
  }
  return (
    <div data-proof="holds">
      <p class="notice notice-green">
        <Icon name="green" />
        <strong>{t(words.holds)}</strong>
      </p>
      <Drawing trace={drawn.trace} cities={drawn.cities} />
      <p class="hint">{t(words.genesisWarning, { id: drawn.federationId })}</p>
    </div>
  );
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function Drawing({ trace, cities }: { readonly trace: ReceiptTrace; readonly cities: readonly string[] }) {
  const { t, time, count } = useSpeech();
  const { record, facts, block, finalization } = trace;
  return (
    <ol class="proof">
      {record === undefined ? null : (
        <>
          <Step title={t(words.stepRecord)} hex={hexOf(record.recordId)}>
            {t(words.stepRecordText)}
          </Step>
          <Step title={t(words.stepEntry)} hex={hexOf(record.recordsRoot)}>
            {t(words.stepEntryText, {
              position: count(record.location.position + 1),
              count: count(record.recordCount),
              hashes: count(record.path.length),
            })}
            <HashLadder leaf={record.leaf} path={record.path} />
          </Step>
          <Step title={t(words.stepSigned)} hex={hexOf(record.entryDigest)}>
            {t(words.stepSignedText, {
              city: cities[record.location.lane] ?? '',
              sequence: count(record.location.sequence),
            })}
          </Step>
          <Step title={t(words.stepHistory)} hex={hexOf(block.historyRoot)}>
            {t(words.stepHistoryText, {
              index: count(record.historyIndex + 1),
              size: count(block.historySize),
              hashes: count(record.historyPath.length),
            })}
            <HashLadder leaf={record.historyLeaf} path={record.historyPath} />
          </Step>
        </>
      )}
      {facts.map((fact) => (
        <Step key={hexOf(fact.key)} title={t(words.stepFact)} hex={hexOf(trace.factsRoot)}>
          {t(fact.value === undefined ? words.stepFactAbsent : words.stepFactPresent, {
            hashes: count(fact.path.length),
          })}
          <HashLadder leaf={fact.leaf} path={fact.path} />
        </Step>
      ))}
      <Step title={t(words.stepState)} hex={hexOf(block.stateRoot)}>
        {t(words.stepStateText)}
      </Step>
      <Step title={t(words.stepBlock)} hex={hexOf(block.digest)}>
        {t(words.stepBlockText, {
          height: count(block.height),
          time: time(block.timestampMs),
          checkpoint: count(block.checkpointHeight),
        })}
      </Step>
      <Step title={t(words.stepFinal)}>
        {t(words.stepFinalText, {
          signers: finalization.signers.length,
          cities: finalization.authorities,
          quorum: finalization.quorum,
        })}
        <ul class="signers">
          {cities.map((name, index) => {
            const signed = finalization.signers.includes(index);
            return (
              <li key={name} class={signed ? 'signed' : 'not-signed'}>
                <Icon name={signed ? 'green' : 'clock'} size={16} />
                {name}
              </li>
            );
          })}
        </ul>
      </Step>
    </ol>
  );
}

function Step(props: { readonly title: string; readonly hex?: string; readonly children: ComponentChildren }) {
  return (
    <li class="proof-step">
      <h4>{props.title}</h4>
      <div>{props.children}</div>
      {props.hex === undefined ? null : <Digest hex={props.hex} whole />}
    </li>
  );
}
