import type { Model } from "../../model/ir/model.ts";
import { oneOf, shared } from "../../model/ir/place.ts";

const state = shared("st\u001b[31mate", oneOf("i\u0007dle", "bu\u202esy"));

/** Every name of it drives a terminal, starts a workflow command or a new line. */
const hostileNames: Model = {
  name: "\u001b[2Jname",
  sets: {},
  variables: [state.variable],
  programs: [
    {
      name: "pro\u0000gram",
      start: "st\nart",
      locations: [{ name: "st\nart" }, { name: "::error::end", end: true }],
      transitions: [
        {
          from: "st\nart",
          to: "::error::end",
          label: "\u001b]0;own\u0007\n::error::step",
          updates: [state.set("bu\u202esy")],
          weight: 1,
          source: { file: "f\u001b[2J.c", line: 1, text: "te\nxt" },
          decision: { kind: "outcome", subject: "su\u009bbject", alternative: "alter\nnative" },
        },
        {
          from: "st\nart",
          to: "st\nart",
          label: "never\u001b[5m",
          guard: state.is("bu\u202esy"),
          updates: [],
          weight: 0,
        },
      ],
    },
  ],
  tasks: [{ program: "pro\u0000gram", count: 1 }],
  invariants: [
    {
      kind: "always",
      property: "in\u001b[1Avariant",
      condition: state.is("i\u0007dle"),
      message: "mess\u001b[2Jage\n::error::x\n##[error]y\n*/ process.exit(); //",
    },
    {
      kind: "sometimes",
      property: "some\r\nholds",
      condition: state.is("i\u0007dle"),
      message: "n\u2028one",
    },
  ],
};

export default hostileNames;
