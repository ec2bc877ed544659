/** What the parts of a grid are. Not tables by their tags: a browser takes those for nothing once they are laid out as lines. */
export const ROW_GROUP = { role: "rowgroup" } as const;
export const ROW = { role: "row" } as const;
export const COLUMN_HEADER = { role: "columnheader" } as const;
export const CELL = { role: "gridcell" } as const;
