import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileFault } from "../../../../../main/jobs/sources/file-fault.ts";
import { at, file } from "./support.ts";

const failure = (code: string) => Object.assign(new Error("failed"), { code });

describe("a failure of the system at a file", () => {
  it.each([
    ["EBUSY", "file-locked"],
    ["EPERM", "file-unreadable"],
    ["EACCES", "file-unreadable"],
    ["EIO", "file-unreadable"],
    ["UNKNOWN", "file-unreadable"],
    ["EHOSTDOWN", "share-away"],
    ["ESTALE", "share-away"],
    ["ETIMEDOUT", "share-away"],
  ])("%s is told as %s", async (code, what) => {
    expect(await fileFault(failure(code), at("x.csv"))).toEqual({ kind: "unreadable", what, detail: code });
  });

  it("is a file's where its drive is there", async () => {
    expect(await fileFault(failure("ENOENT"), at("x.csv"))).toEqual({ kind: "not-found", what: "path", detail: at("x.csv") });
  });

  it.skipIf(path.sep === "/")("is the drive's or share's where that is not connected", async () => {
    for (const code of ["ENOENT", "UNKNOWN"]) expect(await fileFault(failure(code), String.raw`Q:\users.csv`)).toEqual({ kind: "unreadable", what: "share-away", detail: code });
  });

  it("is a bug where the system has no part in it", async () => {
    await expect(fileFault(new TypeError("x"), file("x.csv", ""))).rejects.toThrow(TypeError);
  });
});
