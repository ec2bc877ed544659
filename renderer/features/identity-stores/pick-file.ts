/** Lets a person choose a file, with the host's own picker or the browser's. Only a token of it stays in the renderer. */
import type { FilePurpose, HeldFile } from "../../../shared/contract/files.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdFile } from "../../host/send-file.ts";
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

/** Null when the person cancelled. `send` brings the browser's file to main; one that the host's picker chose is there already. */
export async function pickFile(
  purpose: FilePurpose,
  accept: string,
  send: (file: File) => Promise<Result<HeldFile>> = (file) => holdFile(file, purpose),
): Promise<Result<HeldFile | null>> {
  if (session.getState().hello?.filePicker === "native") return ask(() => client().files.pick({ purpose }));
  const file = await choose(accept);
  return file === null ? { ok: true, value: null } : send(file);
}
