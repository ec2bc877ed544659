// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it } from "vitest";
import { NewStorePage } from "../../../../../renderer/features/identity-stores/new-store-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigate, navigation } from "../../../../../renderer/stores/navigation.ts";
import { say } from "../../../../../renderer/text/text.ts";
import { fail, succeed, type Result } from "../../../../../shared/result.ts";
import { click, render, type, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

let page: Rendered | null = null;
afterEach(() => page?.unmount());

function box(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`input[name='${name}']`);
  if (found === null) throw new Error(`there is no box for ${name}`);
  return found;
}

/** The boxes that say what failed. */
const alerts = () => [...document.querySelectorAll(".fui-MessageBar")].map(({ textContent }) => textContent);

/** Everything that was put off until after the change. */
const settled = () => act(async () => new Promise((resolve) => setTimeout(resolve, 0)));

/** Fills the page in and has it create the store. Answers what was sent. */
async function create(answer: Result<{ readonly id: string }>): Promise<unknown> {
  let sent: unknown;
  provideClient(
    standInClient({
      "stores.create": (input) => {
        sent = input;
        return answer;
      },
    }),
  );
  page = await render(<NewStorePage />);
  for (const [name, text] of [["name", "Contoso HQ"], ["domain", "contoso.lab"], ["username", "svc"], ["password", "Pa55word!"]] as const) await type(box(name), text);
  await click(page.button(say("identity-stores.create")));
  await settled();
  return sent;
}

it("sends the password along, and keeps it no longer than that", async () => {
  expect(await create(succeed({ id: "s" }))).toMatchObject({ name: "Contoso HQ", password: "Pa55word!" });
  expect(navigation.getState().route).toMatchObject({ page: "store", id: "s" });
  expect(box("password").value).toBe("");
});

it("keeps everything that was typed where the store could not be created", async () => {
  await create(fail({ kind: "not-stored", why: "disk-full" }));
  expect(box("password").value).toBe("Pa55word!");
  expect(box("name").value).toBe("Contoso HQ");
});

it("says why nothing was created for as long as the form says what was refused", async () => {
  await create(fail({ kind: "not-stored", why: "disk-full" }));
  expect(alerts()).toHaveLength(1);
  await type(box("domain"), "sales.contoso.lab");
  expect(alerts()).toEqual([]);
});

it("says that a store may have been created until it is tried again, whatever is typed meanwhile", async () => {
  await create(fail({ kind: "no-connection", outcome: "unknown" }));
  await type(box("domain"), "sales.contoso.lab");
  expect(alerts()).toHaveLength(1);
});

it("asks before what was typed is left behind", async () => {
  page = await render(<NewStorePage />);
  await type(box("name"), "Contoso HQ");
  const leaving = navigate({ page: "activity" });
  await settled();
  await click(page.button(say("ui.leave-stay")));
  expect(await leaving).toBe(false);
  expect(box("name").value).toBe("Contoso HQ");
});
