/** A zip file of texts that are in memory. */
import { ZipFile } from "yazl";

export interface ZipEntry {
  /** ASCII, relative, with forward slashes. */
  readonly name: string;
  readonly content: string;
}

/** Entries stay in their order; the same entries with the same moment (epoch milliseconds) are the same bytes. Compressing is done beside the event loop. */
export async function zipOf(entries: readonly ZipEntry[], at: number): Promise<Uint8Array> {
  const zip = new ZipFile();
  // Owner and rights of this computer have no place in it.
  for (const { name, content } of entries) zip.addBuffer(Buffer.from(content, "utf8"), name, { mtime: new Date(at), mode: 0o100644 });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}
