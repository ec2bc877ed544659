/** The window's title: the page that is shown, and the product, which is known once main has said hello. */
import { say } from "../text/text.ts";

let page: string | null = null;
let product = say("shell.product");

function write(): void {
  document.title = page === null ? product : `${page} – ${product}`;
}

/** Names the page that is shown. */
export function titlePage(name: string): void {
  page = name;
  write();
}

/** Names the product, such as the practice organisation's console. */
export function titleProduct(name: string): void {
  product = name;
  write();
}
