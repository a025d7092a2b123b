import { kept, keep } from "../ui/kept";

/** Two short tones, made here: no file to load, nothing to play without leave. */
const TONES = [660, 880];
const LENGTH = 0.12;
const LOUDNESS = 0.06;
/** Many at once are one. */
const QUIET_FOR = 3_000;

export type Setting = "sound" | "title";

export function isOn(setting: Setting): boolean {
  return kept(`alert.${setting}`) !== "off";
}

export function turn(setting: Setting, on: boolean): void {
  keep(`alert.${setting}`, on ? "" : "off");
  dispatchEvent(new Event("baton.alerts"));
}

let context: AudioContext | null = null;
let last = 0;

export function ring(): void {
  if (!isOn("sound") || Date.now() - last < QUIET_FOR) return;
  last = Date.now();
  // A browser that was never clicked in plays nothing; asking would only warn.
  if (navigator.userActivation?.hasBeenActive === false) return;
  context ??= new AudioContext();
  const start = context.currentTime;
  TONES.forEach((tone, at) => beep(context as AudioContext, tone, start + at * LENGTH));
}

function beep(audio: AudioContext, tone: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = tone;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
  gain.gain.linearRampToValueAtTime(0, at + LENGTH);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + LENGTH);
}
