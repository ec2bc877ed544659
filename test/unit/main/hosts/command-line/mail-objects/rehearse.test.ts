import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverNamed } from "../../../../../../main/hosts/command-line/mail-objects/rehearse.ts";
import { layMailBed, type MailBed } from "./mail-bed.ts";

let bed: MailBed;
beforeEach(async () => (bed = await layMailBed()));
afterEach(() => bed.bed.dispose());

const rehearse = (...more: readonly string[]) => bed.run(["rehearse", "--store", "Contoso HQ", ...more]);

describe("mail-objects rehearse", () => {
  it("plays the failover through with short names, and asks nobody", async () => {
    const { code, out } = await rehearse("--fail", "exb=hangs");
    expect(code).toBe(0);
    expect(out).toMatch(/^2\. exb\.contoso\.lab is asked: no answer, so it is looked up \(1 min\)$/m);
    expect(out).toMatch(/^6\. exa\.contoso\.lab is asked: done \(500 ms\)$/m);
    expect(out).toMatch(/^Done by exa\.contoso\.lab after 1 min\.$/m);
    expect(bed.far.asked).toEqual([]);
  });

  it("answers as data, for any action", async () => {
    const { out } = await rehearse("--fail", "EXB=refuses-sessions,exa.contoso.lab=throttled", "--action", "disable", "--json");
    expect(JSON.parse(out)).toMatchObject({
      action: "disable",
      servers: ["exb.contoso.lab", "exa.contoso.lab"],
      failures: { "exb.contoso.lab": "refuses-sessions", "exa.contoso.lab": "throttled" },
      moves: [{ kind: "disable", server: "exb.contoso.lab" }, { kind: "disable", server: "exa.contoso.lab" }],
      end: "failed",
    });
  });

  it.each([
    [["--fail", "exz=hangs"], 'No ticked server is called "exz"; there are exb.contoso.lab, exa.contoso.lab.'],
    [["--fail", "exb=hang"], 'There is no failure "hang": "hangs" is the nearest'],
    [["--fail", "exb"], 'There is no failure ""'],
    [["--fail", "exb=hangs,exb.contoso.lab=throttled"], "--fail names exb.contoso.lab twice."],
    [["--action", "make"], "--action takes one of create, enable, disable."],
  ])("refuses %j, and says why", async (more, why) => {
    const { code, err } = await rehearse(...more);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });
});

describe("a server's short name", () => {
  it("is the first part of its name, and refused where it is several servers'", () => {
    expect(serverNamed(" ExA ", ["exa.contoso.lab", "exa2.contoso.lab"])).toBe("exa.contoso.lab");
    expect(() => serverNamed("exa", ["exa.contoso.lab", "exa.fabrikam.lab"])).toThrow(/more than one/);
    expect(serverNamed("exa", ["exa.contoso.lab", "exa"])).toBe("exa");
  });
});
