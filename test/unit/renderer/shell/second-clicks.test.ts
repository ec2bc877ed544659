// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from "vitest";
import { ignoreSecondClicks } from "../../../../renderer/shell/second-clicks.ts";

let stop = () => {};
let pressed: string[] = [];
beforeEach(() => {
  pressed = [];
  document.body.innerHTML = "<button id=first><span>Next</span></button><button id=second>Next</button><p id=text>text</p>";
  for (const element of document.querySelectorAll("button, p")) element.addEventListener("click", () => pressed.push(element.id));
  stop = ignoreSecondClicks();
});
afterEach(() => stop());

/** A click as the browser counts it: 1 for a first one, 2 for the second of a double click, 0 for the keyboard's. */
const click = (selector: string, detail: number) => document.querySelector(selector)?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail }));

it("ignores the second click where another control stands meanwhile", () => {
  click("#first", 1);
  click("#second", 2);
  click("#second", 3);
  expect(pressed).toEqual(["first"]);
});

it("takes it where the same control stands, such as an arrow that is pressed quickly", () => {
  click("#first span", 1);
  click("#first", 2);
  click("#text", 1);
  click("#text", 2);
  expect(pressed).toEqual(["first", "first", "text", "text"]);
});

it("takes every press of the keyboard", () => {
  click("#first", 1);
  click("#second", 0);
  click("#first", 0);
  expect(pressed).toEqual(["first", "second", "first"]);
});
