/** The columns that a person chose last: the next file with these columns is read by them. */
import type { ColumnMapping, MailBatch } from "../../../shared/contract/mail-objects.ts";
import { changePreferences, preferences } from "../../stores/preferences.ts";
import { MAIL_COLUMNS } from "./columns.ts";

/** Null where nothing is remembered, where the file has not all of these columns, and where it would be read alike. */
export function rememberedMapping({ columns, mapping }: Pick<MailBatch, "columns" | "mapping">): ColumnMapping | null {
  const { mailColumns } = preferences.getState();
  const chosen = Object.values(mailColumns).filter((column) => column !== null);
  if (chosen.length === 0 || !chosen.every((column) => columns.includes(column))) return null;
  const remembered: ColumnMapping = { ...mapping, ...mailColumns };
  return MAIL_COLUMNS.every((property) => mapping[property] === remembered[property]) ? null : remembered;
}

export async function rememberMapping(mapping: ColumnMapping): Promise<void> {
  await changePreferences({ mailColumns: mapping });
}
