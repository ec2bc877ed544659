// @vitest-environment jsdom
/** What an action brought stands beside the input it belongs to, and beside no other. */
import { act, useEffect, type ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { ControllersField } from "../../../../../renderer/features/identity-stores/controllers-field.tsx";
import { emptyForm } from "../../../../../renderer/features/identity-stores/form-model.ts";
import { PinnedCertificate } from "../../../../../renderer/features/identity-stores/pinned-certificate.tsx";
import { TestPanel } from "../../../../../renderer/features/identity-stores/test-panel.tsx";
import { useDirectoryForm, type Form } from "../../../../../renderer/features/identity-stores/use-directory-form.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { say } from "../../../../../renderer/text/text.ts";
import { succeed } from "../../../../../shared/result.ts";
import { click, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

const PINNED = "ab".repeat(32);
const presented = { host: "dc1.contoso.lab", sha256: PINNED, subject: "CN=dc1", issuer: "CN=CA", names: [], notBefore: 0, notAfter: 1, problem: null };

let rendered: Rendered | null = null;
let form: Form | null = null;
afterEach(() => rendered?.unmount());

function Harness({ part }: { readonly part: (form: Form) => ReactNode }) {
  const shown = useDirectoryForm({ ...emptyForm(), domain: "contoso.lab", username: "svc@contoso.lab", password: "p" });
  useEffect(() => {
    form = shown;
  }, [shown]);
  return part(shown);
}

async function show(part: (form: Form) => ReactNode): Promise<Rendered> {
  rendered = await render(<Harness part={part} />);
  return rendered;
}

const enter = (domain: string) => act(async () => form?.setValue("domain", domain));
const text = () => document.body.textContent;

/** An answer that is on its way until it is given. */
function onItsWay<T>(value: T) {
  const answer = Promise.withResolvers<T>();
  return { asked: () => answer.promise, give: () => act(async () => answer.resolve(value)) };
}

describe("the controllers that DNS lists", () => {
  const listed = [{ host: "dc1.contoso.lab", port: 389 }];

  it("go with the domain they were looked up for, and come back with it", async () => {
    provideClient(standInClient({ "stores.findControllers": () => succeed(listed) }));
    const { button } = await show((shown) => <ControllersField form={shown} storeId={null} />);
    await click(button(say("identity-stores.controllers-find")));
    expect(text()).toContain("DNS lists, in this order: dc1.contoso.lab");
    await enter("fabrikam.lab");
    expect(text()).not.toContain("dc1.contoso.lab");
    await enter("contoso.lab");
    expect(text()).toContain("dc1.contoso.lab");
  });

  it("are not shown beside a domain that was typed while they were looked up", async () => {
    const answer = onItsWay(succeed(listed));
    provideClient(standInClient({ "stores.findControllers": answer.asked }));
    const { button } = await show((shown) => <ControllersField form={shown} storeId={null} />);
    await click(button(say("identity-stores.controllers-find")));
    await enter("fabrikam.lab");
    await answer.give();
    expect(text()).not.toContain("dc1.contoso.lab");
  });
});

describe("a certificate that was presented", () => {
  it("can be trusted for who presented it alone", async () => {
    provideClient(standInClient({ "stores.findControllers": () => succeed([{ host: "dc1.contoso.lab", port: 389 }]), "stores.presentedCertificate": () => succeed(presented) }));
    const { button } = await show((shown) => <PinnedCertificate form={shown} storeId={null} />);
    await click(button(say("identity-stores.pin-show")));
    expect(button(say("identity-stores.pin-accept"))).toBeDefined();
    await enter("fabrikam.lab");
    expect(() => button(say("identity-stores.pin-accept"))).toThrow("no button");
    await enter("contoso.lab");
    await click(button(say("identity-stores.pin-accept")));
    expect(form?.getValues("pinnedSha256")).toBe(PINNED);
  });
});

describe("a test of the directory", () => {
  it("says that it is of what was entered before, once something was changed", async () => {
    provideClient(
      standInClient({
        "stores.test": async function* () {
          yield { type: "done", result: succeed(null) };
        },
      }),
    );
    const { button } = await show((shown) => <TestPanel form={shown} storeId={null} />);
    await click(button(say("identity-stores.test")));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
    expect(text()).toContain(say("identity-stores.test-passed"));
    expect(text()).not.toContain(say("identity-stores.test-outdated"));
    await act(async () => form?.setValue("security", "none"));
    expect(text()).toContain(say("identity-stores.test-outdated"));
    await act(async () => form?.setValue("security", "ldaps"));
    expect(text()).not.toContain(say("identity-stores.test-outdated"));
    await act(async () => form?.setValue("password", "q"));
    expect(text()).toContain(say("identity-stores.test-outdated"));
    await click(button(say("identity-stores.test")));
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
    expect(text()).toContain(say("identity-stores.test-passed"));
    expect(text()).not.toContain(say("identity-stores.test-outdated"));
  });

  it("goes on when its page is left, and comes back with what came of it to a form that says the same", async () => {
    const answer = onItsWay(succeed(null));
    provideClient(
      standInClient({
        "stores.test": async function* () {
          yield { type: "done", result: await answer.asked() };
        },
      }),
    );
    const { button } = await show((shown) => <TestPanel form={shown} storeId="s" />);
    await act(async () => form?.setValue("password", ""));
    await click(button(say("identity-stores.test")));
    rendered?.unmount();
    await answer.give();
    await show((shown) => <TestPanel form={shown} storeId="s" />);
    // A password stands in this form that the test never saw.
    expect(text()).not.toContain(say("identity-stores.test-passed"));
    expect(text()).not.toContain(say("identity-stores.test-outdated"));
    await act(async () => form?.setValue("password", ""));
    expect(text()).toContain(say("identity-stores.test-passed"));
  });
});
