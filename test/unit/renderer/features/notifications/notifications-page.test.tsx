// @vitest-environment jsdom
/** The page Notifications: what stands there, what is sent of it, and what is wrong with it, field by field. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotificationsPage } from "../../../../../renderer/features/notifications/notifications-page.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { NotificationDetail, NotificationSettings } from "../../../../../shared/model/notification-mail.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { click, findButton, hush, render, spoken, type as typeInto, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { ends } from "../handover/support.tsx";
import { holds } from "../mail-objects/support.tsx";

const SETTINGS: NotificationSettings = {
  host: "smtp.contoso.lab",
  port: 587,
  security: "starttls",
  trust: { mode: "system" },
  account: { username: "svc-mail@contoso.lab" },
  from: "console@contoso.lab",
  to: ["anna@contoso.lab"],
  events: { jobEnded: "with-failures", jobHalted: true, serverOffline: true, serverBack: true, expiry: true },
};
const SAVED: NotificationDetail = { settings: SETTINGS, password: { state: "set", at: 0 }, revision: 4 };
const NONE: NotificationDetail = { settings: null, password: { state: "not-set" }, revision: 3 };

let page: Rendered | null = null;
let detail: NotificationDetail;
let sent: { readonly call: string; readonly input: unknown }[];
let answers: Record<string, (input: unknown) => unknown>;
const shown = () => page?.host.textContent ?? "";
const box = (label: string) => {
  const named = [...document.querySelectorAll("label")].find(({ textContent }) => textContent.replace("*", "").trim() === label);
  const found = document.querySelector<HTMLInputElement>(`[id="${named?.htmlFor ?? ""}"]`);
  if (found === null) throw new Error(`no field ${label}`);
  return found;
};
const put = (label: string, text: string) => typeInto(box(label), text);

async function openPage(): Promise<void> {
  const keep = (call: string) => (input: unknown) => {
    sent.push({ call, input });
    return answers[call]?.(input);
  };
  provideClient(
    standInClient({
      "notifications.get": () => succeed(detail),
      "notifications.save": keep("save"),
      "notifications.clear": keep("clear"),
      "notifications.test": keep("test"),
    }),
  );
  page = await render(<NotificationsPage storeId="s1" />);
  await holds(() => expect(shown()).toContain("What is mailed"));
}

beforeEach(() => {
  detail = SAVED;
  sent = [];
  answers = {
    save: () => succeed({ revision: 5, changed: true }),
    clear: () => succeed({ revision: 5, changed: true }),
    test: () => ends(succeed(null)),
  };
});
afterEach(() => {
  page?.unmount();
  page = null;
  hush();
  runningWork.setState({ entries: [], used: false });
  storesList.setState({ freshness: "loading", entries: new Map() });
});

describe("the form", () => {
  it("says that nothing is mailed yet, and has nothing to remove", async () => {
    detail = NONE;
    await openPage();
    expect(shown()).toContain("Nothing is mailed for this identity store yet.");
    expect(() => findButton("Remove…")).toThrow("no button Remove…");
    expect(box("Port").value).toBe("587");
  });

  it("shows what is saved, and of the password that there is one", async () => {
    await openPage();
    expect([box("SMTP server").value, box("From").value, box("To").value]).toEqual(["smtp.contoso.lab", "console@contoso.lab", "anna@contoso.lab"]);
    expect(findButton("Save").getAttribute("aria-disabled")).toBe("true");
  });

  it("sends what was typed over the revision that was seen, and keeps the stored password", async () => {
    await openPage();
    await put("To", "anna@contoso.lab; ben@contoso.lab");
    await click(findButton("Save"));
    await holds(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({ call: "save", input: { storeId: "s1", settings: { ...SETTINGS, to: ["anna@contoso.lab", "ben@contoso.lab"] }, password: null, expectedRevision: 4 } });
    await holds(() => expect(document.body.textContent).toContain("Notifications saved as revision 5."));
  });

  it("keeps what is typed while it is saved, and offers no second save meanwhile", async () => {
    let saved = (_answer: unknown): void => undefined;
    answers["save"] = () => new Promise((resolve) => (saved = resolve));
    await openPage();
    await put("From", "mail@contoso.lab");
    await click(findButton("Save"));
    await holds(() => expect(sent).toHaveLength(1));
    expect([findButton("Save"), findButton("Remove…")].map((button) => button.getAttribute("aria-disabled"))).toEqual(["true", "true"]);
    await put("To", "ben@contoso.lab");
    detail = { ...SAVED, settings: { ...SETTINGS, from: "mail@contoso.lab" }, revision: 5 };
    await act(async () => saved(succeed({ revision: 5, changed: true })));
    await holds(() => expect(findButton("Save").getAttribute("aria-disabled")).not.toBe("true"));
    expect([box("From").value, box("To").value]).toEqual(["mail@contoso.lab", "ben@contoso.lab"]);
    await click(findButton("Save"));
    await holds(() => expect(sent[1]?.input).toMatchObject({ settings: { from: "mail@contoso.lab", to: ["ben@contoso.lab"] }, expectedRevision: 5 }));
  });

  it("tells at each field what is wrong, takes the focus to the first, and sends nothing", async () => {
    detail = NONE;
    await openPage();
    await put("From", "console");
    await click(findButton("Save"));
    expect(document.activeElement).toBe(box("SMTP server"));
    expect(shown()).toContain("This is no mail address: console");
    expect(box("From").getAttribute("aria-invalid")).toBe("true");
    expect(sent).toEqual([]);
  });

  it("tells what main refuses at its field", async () => {
    answers["save"] = () => fail({ kind: "invalid", issues: [{ path: ["password"], code: "enter-again-target" }] });
    await openPage();
    await put("SMTP server", "mail.contoso.lab");
    await click(findButton("Save"));
    await holds(() => expect(shown()).toContain("is not sent to this one. Enter it again."));
    expect(spoken("assertive").length).toBeGreaterThan(0);
  });

  it("takes the port along with the protection, but not one that was chosen", async () => {
    await openPage();
    const choose = (value: string) => act(async () => document.querySelector<HTMLInputElement>(`input[type="radio"][value="${value}"]`)?.click());
    await choose("tls");
    expect(box("Port").value).toBe("465");
    await put("Port", "2525");
    await choose("starttls");
    expect(box("Port").value).toBe("2525");
  });
});

describe("a test mail", () => {
  it("goes to the address that is asked for, with what stands in the form", async () => {
    await openPage();
    await click(findButton("Send test mail…"));
    await put("Address", "ben@contoso.lab");
    await click(findButton("Send"));
    await holds(() => expect(sent).toEqual([{ call: "test", input: { storeId: "s1", settings: SETTINGS, password: null, to: "ben@contoso.lab" } }]));
    await holds(() => expect(document.body.textContent).toContain("The SMTP server took the test mail for ben@contoso.lab."));
  });

  it("says why it was refused, and keeps what was typed", async () => {
    answers["test"] = () => ends(fail({ kind: "mail-refused", why: "greylisted", host: "smtp.contoso.lab" }));
    await openPage();
    await click(findButton("Send test mail…"));
    await click(findButton("Send"));
    await holds(() => expect(document.body.textContent).toContain("asks to try again later (greylisting)"));
    expect(box("Address").value).toBe("anna@contoso.lab");
  });
});

describe("removing", () => {
  it("asks first, and takes everything away", async () => {
    await openPage();
    await click(findButton("Remove…"));
    expect(sent).toEqual([]);
    detail = NONE;
    await click(findButton("Remove"));
    await holds(() => expect(shown()).toContain("Nothing is mailed for this identity store yet."));
    expect(sent).toEqual([{ call: "clear", input: { storeId: "s1", expectedRevision: 4 } }]);
  });
});
