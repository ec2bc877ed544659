/** In which order what was found is shown where not all of it is. */
import { succeed, type Result } from "../fault.ts";
import type { FoundObject } from "../model/mail-object.ts";

export type Found = Result<{ readonly objects: readonly FoundObject[]; readonly more: boolean }>;

/**
 * What begins so, at most `most` of it. Where there is more, what is called just so comes first: nobody could find a group "IT" among fifty
 * others by typing on. Fails as either search does.
 */
export async function calledFirst(most: number, { begins, called }: { readonly begins: () => Promise<Found>; readonly called: () => Promise<Found> }): Promise<Found> {
  const beginning = await begins();
  if (!beginning.ok || !beginning.value.more) return beginning;
  const exact = await called();
  if (!exact.ok) return exact;
  const first = new Set(exact.value.objects.map(({ identity }) => identity));
  const objects = [...exact.value.objects, ...beginning.value.objects.filter(({ identity }) => !first.has(identity))];
  return succeed({ objects: objects.slice(0, most), more: true });
}
