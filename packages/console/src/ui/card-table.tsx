import type { ComponentChildren } from 'preact';

type DataAttributes = Readonly<Record<`data-${string}`, string | number>>;

export interface CardRow {
  readonly key: string | number;
  /** One for each column; the first names the row. */
  readonly cells: readonly ComponentChildren[];
  readonly attributes?: DataAttributes;
}

/**
 * A table of many columns. Where it has no room, each row is a card, and every value stands behind the name of its column:
 * nothing is cut, and nothing has to be scrolled sideways. The roles hold it a table to readers of screens as a card, too.
 */
export function CardTable(props: {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly CardRow[];
  readonly attributes?: DataAttributes;
}) {
  const { columns } = props;
  return (
    <div class="card-table">
      <table {...props.attributes} aria-label={props.name} {...role('table')}>
        <thead {...role('rowgroup')}>
          <tr {...role('row')}>
            {columns.map((column) => (
              <th key={column} scope="col" {...role('columnheader')}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role('rowgroup')}>
          {props.rows.map(({ key, cells: [first, ...others], attributes }) => (
            <tr key={key} {...attributes} {...role('row')}>
              <th scope="row" {...role('rowheader')}>
                <Cell column={columns[0]}>{first}</Cell>
              </th>
              {others.map((value, index) => (
                <td key={columns[index + 1]} {...role('cell')}>
                  <Cell column={columns[index + 1]}>{value}</Cell>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column, children }: { readonly column: string | undefined; readonly children: ComponentChildren }) {
  return (
    <>
      <span class="cell-name" aria-hidden="true">
        {column}
      </span>
      <div class="cell">{children}</div>
    </>
  );
}

/** What an element is anyway, and would not be any more to some readers of screens once it is laid out as a card. */
function role<Name extends string>(name: Name): { readonly role: Name } {
  return { role: name };
}
