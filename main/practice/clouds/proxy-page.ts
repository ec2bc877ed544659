/** What a filter answers that looks into encrypted traffic and does not like what it sees: a page, in the cloud's place. */
import type { CloudAnswer } from "./cloud-host.ts";

export const PROXY_PAGE: CloudAnswer = {
  status: 403,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><html><head><title>Access Denied - Web Filter</title></head><body><h1>Access Denied</h1><p>Your organisation's policy blocks this page.</p></body></html>",
};
