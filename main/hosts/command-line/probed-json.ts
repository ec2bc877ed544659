import type { Probed } from "../../../shared/model/mail-server.ts";
import { probedVerdict } from "../../../shared/rules/probed.ts";

type Judged<T> = Omit<T, "probed"> & { readonly probed: (Probed & { readonly verdict: ReturnType<typeof probedVerdict> }) | null };

/** As JSON says it: a probe's word with what it comes to, which nobody has to read out of the rungs. */
export function withVerdict<T extends { readonly probed: Probed | null }>(row: T): Judged<T> {
  const { probed } = row;
  return { ...row, probed: probed === null ? null : { ...probed, verdict: probedVerdict(probed) } };
}
