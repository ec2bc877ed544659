/** One line on the terminal that says what is being waited for, and is gone before anything else is printed. */
import type { Writable } from "node:stream";

export type Terminal = Writable & { readonly columns?: number };

/** Shows a text in place of the one before; null takes the line away. */
export type ShowProgress = (text: string | null) => void;

/** CSI K, erase to the end of the line (ECMA-48 8.3.41); Windows consoles know it since Windows 10. */
const START_AND_ERASE = "\r\u001B[K";

/** Says nothing where there is no terminal. */
export function progressLine(terminal: Terminal | null): ShowProgress {
  let shown: string | null = null;
  return (text) => {
    if (terminal === null || text === shown) return;
    shown = text;
    // A line that wraps could not be taken away again.
    terminal.write(`${START_AND_ERASE}${(text ?? "").slice(0, (terminal.columns ?? 80) - 1)}`);
  };
}
