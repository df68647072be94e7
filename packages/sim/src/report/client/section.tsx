import type { ComponentChildren, JSX } from 'preact';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** How to read the picture, in a sentence or two. */
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Section({ id, title, note, children }: SectionProps): JSX.Element {
  return (
    <section id={id}>
      <h2>{title}</h2>
      {note === undefined ? undefined : <p class="note">{note}</p>}
      {children}
    </section>
  );
}

/** Names of colours, below a picture. */
export function Legend({ items }: { readonly items: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <ul class="legend">
      {items.map(([name, colour]) => (
        <li key={name}>
          <span class="swatch" style={{ background: colour }} />
          {name}
        </li>
      ))}
    </ul>
  );
}
