/** Parts of the window that load when they are first shown, or ahead of that once the first page stands. */
import { createElement, lazy, useEffect, useState, type ComponentType } from "react";

type Load<Props> = () => Promise<ComponentType<Props>>;

const loaders: (() => Promise<unknown>)[] = [];
const failed = new Set<() => void>();

/** Thrown in the place of a part that could not be fetched: the service is away, or has another version by now. */
export class PartMissing extends Error {
  constructor(cause: unknown) {
    super("A part of the page could not be loaded", { cause });
    this.name = "PartMissing";
  }
}

/** A component that is fetched when it is first drawn, with all that it may have to say; stands in a `Suspense` and a `Boundary`. */
export function later<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const withTexts = async () => {
    const [component] = await Promise.all([load(), import("../text/all-texts.ts")]);
    return component;
  };
  // React keeps the outcome of a load for good, a failure as well.
  const fetched = () =>
    lazy(async () => {
      try {
        return { default: await withTexts() };
      } catch (error) {
        failed.add(begin);
        throw new PartMissing(error);
      }
    });
  let Part = fetched();
  function begin(): void {
    Part = fetched();
  }
  loaders.push(withTexts);
  return function Later(props: Props) {
    return createElement(Part, props);
  };
}

/**
 * A part of the first page, in a `Boundary`: nothing until it is there, and there at once. A `Suspense` would keep it back for
 * a third of a second, so that parts do not come one by one. It says what the first page says; other texts may not be there yet.
 */
export function soon<Props extends object>(load: Load<Props>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  const loading = async () => {
    loaded ??= await load();
    return loaded;
  };
  loaders.push(loading);
  return function Soon(props: Props) {
    const [part, setPart] = useState<ComponentType<Props> | PartMissing | null>(() => loaded);
    useEffect(() => {
      let drawn = true;
      const settle = (outcome: ComponentType<Props> | PartMissing) => drawn && setPart(() => outcome);
      loading().then(settle, (error: unknown) => settle(new PartMissing(error)));
      return () => {
        drawn = false;
      };
    }, []);
    if (part instanceof PartMissing) throw part;
    return part === null ? null : createElement(part, props);
  };
}

/** Forgets the parts that could not be fetched, so that the next look at them fetches them. */
export function loadFailedAgain(): void {
  for (const begin of failed) begin();
  failed.clear();
}

/** Fetches every part that is known, so that opening one never waits. One that cannot be had is told of when it is opened. */
export async function fetchAhead(): Promise<void> {
  await Promise.allSettled(loaders.map((load) => load()));
}
