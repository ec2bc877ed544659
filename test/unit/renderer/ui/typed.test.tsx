// @vitest-environment jsdom
import { Input } from "@fluentui/react-components";
import { act, useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { SecretField } from "../../../../renderer/ui/secret-field.tsx";
import { Notices } from "../../../../renderer/ui/notices.tsx";
import { typedBox } from "../../../../renderer/ui/typed.ts";
import type { TypedFormat } from "../../../../shared/rules/typed-value.ts";
import { PlainField } from "../../../../renderer/features/messaging-system/fields/plain-field.tsx";
import { render, type, type Rendered } from "../render.tsx";

let rendered: Rendered | null = null;
afterEach(() => rendered?.unmount());

function Box({ format, most }: { readonly format: TypedFormat; readonly most: number }) {
  const [value, setValue] = useState("");
  return <Input value={value} maxLength={most} onChange={(_event, data) => setValue(data.value)} {...typedBox(format, setValue)} />;
}

function input(): HTMLInputElement {
  const found = document.querySelector("input");
  if (found === null) throw new Error("there is no box");
  return found;
}

/** Answers whether the browser was left to paste by itself. */
function paste(text: string): boolean {
  const event = Object.assign(new Event("paste", { bubbles: true, cancelable: true }), { clipboardData: { getData: () => text } });
  act(() => void input().dispatchEvent(event));
  return !event.defaultPrevented;
}

const leave = () => act(() => void input().dispatchEvent(new FocusEvent("focusout", { bubbles: true })));

describe("a box of one line", () => {
  it("reads what is pasted before its length cuts it", async () => {
    rendered = await render(<Box format="guid" most={36} />);
    expect(paste("\r\n{5f0c2a0e-7d1b-4c7e-9a54-2f1f00000001}\u200B ")).toBe(false);
    expect(input().value).toBe("5f0c2a0e-7d1b-4c7e-9a54-2f1f00000001");
  });

  it("leaves a plain paste to the browser, which can undo it", async () => {
    rendered = await render(<Box format="dns-name" most={255} />);
    expect(paste("contoso.lab")).toBe(true);
  });

  it("reads what was typed when it is left", async () => {
    rendered = await render(<Box format="dns-name" most={255} />);
    await type(input(), " https://contoso.lab/ ");
    expect(input().value).toBe(" https://contoso.lab/ ");
    leave();
    expect(input().value).toBe("contoso.lab");
  });

  it("is every text field of a provider, by the format of its descriptor", async () => {
    const values: unknown[] = [];
    const field = { kind: "text", name: "username", format: "account", required: true, maxLength: 255 } as const;
    const words = { label: "User name", hint: null, option: (option: string) => option };
    rendered = await render(<PlainField field={field} words={words} value='"CONTOSO\svc-mail" ' problem={undefined} onChange={(value) => values.push(value)} />);
    leave();
    expect(values).toEqual(["CONTOSO\\svc-mail"]);
  });
});

describe("a password's box", () => {
  const news = () => document.querySelector("aside")?.textContent ?? "";
  const show = async () => {
    rendered = await render(
      <>
        <SecretField direct label="Password" state={{ state: "not-set" }} onReplace={() => undefined} onClear={() => undefined} />
        <Notices />
      </>,
    );
  };

  it("leaves blanks to the password, and says that a line break is left out", async () => {
    await show();
    expect(paste(" secret ")).toBe(true);
    expect(news()).toBe("");
    expect(paste("secret\r\n")).toBe(true);
    expect(news()).toContain("What was pasted holds a line break, which is left out of a password.");
  });
});
