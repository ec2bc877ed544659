// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { heirOf, standingOf } from "../../../../renderer/ui/focus-heir.ts";

afterEach(() => {
  document.body.querySelector("main")?.remove();
});

/** Every object that is kept alive by a value's properties: what a WeakRef leads to is not. */
function keptBy(value: unknown, known = new Set<object>()): ReadonlySet<object> {
  if (typeof value !== "object" || value === null || known.has(value)) return known;
  known.add(value);
  if (!(value instanceof Node)) for (const name of Reflect.ownKeys(value)) keptBy(Reflect.get(value, name), known);
  return known;
}

it("remembers where a box was, and keeps neither the box nor the secret that was typed into it", () => {
  document.body.insertAdjacentHTML("beforeend", "<main><button>Before</button><input type=password><button>After</button></main>");
  const box = document.querySelector("input");
  if (box === null) throw new Error("there is no box");
  box.value = "Pa55word!";
  const standing = standingOf(box);
  expect([...keptBy(standing)].filter((kept) => kept instanceof Node)).toEqual([]);
  expect(keptBy({ standing, box }).has(box)).toBe(true);
  expect(heirOf(standing)).toBe(box);
});
