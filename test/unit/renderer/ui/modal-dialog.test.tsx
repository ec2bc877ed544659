// @vitest-environment jsdom
import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfirmDialog } from "../../../../renderer/ui/confirm-dialog.tsx";
import { keepFocus } from "../../../../renderer/ui/focus-keeper.ts";
import { ModalDialog } from "../../../../renderer/ui/modal-dialog.tsx";
import { click, hush, render, spoken, type Rendered } from "../render.tsx";

const answers = vi.fn();
let page: Rendered | null = null;
let stop = () => {};

beforeEach(() => {
  answers.mockReset();
  stop = keepFocus();
});
afterEach(() => {
  page?.unmount();
  page = null;
  stop();
  hush();
});

const settle = () => act(async () => new Promise((resolve) => setTimeout(resolve, 5)));
const named = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;
const dialog = () => document.querySelector<HTMLElement>("[role=dialog], [role=alertdialog]");

async function press(key: string, target: EventTarget | null = document.activeElement): Promise<void> {
  await act(async () => target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
  await settle();
}

interface RowProps {
  readonly name: string;
  readonly onAsk: () => void;
}
const Row = ({ name, onAsk }: RowProps) => (
  <li>
    <button onClick={onAsk}>Delete {name}</button>
  </li>
);

function Page({ busy = null, deletes = false }: { readonly busy?: string | null; readonly deletes?: boolean }) {
  const [names, setNames] = useState(["one", "two"]);
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <main tabIndex={-1}>
      <h1 tabIndex={-1}>Stores</h1>
      <ul>
        {names.map((name) => (
          <Row key={name} name={name} onAsk={() => setAsked(name)} />
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title="Delete it?"
        confirmLabel="Delete"
        busy={busy}
        onAnswer={(confirmed) => {
          answers(confirmed);
          if (confirmed && deletes) setNames(names.filter((name) => name !== asked));
          setAsked(null);
        }}
      >
        It is gone then.
      </ConfirmDialog>
    </main>
  );
}

async function open(name: string): Promise<void> {
  const opener = page?.button(name);
  opener?.focus();
  if (opener !== undefined) await click(opener);
  await settle();
}

describe("a question", () => {
  it("has a name, and begins with the answer that changes nothing", async () => {
    page = await render(<Page />);
    await open("Delete one");
    const label = dialog()?.getAttribute("aria-labelledby") ?? "";
    expect(document.querySelector(`[id="${label}"]`)?.textContent).toBe("Delete it?");
    expect(named()).toBe("Cancel");
  });

  it("is closed by Esc, and the focus is where it was", async () => {
    page = await render(<Page />);
    await open("Delete two");
    act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true })));
    // At once, and not when the dialog has faded.
    expect(named()).toBe("Delete two");
    await settle();
    expect(answers.mock.calls).toEqual([[false]]);
    expect(named()).toBe("Delete two");
  });

  it("is closed by Esc after a click beside it has left the focus nowhere", async () => {
    page = await render(<Page />);
    await open("Delete two");
    await act(async () => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await press("Escape", document.body);
    expect(answers.mock.calls).toEqual([[false]]);
    expect(named()).toBe("Delete two");
  });

  it("gives the focus to the next row where its answer took the opener away", async () => {
    page = await render(<Page deletes />);
    await open("Delete one");
    await click(page.button("Delete"));
    await settle();
    expect(named()).toBe("Delete two");
  });

  it("stays while its work runs, and says why", async () => {
    page = await render(<Page busy="Deleting…" />);
    await open("Delete one");
    await press("Escape");
    await click(page.button("Cancel"));
    await click(page.button("Delete"));
    expect(answers).not.toHaveBeenCalled();
    expect(spoken("assertive")).toEqual(["Deleting…"]);
    expect(dialog()).not.toBeNull();
  });

  it("takes one answer where it is pressed twice", async () => {
    page = await render(<Page />);
    await open("Delete one");
    const confirm = page.button("Delete");
    await click(confirm);
    await click(confirm);
    expect(answers.mock.calls).toEqual([[true]]);
  });
});

describe("a dialog that loses the focused button", () => {
  it("keeps the focus inside, so that Esc still closes it", async () => {
    const onClose = vi.fn();
    function Ladder() {
      const [failed, setFailed] = useState(true);
      return (
        <ModalDialog open title="What to do" actions={<button onClick={onClose}>Close</button>} onClose={onClose}>
          {failed && <button onClick={() => setFailed(false)}>Copy details</button>}
        </ModalDialog>
      );
    }
    page = await render(<Ladder />);
    const copy = page.button("Copy details");
    copy.focus();
    await click(copy);
    await settle();
    expect(dialog()?.contains(document.activeElement)).toBe(true);
    await press("Escape");
    expect(onClose).toHaveBeenCalledOnce();
  });
});
