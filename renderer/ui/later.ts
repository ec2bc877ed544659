/** Parts of the window that load when they are first shown, or ahead of that once the first page stands. */
import { lazy, type ComponentType } from "react";

const loaders: (() => Promise<unknown>)[] = [];

/** A component that is fetched when it is first drawn, with all that it may have to say; stands in a `Suspense`. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const withTexts = async () => {
    const [component] = await Promise.all([load(), import("../text/all-texts.ts")]);
    return component;
  };
  loaders.push(withTexts);
  return lazy(async () => ({ default: await withTexts() }));
}

/** Fetches every part that {@link later} knows, so that opening one never waits. */
export function fetchAhead(): void {
  for (const load of loaders) void load();
}
