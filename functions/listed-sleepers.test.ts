import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const under = (call: string) => `
static void stops(struct box *box)
{
	spin_lock(&box->lock);
	${call}
	spin_unlock(&box->lock);
}

static void stops_in_a_helper(struct box *box)
{
	${call}
}

static void calls_the_helper(struct box *box)
{
	spin_lock(&box->helper_lock);
	stops_in_a_helper(box);
	spin_unlock(&box->helper_lock);
}
`;

const found = async (call: string, audit = false) =>
  (await checkSource({ file: "box.c", text: under(call) }, { audit })).findings.map(
    (each) => `${each.confidence} ${each.function}`,
  );

test.each([
  "napi_disable(&box->napi);",
  "gpiod_set_value_cansleep(box->gpio, 1);",
  "phy_set_mode(box->phy, PHY_MODE_USB_HOST);",
  "sysfs_remove_link(&box->kobj, name);",
])("a listed call sleeps under a lock that its own caller takes: %s", async (call) => {
  expect(await found(call)).toEqual(["hard stops"]);
});

test("resuming a device sleeps unless it is set up for interrupts off: a hint, and none where the source does that", async () => {
  const call = "pm_runtime_get_sync(box->dev);";
  expect(await found(call)).toEqual([]);
  expect(await found(call, true)).toContain("audit stops");
  expect(await found("pm_runtime_get(box->dev);", true)).toEqual([]);
  const safe = "static void set_up(struct box *box)\n{\n\tpm_runtime_irq_safe(box->dev);\n}\n";
  const text = under(call) + safe;
  expect((await checkSource({ file: "box.c", text }, { audit: true })).findings).toEqual([]);
});

test.each([
  "hid_hw_request(box->hid, box->report, HID_REQ_SET_REPORT);",
  "folio_copy(box->to, box->from);",
  "box->folio = box_alloc(box, GFP_KERNEL);",
])("one that may ask first is no more than a hint: %s", async (call) => {
  expect((await found(call)).filter((each) => each.startsWith("hard"))).toEqual([]);
});
