import { limits } from '@hansa/protocol';
import { portableCrypto as crypto } from '@hansa/protocol/crypto';
import type { Genesis } from '@hansa/protocol/genesis';
import { readFederation } from '@hansa/protocol/receipt';
import { isCounterCode } from '../../credential/code.ts';
import { drawVerdict, say } from './answer.ts';
import { element } from './element.ts';
import { Camera, readPhoto } from './scan.ts';
import { judge } from './verdict.ts';
import type { Language, Word } from './words.ts';

/** A receipt has a few kilobytes, a photo is scaled before. */
const fileBytesMax = 4 * 1024 * 1024;

let language: Language = /^zh/i.test(navigator.language) ? 'zh' : 'en';
let genesis: Genesis | undefined;
let presentation: string | undefined;
let receipt: Uint8Array | undefined;
let notice: Word | undefined;
const codes = new Set<string>();

const title = element('h1', {});
const lead = element('p', { class: 'lead' });
const switcher = element('button', { type: 'button', class: 'language' });
const federation = element('p', { class: 'federation' });
const genesisInput = element('input', { type: 'file', id: 'genesis-file' });
const genesisLabel = element('label', { for: 'genesis-file', class: 'button' });
const cityLabel = element('label', { for: 'city' });
const city = element('select', { id: 'city' });
const caseLabel = element('label', { for: 'case' });
const caseInput = element('input', {
  id: 'case',
  autocomplete: 'off',
  spellcheck: 'false',
  'aria-describedby': 'case-hint',
});
const caseHint = element('p', { id: 'case-hint', class: 'hint' });
const scanLabel = element('label', { for: 'scan' });
const scan = element('textarea', {
  ...{ id: 'scan', rows: '3', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'scan-hint' },
});
const scanHint = element('p', { id: 'scan-hint', class: 'hint' });
const photoInput = element('input', { type: 'file', multiple: '', id: 'photos' });
const photoLabel = element('label', { for: 'photos', class: 'button' });
const cameraButton = element('button', { type: 'button', class: 'button' });
const video = element('video', { muted: '', playsinline: '', hidden: '' });
const nextButton = element('button', { type: 'button', class: 'button next' });
const answer = element('section', { id: 'answer', class: 'idle', 'aria-live': 'polite' });
const camera = new Camera(video, (text) => take(text));

/** Whatever was scanned, typed, pasted or read from a file. */
function take(text: string): void {
  notice = undefined;
  for (const line of text.split(/\r?\n/)) {
    const plain = line.trim();
    if (isCounterCode(plain)) codes.add(plain);
    else if (plain.includes('~')) presentation = plain;
  }
  void update();
}

async function takeFile(file: File): Promise<void> {
  if (file.type.startsWith('image/')) {
    const text = await readPhoto(file);
    if (text !== undefined) return take(text);
    notice = 'noCode';
    return update();
  }
  if (file.size > fileBytesMax) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  if (text.includes('~') || isCounterCode(text.trimStart())) return take(text);
  receipt = bytes;
  return update();
}

function takeGenesis(bytes: Uint8Array): void {
  const parsed = readFederation(crypto, bytes);
  genesis = parsed.ok ? parsed.value : undefined;
  notice = parsed.ok ? undefined : 'genesisWrong';
  city.replaceChildren(
    element('option', { value: '' }, say(language, 'cityNone')),
    ...(genesis?.authorities.map(({ name, displayName }) =>
      element('option', { value: name }, `${displayName} (${name})`),
    ) ?? []),
  );
  void update();
}

/** The newest question is the one that is answered. */
let asked = 0;

async function update(): Promise<void> {
  const turn = ++asked;
  const given = {
    ...{ genesis, city: city.value, case: caseInput.value.trim() },
    ...{ codes: [...codes], presentation, receipt },
  };
  const verdict = await judge(given, Date.now());
  if (turn !== asked) return;
  answer.className = verdict.tone;
  const told = notice === undefined ? [] : [element('p', { class: 'notice', role: 'alert' }, say(language, notice))];
  answer.replaceChildren(...told, ...drawVerdict(verdict, genesis, language));
}

function translate(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say(language, 'title');
  const texts: readonly (readonly [HTMLElement, Word])[] = [
    [title, 'title'],
    [lead, 'lead'],
    [cityLabel, 'city'],
    [caseLabel, 'case'],
    [caseHint, 'caseHint'],
    [scanLabel, 'scan'],
    [scanHint, 'scanHint'],
    [photoLabel, 'photo'],
    [nextButton, 'next'],
    [genesisLabel, 'genesisFile'],
    [cameraButton, camera.running ? 'cameraStop' : 'camera'],
  ];
  for (const [place, word] of texts) place.textContent = say(language, word);
  switcher.textContent = language === 'zh' ? 'English' : '中文';
  switcher.lang = language === 'zh' ? 'en' : 'zh-CN';
  federation.textContent = genesis === undefined ? '' : `${say(language, 'federation')}: ${genesis.name}`;
  const [none] = city.options;
  if (none !== undefined) none.textContent = say(language, 'cityNone');
}

function redraw(): void {
  translate();
  void update();
}

async function toggleCamera(): Promise<void> {
  if (camera.running) camera.stop();
  else {
    await camera.start().catch(() => {
      camera.stop();
      notice = 'cameraRefused';
    });
  }
  video.hidden = !camera.running;
  redraw();
}

function next(): void {
  codes.clear();
  [presentation, receipt, notice] = [undefined, undefined, undefined];
  caseInput.value = '';
  scan.value = '';
  redraw();
  caseInput.focus();
}

async function begin(): Promise<void> {
  const actions = element('div', { class: 'actions' }, photoInput, photoLabel);
  if (navigator.mediaDevices?.getUserMedia !== undefined) actions.append(cameraButton);
  actions.append(nextButton);
  const form = element(
    ...(['form', {}] as const),
    element('div', { class: 'genesis' }, federation, genesisInput, genesisLabel),
    element('div', { class: 'field' }, cityLabel, city),
    element('div', { class: 'field' }, caseLabel, caseInput, caseHint),
    element('div', { class: 'field' }, scanLabel, scan, scanHint),
    video,
    actions,
  );
  const main = element('main', {}, element('header', {}, title, switcher, lead), form, answer);
  document.body.replaceChildren(main);
  form.addEventListener('submit', (event) => event.preventDefault());
  switcher.addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    redraw();
  });
  city.addEventListener('change', () => void update());
  caseInput.addEventListener('input', () => void update());
  scan.addEventListener('input', () => {
    // A scanner ends each code with Enter; what is pasted comes whole.
    if (!scan.value.includes('\n') && !scan.value.includes('~')) return;
    take(scan.value);
    scan.value = '';
  });
  photoInput.addEventListener('change', async () => {
    for (const file of photoInput.files ?? []) await takeFile(file);
    photoInput.value = '';
  });
  genesisInput.addEventListener('change', async () => {
    const [file] = genesisInput.files ?? [];
    if (file !== undefined && file.size <= limits.federationBytesMax)
      takeGenesis(new Uint8Array(await file.arrayBuffer()));
    redraw();
  });
  cameraButton.addEventListener('click', () => void toggleCamera());
  nextButton.addEventListener('click', next);
  const built = document.getElementById('genesis')?.textContent ?? '';
  if (built !== '') {
    takeGenesis(Uint8Array.from(atob(built), (character) => character.charCodeAt(0)));
    genesisInput.remove();
    genesisLabel.remove();
  }
  redraw();
}

// The script stands in the head, so that the page shows nothing that is not translated.
document.addEventListener('DOMContentLoaded', () => void begin());
