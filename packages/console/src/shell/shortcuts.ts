/** What a key does. `sequence` is one key, or `g` and another one within a moment. */
export interface Shortcut {
  readonly sequence: string;
  readonly run: () => void;
}

/** The longest pause between the two keys of a sequence. */
const pauseMs = 1500;
const storageKey = 'hansa.shortcuts';

/** WCAG 2.1.4: single keys can be turned off. */
export function shortcutsOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function turnShortcuts(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off');
}

/** Reads keys one by one and names what they ask for; the clock is the caller's. */
export class KeyReader {
  #first = '';
  #atMs = 0;

  /** The sequence that this key ends, among `known`. */
  press(key: string, atMs: number, known: readonly string[]): string | undefined {
    const sequence = this.#first !== '' && atMs - this.#atMs <= pauseMs ? `${this.#first} ${key}` : key;
    this.#first = '';
    if (known.includes(sequence)) return sequence;
    if (known.some((each) => each.startsWith(`${key} `))) {
      this.#first = key;
      this.#atMs = atMs;
    }
    return undefined;
  }
}

const typing = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]';

/** Follows the keyboard while nobody is typing; gives what ends it. */
export function listenForShortcuts(shortcuts: () => readonly Shortcut[]): () => void {
  const reader = new KeyReader();
  const onKey = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.matches(typing) === true) {
      if (event.key === 'Escape') (target as HTMLElement).blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !shortcutsOn()) return;
    if (target?.closest('dialog[open]') !== null && target !== undefined) return;
    const all = shortcuts();
    const found = reader.press(
      event.key.toLowerCase(),
      event.timeStamp,
      all.map(({ sequence }) => sequence),
    );
    const shortcut = all.find(({ sequence }) => sequence === found);
    if (shortcut === undefined) return;
    event.preventDefault();
    shortcut.run();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
