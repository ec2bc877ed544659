// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Header } from "../../../../renderer/shell/header.tsx";
import { networkAway } from "../../../../renderer/stores/network.ts";
import { session, startSession } from "../../../../renderer/stores/session.ts";
import type { Hello } from "../../../../shared/contract/app.ts";
import type { NetworkAway } from "../../../../shared/model/network.ts";
import { render, type Rendered } from "../render.tsx";

const hello: Hello = {
  contract: "", version: "1.2.3", host: "loopback", platform: "linux", practice: false, dataDirectory: "/data",
  keyProtection: "key-file", filePicker: "upload", user: "anna", storeNotice: null,
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
  session.setState({ hello: null });
  vi.restoreAllMocks();
});

const say = (away: NetworkAway | null) =>
  act(async () => networkAway.setState({ entries: new Map(away === null ? [] : [["machine", away]]) }));

describe("the network in the header", () => {
  it("is not spoken of before main has said what it knows", async () => {
    expect(page.host.textContent).not.toContain("Network");
    await act(async () => {
      stop = startSession(hello);
    });
    expect(page.host.textContent).toContain("Network: online");
  });

  it("is what main found out about it", async () => {
    await act(async () => {
      stop = startSession(hello);
    });
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
    expect(page.host.textContent).toContain("Network: online");
  });
});
