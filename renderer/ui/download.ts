/** Saves what the page itself made as a file. Nothing is fetched. */

/** Browsers read the blob after the click returned: its address must live a little longer. Milliseconds. */
const KEEP_MS = 10_000;

/** The bytes of a base64 text, as main sends what is to be saved. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Offers `content`, in one piece or several, under a file name, with a media type such as `text/calendar`. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer> | readonly string[], type: string): void {
  const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : [...content];
  const address = URL.createObjectURL(new Blob(pieces, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
