import { expect, test } from "vitest";
import { FrameParser } from "../shared/stream/frame";

const STREAM = ': hi\n\nid: 1\nevent: message.bot\ndata: {"a":1}\ndata: {"b":2}\r\n\r\ndata:x\u2028y\r\rid: 2\ndata: y\n\n';

test("frames are the same however the bytes are cut", () => {
  const whole = new FrameParser().push(STREAM);
  expect(whole).toEqual(['{"a":1}\n{"b":2}', "x\u2028y", "y"]);
  const parser = new FrameParser();
  const pieces = [...STREAM].flatMap((letter) => parser.push(letter));
  expect(pieces).toEqual(whole);
});

test("a frame that was cut off is not given out", () => {
  expect(new FrameParser().push("id: 1\ndata: half")).toEqual([]);
});
