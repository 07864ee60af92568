import assert from "node:assert/strict";
import { test } from "node:test";
import { originOf } from "./embed";

test("the origin that predictions are posted to", () => {
  const cases: [address: string, want: string][] = [
    ["https://their.site", "https://their.site"],
    ["https://their.site:8443/a/b?c#d", "https://their.site:8443"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["*", ""],
    ["/", ""],
    ["their.site", ""],
    ["null", ""],
    ["data:text/html,x", ""],
    ["javascript:alert(1)", ""],
    ["", ""],
  ];
  for (const [address, want] of cases) assert.equal(originOf(address), want, address);
});
