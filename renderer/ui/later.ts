/** Parts of the window that load when they are first shown, or ahead of that once the first page stands. */
import { lazy, type ComponentType } from "react";

const loaders: (() => Promise<unknown>)[] = [];

/** A component that is fetched when it is first drawn; stands in a `Suspense`. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  loaders.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Fetches every part that {@link later} knows, so that opening one never waits. */
export function fetchAhead(): void {
  for (const load of loaders) void load();
}
