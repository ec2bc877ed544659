// @vitest-environment jsdom
import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepFocus } from "../../../../renderer/ui/focus-keeper.ts";
import { click, render, type Rendered } from "../render.tsx";

let page: Rendered | null = null;
let stop = () => {};

beforeEach(() => {
  stop = keepFocus();
});
afterEach(() => {
  page?.unmount();
  page = null;
  stop();
});

/** Everything that was put off until after the change. */
const settle = () => act(async () => new Promise((resolve) => setTimeout(resolve, 5)));
const named = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;

function Rows() {
  const [names, setNames] = useState(["one", "two", "three"]);
  const [, tick] = useState(0);
  return (
    <main tabIndex={-1}>
      <h1 tabIndex={-1}>Servers</h1>
      <button onClick={() => setNames([])}>Clear all</button>
      <button onClick={() => tick((count) => count + 1)}>Tick</button>
      <table>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <td>
                <a href="#x" aria-label={`Open ${name}`}>
                  {name}
                </a>
              </td>
              <td>
                <button aria-label={`Delete ${name}`} onClick={() => setNames((before) => before.filter((other) => other !== name))}>
                  Delete
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

async function press(name: string): Promise<void> {
  const found = page?.button(name);
  found?.focus();
  if (found !== undefined) await click(found);
  await settle();
}

describe("the focus, when what has it is taken away", () => {
  it("goes to the same control of the next row, of the one before at the end, and to the page's title when no row is left", async () => {
    page = await render(<Rows />);
    await press("Delete two");
    expect(named()).toBe("Delete three");
    await press("Delete three");
    expect(named()).toBe("Delete one");
    await press("Delete one");
    expect(named()).toBe("Servers");
  });

  it("stays where it is while other rows come and go", async () => {
    page = await render(<Rows />);
    page.button("Tick").focus();
    await click(page.button("Delete two"));
    await settle();
    expect(named()).toBe("Tick");
  });

  it("is not brought back after a person let go of it", async () => {
    page = await render(<Rows />);
    const last = page.button("Delete one");
    last.focus();
    last.blur();
    await settle();
    await click(page.button("Clear all"));
    await settle();
    expect(document.activeElement).toBe(document.body);
  });
});

function Work() {
  const [running, setRunning] = useState(false);
  const [off, setOff] = useState(false);
  return (
    <main tabIndex={-1}>
      <h1 tabIndex={-1}>Test</h1>
      <div>
        <button disabled={off} onClick={() => setRunning(true)}>
          Test
        </button>
        {running && <button onClick={() => setRunning(false)}>Stop</button>}
      </div>
      <div>
        <button onClick={() => setOff(true)}>Disable</button>
        <input aria-label="Domain" disabled={off} />
        <input aria-label="User name" />
      </div>
    </main>
  );
}

describe("the focus of a button that ends its own work", () => {
  it("goes to the nearest neighbour, not to what merely comes next", async () => {
    page = await render(<Work />);
    await press("Test");
    await press("Stop");
    expect(named()).toBe("Test");
  });

  it("goes on from a field that is disabled under it", async () => {
    page = await render(<Work />);
    document.querySelector<HTMLInputElement>("[aria-label=Domain]")?.focus();
    await click(page.button("Disable"));
    await settle();
    expect(named()).toBe("User name");
  });
});
