/** Lets a person choose a file, with the host's own picker or the browser's. Only a token of it stays in the renderer. */
import { CERTIFICATE_FILE_LIMIT } from "../../../shared/model/certificate.ts";
import type { FilePurpose, HeldFile } from "../../../shared/contract/certificates.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { session } from "../../stores/session.ts";

function choose(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Sends a chosen file to main, which holds it. Fails with `unreadable: too-large` before anything is sent. */
export async function holdFile(file: File): Promise<Result<HeldFile>> {
  if (file.size > CERTIFICATE_FILE_LIMIT) return fail({ kind: "unreadable", what: "too-large" });
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) return fail({ kind: "unreadable", what: "file-unreadable" });
  return ask(() => client().files.upload({ name: file.name, base64: base64Of(new Uint8Array(bytes)) }));
}

/** Null when the person cancelled. */
export async function pickFile(purpose: FilePurpose, accept: string): Promise<Result<HeldFile | null>> {
  if (session.getState().hello?.filePicker === "native") return ask(() => client().files.pick({ purpose }));
  const file = await choose(accept);
  return file === null ? { ok: true, value: null } : holdFile(file);
}
