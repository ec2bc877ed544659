import { describe, expect, it } from "vitest";
import { tooMuch } from "../../../build/first-view.ts";

const own = { code: "x".repeat(200_000), modules: ["/console/renderer/main.tsx", "/console/node_modules/@fluentui/react-button/lib/index.js"] };
const react = { code: "x".repeat(220_000), modules: ["/console/node_modules/react-dom/client.js"] };

describe("the page's first files", () => {
  it("may be what they are", () => {
    expect(tooMuch([own, react])).toEqual([]);
  });

  it("hold no package that can come later, however small, and wherever it lies", () => {
    const slipped = { code: "", modules: ["/console/node_modules/zod/index.js", "/console/node_modules/@fluentui/react-menu/node_modules/tabster/index.js"] };
    expect(tooMuch([own, slipped]).map((reason) => reason.split(" ")[0])).toEqual(["zod", "tabster"]);
  });

  it("are bounded together, in bytes as they are sent", () => {
    expect(tooMuch([own, react, { code: "€".repeat(30_000), modules: ["/console/renderer/text/text.ts"] }])).toHaveLength(1);
  });
});
