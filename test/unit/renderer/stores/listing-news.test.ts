import { expect, test } from "vitest";
import { listingNews } from "../../../../renderer/stores/editor-model.ts";
import { server } from "./editor-support.ts";

const gone = (name: string) => ({ ...server(name), vanished: true });

test("a listing's news are the servers that came and those that went, each told once", () => {
  expect(listingNews([], [server("exa"), server("exb")])).toEqual({ added: 2, gone: 0 });
  expect(listingNews([server("exa"), server("exb")], [server("exa"), gone("exb"), server("exc")])).toEqual({ added: 1, gone: 1 });
  // What was marked as gone before is no news, whether it stays in the list or leaves it; what came back is.
  expect(listingNews([server("exa"), gone("exb"), gone("exc"), gone("exd")], [server("exa"), gone("exb"), server("exd")])).toEqual({ added: 1, gone: 0 });
});
