/** What a click on a link to a page of the console does. */
import { isElectron } from "../host/connection.ts";
import { navigate } from "./navigation.ts";
import type { Route } from "./routes.ts";

/** What a browser tells of a click. */
interface Click {
  readonly button: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  preventDefault(): void;
}

/** Goes there, after unsaved work was asked about. A click that means a new tab is the browser's; the desktop window has none and goes there too. */
export function followLink(click: Click, to: Route): void {
  const elsewhere = click.button !== 0 || click.ctrlKey || click.metaKey || click.shiftKey;
  if (click.button > 1 || (elsewhere && !isElectron())) return;
  click.preventDefault();
  void navigate(to);
}
