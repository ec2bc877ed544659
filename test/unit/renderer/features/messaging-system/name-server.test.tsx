// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { NameServer } from "../../../../../renderer/features/messaging-system/name-server.tsx";
import { click, hush, render, type, type Rendered } from "../../render.tsx";

let page: Rendered;
afterEach(() => {
  page.unmount();
  hush();
});

const box = (): HTMLInputElement => {
  const input = page.host.querySelector("input");
  if (input === null) throw new Error("no box");
  return input;
};

it("hands a name over as servers are listed, and is empty for the next", async () => {
  const onName = vi.fn<(name: string) => boolean>(() => true);
  page = await render(<NameServer disabled={false} onName={onName} />);
  await type(box(), " EXB.Contoso.lab. ");
  await click(page.button("Add"));
  expect(onName.mock.calls).toEqual([["exb.contoso.lab"]]);
  expect(box().value).toBe("");
});

it("says that a server is ticked already, and keeps its name", async () => {
  page = await render(<NameServer disabled={false} onName={() => false} />);
  await type(box(), "exb.contoso.lab");
  await click(page.button("Add"));
  expect(page.host.textContent).toContain("exb.contoso.lab is ticked already.");
  expect(box().value).toBe("exb.contoso.lab");
});

it("says what is wrong with a name, keeps it, and says so no more once it is changed", async () => {
  const onName = vi.fn<(name: string) => boolean>(() => true);
  page = await render(<NameServer disabled={false} onName={onName} />);
  await type(box(), "exb.contoso.lab:443");
  await click(page.button("Add"));
  expect(page.host.textContent).toContain("Enter the name alone, without a port.");
  expect(box().value).toBe("exb.contoso.lab:443");
  await type(box(), "exb.contoso.lab:44");
  expect(page.host.textContent).not.toContain("without a port");
  expect(onName).not.toHaveBeenCalled();
});
