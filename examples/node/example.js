// Calls a server, prints what it answers, and ends with code 1 where that is not as it should be.

import assert from "node:assert/strict";

import grpc from "@grpc/grpc-js";

import { bridge, company, election, lost } from "./articles.js";
import { call, connect, fieldViolations, inSeconds, metadata, statusOf } from "./client.js";

const SECONDS = 10;

const day = (time, timeZone) => new Date(time.seconds * 1000).toLocaleDateString("sv", { timeZone });

// One article: the timeline, in order, and spans that slice strings of JavaScript.
async function one(client) {
  const request = { article: bridge, offsetEncoding: "OFFSET_ENCODING_UTF16" };
  const { timeline } = await call(client, "extractTimeline", request, SECONDS);
  const events = new Map(timeline.events.map((event) => [event.id, event]));
  const slice = ({ start, end }) => bridge.text.slice(start, end);

  console.log(`${bridge.id}:`);
  const days = [];
  for (const { interval, eventIds } of timeline.items) {
    for (const event of eventIds.map((id) => events.get(id))) {
      days.push(day(interval.startTime, bridge.publication.timeZone));
      console.log(`  ${days.at(-1)}  ${event.kind.padEnd(10)}  ${slice(event.trigger)}: ${event.text}`);
    }
  }
  assert.deepEqual(days, ["2024-01-12", "2024-03-26", "2024-03-31"], "the events are dated and in order");

  assert.equal(timeline.times.length, 3);
  for (const time of timeline.times) assert.equal(slice(time.span), time.text);
  for (const event of timeline.events) {
    assert.equal(slice(event.clause), event.text);
    assert.ok(event.text.includes(slice(event.trigger)));
    for (const participant of event.participants) assert.equal(slice(participant.span), participant.text);
  }
  console.log(`  every span slices the text: ${timeline.times.map((time) => slice(time.span)).join(" | ")}\n`);
}

// A stream of three: one answer an article, in order, and the bad one fails alone.
async function many(client) {
  const stream = client.extractTimelines(metadata(), inSeconds(SECONDS));
  for (const article of [company, lost, election]) stream.write({ article, offsetEncoding: "OFFSET_ENCODING_UTF16" });
  stream.end();

  const outcomes = [];
  for await (const answer of stream) {
    outcomes.push([answer.articleId, answer.outcome]);
    if (answer.outcome === "error") {
      console.log(`${answer.articleId}: ${grpc.status[answer.error.code]}: ${answer.error.message}`);
      assert.equal(answer.error.code, grpc.status.INVALID_ARGUMENT);
      assert.equal(fieldViolations(answer.error).length, 1);
    } else {
      const [item] = answer.result.timeline.items;
      const [event] = answer.result.timeline.events;
      console.log(`${answer.articleId}: ${day(item.interval.startTime, "Asia/Amman")}  ${event.kind}`);
    }
  }
  assert.deepEqual(outcomes, [
    ["company", "result"],
    ["lost", "error"],
    ["election", "result"],
  ]);
}

// A bad request of its own: the error says which field, and why.
async function bad(client) {
  const error = await call(client, "extractTimeline", { article: lost }, SECONDS).catch((thrown) => thrown);
  assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
  const [violation, ...more] = fieldViolations(statusOf(error));
  console.log(`\nrefused: ${violation.field}: ${violation.description}`);
  assert.equal(violation.field, "article.publication.time_zone");
  assert.deepEqual(more, []);
}

const client = connect();
try {
  await one(client);
  await many(client);
  await bad(client);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  client.close();
}
