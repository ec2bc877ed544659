// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Header } from "../../../../renderer/shell/header.tsx";
import { networkAway } from "../../../../renderer/stores/network.ts";
import { storesList } from "../../../../renderer/stores/stores-list.ts";
import { session, startSession } from "../../../../renderer/stores/session.ts";
import type { Hello } from "../../../../shared/contract/app.ts";
import type { StoreSummary } from "../../../../shared/model/identity-store.ts";
import type { NetworkAway } from "../../../../shared/model/network.ts";
import { render, type Rendered } from "../render.tsx";

const hello: Hello = {
  contract: "", version: "1.2.3", host: "loopback", platform: "linux", practice: false, dataDirectory: "/data",
  keyProtection: "key-file", filePicker: "upload", user: "anna", storeNotice: null,
};
const store: StoreSummary = {
  id: "hq", name: "HQ", kind: "active-directory", domain: "contoso.lab", messaging: null, hasSubscriptions: false, serversTotal: 2, serversOnline: 0, serversUnknown: 0, state: "saved",
  hasDraft: false, draftVersion: null, editing: [], revision: 1, prepareOnly: false, nextExpiry: null, drift: null, probed: null, updatedAt: 0,
};
let page: Rendered;
let stop = () => {};
beforeEach(async () => {
  page = await render(<Header menuOpen={false} onMenu={() => {}} onHelp={() => {}} practiceOpen={false} onPractice={() => {}} />);
});
afterEach(() => {
  stop();
  page.unmount();
  networkAway.setState({ entries: new Map() });
  storesList.setState({ entries: new Map() });
  session.setState({ hello: null });
  vi.restoreAllMocks();
});

const reached = (serversOnline: number) => act(async () => storesList.setState({ entries: new Map([["hq", { ...store, serversOnline }]]) }));
const say = (away: NetworkAway | null) =>
  act(async () => networkAway.setState({ entries: new Map(away === null ? [] : [["machine", away]]) }));

describe("the network in the header", () => {
  it("is not spoken of before main has said what it knows", async () => {
    expect(page.host.textContent).not.toContain("Network");
    await act(async () => {
      stop = startSession(hello);
    });
    expect(page.host.textContent).toContain("Network: not known");
  });

  it("is online only once a server was reached: that nothing fails says nothing where nobody is asked", async () => {
    await act(async () => {
      stop = startSession(hello);
    });
    await reached(0);
    expect(page.host.textContent).toContain("Network: not known");
    await reached(1);
    expect(page.host.textContent).toContain("Network: online");
  });

  it("is what main found out about it", async () => {
    await act(async () => {
      stop = startSession(hello);
    });
    await reached(1);
    await say({ why: "names-unknown", since: 0, stores: ["Contoso HQ"] });
    expect(page.host.textContent).toContain("Network: offline");
    await say(null);
    expect(page.host.textContent).toContain("Network: online");
  });

  it("is not what the browser believes: a page on loopback needs no network, and servers may be found all the same", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    await act(async () => {
      stop = startSession(hello);
      window.dispatchEvent(new Event("offline"));
    });
    await reached(1);
    expect(page.host.textContent).toContain("Network: online");
  });
});
