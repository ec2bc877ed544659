/** The sides that a person can choose, as texts that an address holds. */
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedBundle } from "../../../shared/contract/handover.ts";
import type { ComparedSide } from "../../../shared/model/comparison.ts";

/** A handed-over file that is open in main. */
export interface OpenFile {
  readonly file: HeldFile;
  readonly bundle: OpenedBundle;
}

/** A word of an address, or what is chosen where it is none. */
export function sideText(text: string | undefined, otherwise: string): string {
  return text !== undefined && /^(?:saved|draft|directory|probe|[1-9]\d{0,8})$/.test(text) ? text : otherwise;
}

/** What is compared; null for a file that is not open. */
export function sideOf(text: string, open: OpenFile | null): ComparedSide | null {
  if (text === "saved" || text === "draft" || text === "directory" || text === "probe") return { kind: text };
  if (text === "bundle") return open === null ? null : { kind: "bundle", bundle: open.bundle.bundle, place: null };
  return { kind: "revision", number: Number(text) };
}
