/** A time as `12 minutes ago`, with the exact moment for whoever points at it. */
import { formatDateTime, formatRelative } from "../text/format.ts";
import { useNow } from "./use-now.ts";

export function RelativeTime({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
      {formatRelative(at, now)}
    </time>
  );
}
