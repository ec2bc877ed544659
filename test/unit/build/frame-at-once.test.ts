import { describe, expect, it } from "vitest";
import { element, withFrameAtOnce } from "../../../build/frame-at-once.ts";

const built = `<!doctype html>
<html>
  <head>
    <title>Page</title>
    <script type="module" crossorigin src="./assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="./assets/react-2.js">
    <link rel="stylesheet" crossorigin href="./assets/style-3.css">
  </head>
  <body></body>
</html>`;

describe("the page as it is built", () => {
  it("asks for nothing before its frame is drawn", () => {
    const page = withFrameAtOnce(built, "run($&)", "a{content:'$1'}");
    expect(page).toContain("<style>a{content:'$1'}</style>");
    expect(page).toMatch(/<script>run\(\$&\)<\/script>\s*<\/head>/);
    expect(page).toContain('<meta name="console" content="./assets/index-1.js">');
    expect(page).toContain('<meta name="script" content="./assets/react-2.js">');
    expect(page).not.toMatch(/ (?:src|href)=/);
  });

  it.each([
    ["script", /<script[^>]*><\/script>/],
    ["style sheet", /<link rel="stylesheet"[^>]*>/],
    ["head", /<\/head>/],
  ])("is none without its %s", (_what, part) => {
    expect(() => withFrameAtOnce(built.replace(part, ""), "", "")).toThrow("not in the page");
  });

  it("holds no text that would end its element", () => {
    expect(() => element("script", 'say("</SCRIPT>")')).toThrow("has its end in it");
    expect(element("style", "a{}")).toBe("<style>a{}</style>");
  });
});
