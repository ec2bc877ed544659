import { expect, it } from "vitest";
import { replaced } from "../../../build/drawn-frame.ts";

it("puts into the page what it is given, as it is", () => {
  expect(replaced('<body><div id="root"></div></body>', /<div id="(\w+)"><\/div>/, (_whole, id) => `<div id="${id}">$& $1</div>`)).toBe('<body><div id="root">$& $1</div></body>');
});

it("builds no page without the place that it is for", () => {
  expect(() => replaced('<div id="app"></div>', /<div id="root">/, () => "")).toThrow("not in the page");
});
