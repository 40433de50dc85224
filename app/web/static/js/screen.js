// Makes the screening page live. Without it the same form is posted by its buttons, with the same words.
import { startBar } from "./bar.js";
import { startCaseFile } from "./casefile.js";
import { startClocks } from "./clocks.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startSections } from "./sections.js";
import { startSources } from "./sources.js";
import { startTopics } from "./topics.js";

document.documentElement.classList.add("js");
const form = document.getElementById("screen");
const live = startLive(form);
const topics = startTopics(form);
live.onSwap(topics.refresh);
live.onSwap(startClocks());
live.onSwap(startBar());
startSections(form, live);
startSources(form);
startCaseFile(form);
startKeys();
