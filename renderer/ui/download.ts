/** Saves what the page itself made as a file. Nothing is fetched. */

/** Browsers read the blob after the click returned: its address must live a little longer. Milliseconds. */
const KEEP_MS = 10_000;

/** Offers `content` under a file name, with a media type such as `text/calendar`. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
