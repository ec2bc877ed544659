import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { questions, rehearse } from "../../../../../main/hosts/loopback/rehearsal.ts";
import { contract } from "../../../../../shared/contract/index.ts";
import { eventually } from "../../../../lab/eventually.ts";

const procedureAt = (question: string) =>
  question
    .slice(1)
    .split("/")
    .reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined), contract);

describe("a rehearsal", () => {
  it("asks what the contract knows", () => {
    for (const question of questions) expect(procedureAt(question)).toHaveProperty("~orpc");
    expect(procedureAt("/app/nothing")).toBeUndefined();
  });

  it("asks each question through the socket's own check, hears nothing, and ends", async () => {
    const heard: unknown[] = [];
    const ended = vi.fn();
    rehearse((socket) => {
      socket.addEventListener("message", ({ data }) => void heard.push(data));
      socket.addEventListener("close", ended);
      socket.send("an answer");
    });
    expect(heard.map((message) => JSON.parse(z.string().parse(message)).p.u)).toEqual(questions);
    await eventually(() => expect(ended).toHaveBeenCalledOnce());
  });
});
