import { createColumnHelper, rowSelectionFeature, tableFeatures } from '@tanstack/react-table';
import type { ColumnDef } from '@tanstack/react-table';

interface ColumnMeta {
  /** Numbers stand at the end of their cell. */
  end?: true;
  /** The cell that names its row. */
  names?: true;
  /** Takes what the others leave, and breaks long words. */
  wide?: true;
  /** Says what it is on a phone too, where columns have no heads. */
  labelled?: true;
  /** Is also among the details of a row: gives way where there is no room. */
  detail?: true;
  /** Says which source a row is of: shown where there are several. */
  source?: true;
  /** What the address calls an order by this column, and where a first click begins. */
  sort?: { key: string; first: 'ascending' | 'descending' };
}

const columnMeta: ColumnMeta = {};
export const features = tableFeatures({ rowSelectionFeature, columnMeta });
export type Columns<Row extends object> = ColumnDef<typeof features, Row>[];

/** Declares the columns of a table of such rows. */
export function columnsOf<Row extends object>() {
  return createColumnHelper<typeof features, Row>();
}
